import { expect, test } from "vitest";
import { option } from "../../scripts/provision/command-line/option";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commands } from "../../scripts/provision/commands/index";
import { defineFilelessCommand } from "../../scripts/provision/run/fileless-command";

const load = () => Promise.resolve({ handle: () => Promise.resolve(0) });
const uses = { terraform: false, rehearsal: "no", selection: "every" } as const;
const fileless = [
  ...commands,
  defineFilelessCommand({
    ...{ name: "draw", summary: "draw nothing", examples: [["draw", "nothing"]], load },
    options: { ink: option.value("--ink <colour>", "colour") },
    uses: { ...uses, environment: "none" },
  }),
  defineFilelessCommand({
    ...{ name: "found", summary: "found a town", examples: [["found --env a", "a town"]], load },
    options: {},
    uses: { ...uses, environment: "new" },
  }),
];

test("a command without an environment takes none, and nothing that needs one", () => {
  const reading = readArguments(fileless, ["draw", "--ink", "red"]);
  expect(reading).toMatchObject({ request: { command: "draw", env: "", ink: "red" } });
  for (const flag of ["--env", "--timings"])
    expect(() => readArguments(fileless, ["draw", flag, "x"])).toThrow(`"draw" has no option "${flag}"`);
  expect(readArguments(fileless, ["draw", "--help"])).toMatchObject({
    text: expect.stringContaining("draw [options]") as string,
  });
});

test("a command for a new environment takes its name", () => {
  expect(readArguments(fileless, ["found", "--env", "dev"])).toMatchObject({ request: { env: "dev" } });
  expect(() => readArguments(fileless, ["found"])).toThrow('required option "--env <name>" not specified');
});
