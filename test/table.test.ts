import { expect, test } from "vitest";
import { table } from "../lib/table";

const rows = [
  ["vpc", 3],
  ["eks", 120],
];

test("a table has a line between rows, and text to the left", () => {
  expect(table({ head: ["layer", "changes"], rows })).toBe(
    [
      "┌───────┬─────────┐",
      "│ layer │ changes │",
      "├───────┼─────────┤",
      "│ vpc   │ 3       │",
      "├───────┼─────────┤",
      "│ eks   │ 120     │",
      "└───────┴─────────┘",
    ].join("\n"),
  );
});

test("columns of numbers are aligned to the right, and lines between rows can be left out", () => {
  expect(table({ head: ["layer", "changes"], rows, numbers: ["changes"], ruled: false })).toBe(
    [
      "┌───────┬─────────┐",
      "│ layer │ changes │",
      "│ vpc   │       3 │",
      "│ eks   │     120 │",
      "└───────┴─────────┘",
    ].join("\n"),
  );
});

test("emphasis is the caller's alone, and does not move what it emphasises", () => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
  const total = [["total", bold("1,234")]];
  const plain = table({
    head: ["layer", "usd per month"],
    rows: [["total", "1,234"]],
    numbers: ["usd per month"],
  });
  const emphasised = table({
    head: ["layer", "usd per month"],
    rows: total,
    numbers: ["usd per month"],
    bold,
  });
  expect(plain).not.toContain("\u001b");
  // eslint-disable-next-line no-control-regex -- the emphasis itself
  expect(emphasised.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  expect(emphasised.split("\u001b[1m")).toHaveLength(4);
});
