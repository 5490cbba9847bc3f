import type { Migrated } from "./migrate";

/** What to tell whoever uses an older environment file: that it works, what has changed since, and what to do. */
export function olderFileNotice(file: string, migrated: Migrated, command: string): readonly string[] {
  const { from, to, changes } = migrated;
  return [
    `${file} is read, but its format is version ${from}, and this release writes version ${to}:`,
    ...changes.map((change) => `- ${change}`),
    `Run: ${command}`,
  ];
}
