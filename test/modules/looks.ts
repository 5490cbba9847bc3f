import type { Look } from "../../lib/layer/survey";

/** A call in its current form, to evaluate answers. */
export function currentLook(look: Look | string | undefined): Exclude<Look, { words: readonly string[] }> {
  if (typeof look === "object" && !("words" in look)) return look;
  throw new Error("This call does not have the current form");
}
