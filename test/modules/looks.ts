import type { Look } from "../../lib/layer/survey";

/** A look as layers state it today, to be given answers. */
export function currentLook(look: Look | string | undefined): Exclude<Look, { words: readonly string[] }> {
  if (typeof look === "object" && !("words" in look)) return look;
  throw new Error("This is no look as layers state it today");
}
