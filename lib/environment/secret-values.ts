import type { Path, SettingProblem } from "./setting-problem";
import { secretForms } from "./secret-forms";

/** Names of tags that only a secret has. */
const secretName =
  /(^|[^a-z])(password|passwd|passphrase|secret[-_. ]?(access[-_. ]?)?key|api[-_. ]?key|access[-_. ]?token)$/i;

const hint = "Remove it: values of this file are stored in Terraform's state, in plans and in logs";

/** Every tag whose name says that its value is a secret. */
export function secretTags(tags: Readonly<Record<string, string>>): readonly SettingProblem[] {
  return Object.keys(tags)
    .filter((name) => secretName.test(name))
    .map((name) => {
      const message = "is named as a secret is, and everyone who sees the resource reads its tags";
      return { path: ["tags", name], part: "key", message, hint };
    });
}

/** Every value and every key of a file that holds a secret by mistake. */
export function secretProblems(value: unknown, path: Path = []): readonly SettingProblem[] {
  if (typeof value === "string") return secretForms(value).map((message) => ({ path, message, hint }));
  if (Array.isArray(value)) return value.flatMap((item, index) => secretProblems(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    const inKey = secretForms(key).map((message) => ({ path: at, part: "key" as const, message, hint }));
    return [...inKey, ...secretProblems(item, at)];
  });
}
