import type { AttributeChange, PlannedChange } from "../run/plan";
import { attributeLines, type Width } from "./attribute-lines";

/** Most lines for the values of one object. */
const mostValues = 8;

/** The values of one change that say what it is about, first those that force a replacement. */
export function valueLines(change: PlannedChange, width: Width): readonly string[] {
  const telling = change.attributes.filter((one) => isTelling(one, change));
  const forcing = telling.filter(({ forcesReplacement }) => forcesReplacement);
  const known = telling.filter(
    ({ forcesReplacement, after }) => !forcesReplacement && after.kind !== "unknown",
  );
  const rest = telling.filter((one) => !forcing.includes(one) && !known.includes(one));
  const lines = [...forcing, ...known, ...rest].flatMap((one) => attributeLines(one, width));
  const hidden = lines.length - mostValues;
  return hidden > 1 ? [...lines.slice(0, mostValues), `... ${hidden} more lines`] : lines;
}

/** Whether an object is replaced only because another one is, whose ID is in it. */
export function isReplacedWithAnother({ action, attributes, reason }: PlannedChange): boolean {
  const forcing = attributes.filter(({ forcesReplacement }) => forcesReplacement);
  const byArgument = reason === undefined || reason === "replace_because_cannot_update";
  const follows = forcing.length > 0 && forcing.every(({ after }) => after.kind === "unknown");
  return action === "replace" && byArgument && follows;
}

function isTelling({ path, after }: AttributeChange, { action, attributes }: PlannedChange): boolean {
  // Of what is created or ends, everything changes; of what is replaced, everything that AWS assigns.
  if (["create", "delete", "remove"].includes(action)) return false;
  if (action === "replace" && after.kind === "unknown") return false;
  // The provider repeats the tags of an object.
  const tag = /^tags_all(.+)$/.exec(path)?.[1];
  return tag === undefined || !attributes.some((other) => other.path === `tags${tag}`);
}
