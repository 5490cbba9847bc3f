/** What the product itself prints beyond ASCII, and what stands for it; one column each where a table is drawn. */
const instead: Readonly<Record<string, string>> = {
  "·": "-",
  "…": "...",
  "–": "-",
  "±": "-/+",
  "→": "->",
  "─": "-",
  "│": "|",
  ...Object.fromEntries(Array.from("┌┬┐├┼┤└┴┘", (corner) => [corner, "+"])),
};

const beyond = new RegExp(`[${Object.keys(instead).join("")}]`, "g");

/** The text for a terminal whose locale is not UTF-8; what others wrote, such as names, stays. */
export function inAscii(text: string): string {
  return text.replace(beyond, (character) => instead[character] ?? character);
}
