import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { type Options, transformSync, version } from "@swc/core";
import { cached } from "./cache";

/** Where the programs that Terraform starts as providers begin, relative to the folder that `buildProgram` gives. */
export const providerProgram = "provider-main.js";

const compilerOptions: Options = {
  swcrc: false,
  configFile: false,
  jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  module: { type: "commonjs" },
};

/**
 * This folder as plain JavaScript. Terraform starts a provider for every command and configuration;
 * plain JavaScript starts at once, where a TypeScript loader takes a second each time.
 */
export function buildProgram(): string {
  const files = sourceFiles();
  const hash = createHash("sha256").update(version);
  for (const file of files) hash.update(file).update(readFileSync(join(__dirname, file)));
  return cached(`program-${hash.digest("hex").slice(0, 16)}`, (directory) => {
    for (const file of files) build(file, directory);
  });
}

function sourceFiles(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: "utf8" })
    .filter((file) => [".ts", ".json"].includes(extname(file)) && !/^test\b/.test(file))
    .sort();
}

function build(file: string, directory: string): void {
  const target = join(directory, file);
  mkdirSync(dirname(target), { recursive: true });
  const source = join(__dirname, file);
  if (extname(file) === ".json") {
    cpSync(source, target);
    return;
  }
  const { code } = transformSync(readFileSync(source, "utf8"), compilerOptions);
  writeFileSync(target.replace(/\.ts$/, ".js"), code);
}
