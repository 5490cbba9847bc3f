import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { type Options, transformSync, version } from "@swc/core";
import { cached } from "../../../rehearsal/cache";

const root = join(__dirname, "../../..");
const folders = ["rehearsal", "scripts/chaos/provider"];
const entry = "scripts/chaos/provider/main.js";

const compilerOptions: Options = {
  swcrc: false,
  configFile: false,
  jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  module: { type: "commonjs" },
};

/**
 * The program of a simulated provider as plain JavaScript; gives its path. Terraform starts a provider for every command
 * and configuration: plain JavaScript starts at once, where a TypeScript loader takes a second each time.
 */
export function buildProviderProgram(): string {
  const files = folders.flatMap(sourceFiles);
  const hash = createHash("sha256").update(version);
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  const name = `provider-${hash.digest("hex").slice(0, 16)}`;
  const folder = cached({ folder: undefined, name }, (directory) => {
    for (const file of files) build(file, directory);
  });
  return join(folder, entry);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => [".ts", ".json"].includes(extname(file)) && !/^test\b/.test(file))
    .map((file) => join(folder, file))
    .sort();
}

function build(file: string, directory: string): void {
  const target = join(directory, file);
  mkdirSync(dirname(target), { recursive: true });
  const source = join(root, file);
  if (extname(file) === ".json") {
    cpSync(source, target);
    return;
  }
  const { code } = transformSync(readFileSync(source, "utf8"), compilerOptions);
  writeFileSync(target.replace(/\.ts$/, ".js"), code);
}
