import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import { type Zippable, zipSync } from "fflate";

const folder = join(__dirname, "..", "lambda");

/** The function's code, from lambda/, as a zip archive that Lambda runs. */
export function proxyCode(): Buffer {
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .sort();
  return archive(
    new Map(
      sources.map((file) => [
        file.replace(/\.ts$/, ".js"),
        javaScript(readFileSync(join(folder, file), "utf8")),
      ]),
    ),
  );
}

/** A zip archive of text files, by name; the same bytes for the same content, wherever and whenever it is created. */
export function archive(files: ReadonlyMap<string, string>): Buffer {
  const options = {
    // Nothing is compressed: what a compressor makes of a text changes with its version.
    level: 0,
    // In local time, which is what the format holds: the same in every time zone.
    mtime: new Date(1980, 0, 1),
    // A regular file from Unix, readable by everybody, as Lambda wants it.
    os: 3,
    attrs: 0o100644 << 16,
  } as const;
  const entries: Zippable = {};
  for (const [name, text] of files) entries[name] = [Buffer.from(text), options];
  return Buffer.from(zipSync(entries));
}

function javaScript(typeScript: string): string {
  return transformSync(typeScript, {
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  }).code;
}
