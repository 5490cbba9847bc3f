import { expect, test } from "vitest";
import { costKind } from "../../capacity/cost/types";
import { deployerActions } from "../../policy/deployer/actions";
import { credentialFiles, switchEverythingOn } from "../everything-on";
import { builtInTypes } from "../resource-types";
import { type RawLayers, reportOf } from "./synthesised";

const known = Object.keys(deployerActions).filter((type) => type.startsWith("aws_"));
const typesOfKind = (kind: string) => known.filter((type) => costKind(type) === kind);
const linesAfter = (change: (json: RawLayers) => void) => reportOf({}, change).cost.lines;
const unchanged = linesAfter(() => undefined);

/** Takes every resource of a type away or, where there is none, adds one. */
function toggle(type: string): (json: RawLayers) => void {
  return (json) => {
    const having = Object.values(json).filter(({ resource }) => resource?.[type] !== undefined);
    if (having.length === 0) json["vpc"].resource[type] = { more: {} };
    for (const { resource } of having) resource[type] = {};
  };
}

test("the cost of every type that a built-in layer can create is known", () => {
  expect(builtInTypes().length).toBeGreaterThan(50);
  expect(builtInTypes().filter((type) => costKind(type) === undefined)).toEqual([]);
  expect(reportOf({ edit: switchEverythingOn, files: credentialFiles }).cost.notPriced).toEqual([]);
});

test("the shared tables of rights and of costs know the same types", () => {
  expect(known.filter((type) => costKind(type) === undefined)).toEqual([]);
});

test.each(typesOfKind("counted"))("%s is declared as counted, and changes the estimate", (type) => {
  expect(linesAfter(toggle(type))).not.toEqual(unchanged);
});

test("types that are declared as free do not change the estimate", () => {
  const free = typesOfKind("free");
  expect(free.length).toBeGreaterThan(50);
  const more = linesAfter((json) => {
    const more = { cidr_block: "10.20.252.0/24" };
    for (const type of free) Object.assign((json["vpc"].resource[type] ??= {}), { more });
  });
  expect(more).toEqual(unchanged);
});

test("types that are billed by use are named, and do not change the estimate", () => {
  for (const type of typesOfKind("by use")) expect(linesAfter(toggle(type)), type).toEqual(unchanged);
});
