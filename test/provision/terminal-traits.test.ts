import { expect, test } from "vitest";
import { terminalTraits } from "../../scripts/provision/world/terminal-traits";

const person = { TERM: "xterm-256color", LANG: "en_US.UTF-8" };
const terminal = (env: Readonly<Record<string, string>> = {}) =>
  terminalTraits({ input: true, output: true, env: { ...person, ...env } });
const pipe = (env: Readonly<Record<string, string>> = {}) =>
  terminalTraits({ input: undefined, output: undefined, env: { ...person, ...env } });

test("a person at a terminal has questions, colours and a status line; a pipe has none", () => {
  expect(terminal()).toEqual({ interactive: true, live: true, colours: true, unicode: true });
  expect(pipe()).toEqual({ interactive: false, live: false, colours: false, unicode: true });
});

test.each(["true", "1", "woodpecker"])("with CI=%s nothing is drawn and erased, also at a terminal", (CI) => {
  expect(terminal({ CI })).toMatchObject({ live: false, interactive: true, colours: true });
});

test.each(["", "0", "false"])("CI=%j is no CI", (CI) => {
  expect(terminal({ CI }).live).toBe(true);
});

test("a dumb terminal gets whole lines without colours, and still asks", () => {
  expect(terminal({ TERM: "dumb" })).toMatchObject({ live: false, colours: false, interactive: true });
});

test("only a terminal for input as well can answer", () => {
  expect(terminalTraits({ input: false, output: true, env: person })).toMatchObject({
    interactive: false,
    live: true,
  });
});

test.each([
  ["NO_COLOR switches colours off", terminal({ NO_COLOR: "1" }), false],
  ["an empty NO_COLOR does not", terminal({ NO_COLOR: "" }), true],
  ["FORCE_COLOR switches them on in a pipe", pipe({ FORCE_COLOR: "1" }), true],
  ["FORCE_COLOR=0 does not", pipe({ FORCE_COLOR: "0" }), false],
  ["FORCE_COLOR=false does not", pipe({ FORCE_COLOR: "false" }), false],
  ["nor does a CI, which keeps logs", pipe({ CI: "true" }), false],
  ["NO_COLOR is stronger", terminal({ NO_COLOR: "1", FORCE_COLOR: "1" }), false],
])("%s", (_, { colours }, expected) => {
  expect(colours).toBe(expected);
});

test.each([
  [{ LANG: "C" }, false],
  [{ LANG: "" }, false],
  [{ LANG: "de_DE.utf8" }, true],
  [{ LC_ALL: "C" }, false],
  [{ LC_ALL: "C.UTF-8", LANG: "C" }, true],
  [{ LC_CTYPE: "UTF-8", LANG: "C" }, true],
] satisfies readonly (readonly [Record<string, string>, boolean])[])(
  "the locale %j decides on characters beyond ASCII: %s",
  (env, unicode) => {
    expect(terminal(env).unicode).toBe(unicode);
  },
);
