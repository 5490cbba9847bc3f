import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import { zip } from "./archive";

const folder = join(__dirname, "..", "lambda");

/** The function's code, from lambda/, as a zip archive that Lambda runs. */
export function proxyCode(): Buffer {
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const compiled = sources.map((file) => [
    file.replace(/\.ts$/, ".js"),
    javaScript(readFileSync(join(folder, file), "utf8")),
  ]);
  // Pairs of a name and a text.
  return zip(Object.fromEntries(compiled) as Record<string, string>);
}

function javaScript(typeScript: string): string {
  return transformSync(typeScript, {
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  }).code;
}
