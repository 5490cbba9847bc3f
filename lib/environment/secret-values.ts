import type { Path, SettingProblem } from "./setting-problem";
import { urlsWithUser } from "./url-users";

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const hint = "Remove it: values of this file are stored in Terraform's state, in plans and in logs";

/** Every value and every key of a file that holds a secret by mistake. */
export function secretProblems(value: unknown, path: Path = []): readonly SettingProblem[] {
  if (typeof value === "string") return found(value).map((message) => ({ path, message, hint }));
  if (Array.isArray(value)) return value.flatMap((item, index) => secretProblems(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    const inKey = found(key).map((message) => ({ path: at, part: "key" as const, message, hint }));
    return [...inKey, ...secretProblems(item, at)];
  });
}

function found(text: string): readonly string[] {
  return [
    ...(hasUrlSecret(text) ? ["holds a URL with a password or token in it"] : []),
    ...(privateKey.test(text) ? ["holds a private key"] : []),
  ];
}

function hasUrlSecret(text: string): boolean {
  return [...text.matchAll(urlsWithUser)].some(([, scheme = "", user = "", password]) => {
    // Over HTTP a user alone is usually a token; over SSH it is a user name that is no secret, e.g. git.
    const secret = password ?? (/^https?$/i.test(scheme) ? user : "");
    // A script may fill in what it was given while it runs.
    return secret !== "" && !secret.startsWith("$");
  });
}
