import type { Publishing } from "../../../../lib/layer/publishing";

/** What to do without the permission to publish something: who has it. */
export function deniedHint(
  { publishers }: Pick<Publishing, "publishers">,
  list: "repositories" | "pathPrefixes",
  wanted: string,
): string {
  const may = (given: string) => (list === "repositories" ? given === wanted : wanted.startsWith(given));
  const able = Object.entries(publishers).filter(([, publisher]) => publisher[list].some(may));
  const names = able.map(([name]) => `"${name}"`).join(", ");
  if (names !== "")
    return `Use a role that may, e.g. that of the publisher ${names}, whose ${list} include it`;
  return `Use a role that may, or add it to ${list} of one of layers.release-service.publishers`;
}
