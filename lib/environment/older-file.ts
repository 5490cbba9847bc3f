import type { Migrated } from "./migrate";

/** The notice for an older environment file: that it is read, what has changed since, and the command that updates it. */
export function olderFileNotice(file: string, migrated: Migrated, command: string): readonly string[] {
  const { from, to, changes } = migrated;
  return [
    `${file} is read, but its format is version ${from}, and this release writes version ${to}${changes.length > 0 ? ":" : ""}`,
    ...changes.map((change) => `- ${change}`),
    `Run: ${command}`,
  ];
}
