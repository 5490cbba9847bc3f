import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The licences of the packages in some file systems: Debian keeps each in the file that its policy names. Each text once. */
export function debianLicences(folders: readonly string[]): string {
  const titles = new Map<string, Set<string>>();
  for (const folder of folders) {
    const documentation = join(folder, "usr/share/doc");
    for (const name of readdirSync(documentation).sort()) {
      const file = join(documentation, name, "copyright");
      if (!existsSync(file)) continue;
      const text = readFileSync(file, "utf8").trim();
      titles.set(text, (titles.get(text) ?? new Set()).add(name));
    }
  }
  return [...titles].map(([text, of]) => `${[...of].join("\n")}\n\n${text}\n${"-".repeat(78)}\n`).join("\n");
}
