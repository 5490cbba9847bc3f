import { expect, test } from "vitest";
import { select } from "../../scripts/provision/command-line/selection";
import { toys } from "./toys";

const nothing = { only: [], allowDataLoss: [], from: undefined, until: undefined };
const uses = { terraform: true, rehearsal: "no" } as const;
const fits = ({ name }: { readonly name: string }) => ["ground", "house"].includes(name);
const about = { summary: "ground or house", fits };

function names(only: readonly string[], count: "one" | "any number"): readonly string[] {
  const command = { name: "inspect", uses: { ...uses, selection: { ...about, count } } };
  return select(toys, { ...nothing, only }, command).map(({ name }) => name);
}

test("a command for some layers selects all of them by default", () => {
  expect(names([], "any number")).toEqual(["ground", "house"]);
  expect(names(["house"], "any number")).toEqual(["house"]);
});

test("a layer that a command does not apply to is refused", () => {
  expect(() => names(["house", "roof"], "any number")).toThrow(
    expect.objectContaining({
      message: 'Cannot select layer "roof": "inspect" does not apply to it',
      hint: "Choose from: ground, house",
      exitCode: 64,
    }),
  );
});

test("a command for one layer refuses two", () => {
  expect(() => names(["ground", "house"], "one")).toThrow(
    expect.objectContaining({
      message: 'Cannot select 2 layers: "inspect" takes one',
      hint: "Choose one of: ground, house",
      exitCode: 64,
    }),
  );
});
