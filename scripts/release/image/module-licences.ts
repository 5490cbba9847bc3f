import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runProgram } from "../run-program";
import { tools } from "../tools";

/** The licence files of the Go modules that a program was just built of, each text once, with the modules that it is of. */
export function moduleLicences(program: string): string {
  const place = { folder: dirname(program) };
  const cache = runProgram(tools.go, place, "env", "GOMODCACHE").trim();
  const titles = new Map<string, string[]>();
  // Lines "dep <module> <version> <sum>", and "=> …" below what is replaced.
  const lines = runProgram(tools.go, place, "version", "-m", program).split("\n");
  const used = lines.filter((line) => /^\t(dep|=>)\t/.test(line));
  for (const line of used) {
    const [, , module = "", version = ""] = line.split("\t");
    for (const text of textsIn(join(cache, `${escaped(module)}@${escaped(version)}`)))
      titles.set(text, [...(titles.get(text) ?? []), `${module} ${version}`]);
  }
  return [...titles].map(([text, of]) => `${of.join("\n")}\n\n${text}\n${"-".repeat(78)}\n`).join("\n");
}

/** https://go.dev/ref/mod#module-cache */
function escaped(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function textsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  return names.sort().map((name) => readFileSync(join(folder, name), "utf8").trim());
}
