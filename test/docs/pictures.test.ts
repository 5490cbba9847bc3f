import { Terminal } from "@xterm/headless";
import { expect, test } from "vitest";
import { type Row, rowsOf } from "../../scripts/pictures/cells";
import { difference, same } from "../../scripts/pictures/comparison";
import { drawn, textRows } from "../../scripts/pictures/svg";

/** What a terminal shows that received this text. */
async function shown(text: string): Promise<readonly Row[]> {
  const terminal = new Terminal({ cols: 80, rows: 5, scrollback: 100, allowProposedApi: true });
  await new Promise<void>((done) => {
    terminal.write(text, done);
  });
  return rowsOf(terminal);
}

async function picture(text: string): Promise<string> {
  return drawn({ title: "t", description: "d", rows: await shown(text) });
}

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

test("a picture has the lines that stay on the screen, and not what was erased", async () => {
  const lines = ["one", "  two <b> & 'c'", "", "│ 3 │ four"];
  const spinner = "\r\u001b[2K⠋ working · 3 s\r\u001b[2K";
  expect(textRows(await picture(lines.join(`\r\n${spinner}`)))).toEqual(lines);
});

test("a picture has the lines that have scrolled away", async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  expect(textRows(await picture(lines.join("\r\n")))).toEqual(lines);
});

test("text keeps its colour and its column", async () => {
  const svg = await picture(`a ${bold("b")}\r\n  ${red("c")}`);
  expect(svg).toContain('<tspan x="32.8" textLength="8.4" font-weight="bold">b</tspan>');
  expect(svg).toContain('<tspan x="32.8" textLength="8.4" fill="#ff7b72">c</tspan>');
});

test("pictures of two runs are the same when only times differ", async () => {
  const one = await picture("logs/2026-01-02T03-04-05\r\n│ vpc │ 1.5 │\r\ntook 2 min 5 s, terraform 1.11.4");
  const two = await picture("logs/2026-11-12T13-14-15\r\n│ vpc │  12.5 │\r\ntook 41 s, terraform 1.12.0");
  expect(same(one, two)).toBe(true);
});

test("pictures of two runs are the same when a longer duration breaks a line at another word", async () => {
  const [one, two] = await Promise.all([
    picture("passed in 9 s  applied,\r\n    destroyed"),
    picture("passed in 1 min 10 s\r\n    applied, destroyed"),
  ]);
  expect(same(one, two)).toBe(true);
});

test.each([
  ["another text", "2 to add", "3 to add"],
  ["another colour", "vpc", red("vpc")],
  ["a line more", "vpc", "vpc\r\neks"],
  ["another version than Terraform's", "engine 16.8.1", "engine 17.2.1"],
])("%s is a difference", async (_, before, now) => {
  expect(same(await picture(before), await picture(now))).toBe(false);
});

test("a difference is shown by its lines", async () => {
  const [before, now] = await Promise.all([picture("vpc\r\nold  line 3 s"), picture("vpc\r\nnew line")]);
  expect(difference(before, now)).toBe("  - old line <seconds>\n  + new line");
});

test("every colour can be read on the panel: a contrast of 4.5 to 1 at least", async () => {
  const numbers = Array.from({ length: 16 }, (_, index) => (index < 8 ? 30 + index : 82 + index));
  const svg = await picture(numbers.map((number) => `\u001b[${number}mx`).join(""));
  const [background, ...inks] = [...svg.matchAll(/fill="(#\w{6})"/g)].map(([, colour = ""]) => colour);
  expect(inks.length).toBeGreaterThan(8);
  expect(inks.filter((ink) => contrast(ink, background ?? "") < 4.5)).toEqual([]);
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
