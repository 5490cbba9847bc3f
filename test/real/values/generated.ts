import fc from "fast-check";
import { stringify } from "yaml";
import { environmentJsonSchema } from "../../../lib/environment/json-schema";
import { layers } from "../../../modules";
import { derived, leavesOf } from "./derived";
import type { Legal } from "./legal";
import { legalData } from "./legal-data";
import { legalNetwork } from "./legal-network";
import { legalNodes } from "./legal-nodes";
import { legalPublishers } from "./legal-publishers";
import { legalServices } from "./legal-services";
import { legalWhole } from "./legal-whole";
import { place, type Place } from "./place";
import { put } from "./put";

/** What was chosen by hand; every other setting has values that its schema lists or bounds. */
const chosen = [
  ...[...legalWhole, ...legalNetwork, ...legalNodes],
  ...[...legalData, ...legalServices, ...legalPublishers],
];
const leaves = leavesOf(environmentJsonSchema(layers));
const isChosen = (path: string) => chosen.some(({ paths }) => paths.some((prefix) => covers(prefix, path)));
const others = leaves.filter(({ path }) => !isChosen(path));
const fromSchema = others.map(derived).filter((found) => found !== undefined);

/** Settings that no generated file has. */
export const neverGenerated = others.filter((leaf) => derived(leaf) === undefined).map(({ path }) => path);

/** Without these there is no environment, or none in every partition. */
const required = ["name", "state", "access.adminRoleArns", "layers.vpc.cidr", "layers.route53.certificate"];

/** An environment file in which every value is legal; a third of the settings differ from their defaults. */
export const environmentFile: fc.Arbitrary<string> = fc
  .tuple(place, fc.tuple(...[...chosen, ...fromSchema].map(settingsOrNone)))
  .chain(([where, some]) => fc.tuple(...some.filter(isGiven).map((settings) => valued(settings, where))))
  .map((all) => {
    const file = {};
    for (const [path, value] of all.flat()) if (value !== undefined) put(file, path, value);
    return stringify(file, { aliasDuplicateObjects: false });
  });

function covers(prefix: string, path: string): boolean {
  return path.startsWith(prefix) && !/^[\w-]/.test(path.slice(prefix.length));
}

function settingsOrNone(settings: Legal): fc.Arbitrary<Legal | undefined> {
  if (settings.paths.some((path) => required.includes(path))) return fc.constant(settings);
  return fc.constantFrom(settings, undefined, undefined);
}

function isGiven(settings: Legal | undefined): settings is Legal {
  return settings !== undefined;
}

type Chosen = readonly (readonly [path: string, value: unknown])[];

function valued({ paths, values }: Legal, where: Place): fc.Arbitrary<Chosen> {
  return values(where).map((all) => paths.map((path, index) => [path, all[index]] as const));
}
