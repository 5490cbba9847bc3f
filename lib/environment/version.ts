import { z } from "zod";
import { currentVersion } from "./migrations";
import type { SettingProblem } from "./setting-problem";

/** The format of the file, as an up-to-date file states it. */
export const version = z
  .literal(currentVersion)
  .describe("Version of the format of this file; `provision migrate` brings an older file up to date");

/** The version of a file's format: 0 when it states none. Or what is wrong with it. */
export function versionOf(
  data: Readonly<Record<string, unknown>>,
  known: number,
): { readonly version: number } | { readonly problem: SettingProblem } {
  const path = ["version"];
  const stated = data["version"];
  if (!Object.hasOwn(data, "version")) return { version: 0 };
  if (typeof stated !== "number" || !Number.isInteger(stated) || stated < 1) {
    const hint = `It must be a whole number without quotes, at most ${known}`;
    const message = stated === null ? "is empty" : `${JSON.stringify(stated)} is not a version`;
    return { problem: { path, message, hint } };
  }
  if (stated <= known) return { version: stated };
  const message = `${stated} is newer than the versions that this release reads, 0 to ${known}`;
  const hint = `Use a newer release of this product: CHANGELOG.md says which one reads version ${stated}`;
  return { problem: { path, message, hint } };
}
