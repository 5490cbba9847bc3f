import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kinds, type Expectation } from "../../gitops/expectations/expectation";
import type { PlatformExpectations } from "../../gitops/expectations/expected";
import { type EnvironmentNames, filledIn } from "../../gitops/expectations/names";
import type { Example } from "./examples";

/** Each application with its wave, and a line for each thing that it expects: sort, name, keys. */
interface Facts {
  readonly release: string;
  readonly applications: number;
  readonly expectations: Readonly<
    Record<string, { readonly wave: number; readonly expects: readonly string[] }>
  >;
}

/** The file with what the applications of an example expect. */
export function factsFile({ release, everything }: Example): string {
  return join(__dirname, "facts", `${release}${everything ? "-everything" : ""}.json`);
}

/** What the applications of an example expect in an environment with these names, from its file. */
export function recordedExpectations(
  example: Example,
  names: EnvironmentNames,
): Pick<PlatformExpectations, "expectations" | "made"> {
  // The file is written by factsText.
  const facts = JSON.parse(readFileSync(factsFile(example), "utf8")) as Facts;
  const expectations = Object.entries(facts.expectations).flatMap(([application, { wave, expects }]) =>
    expects.map((line) =>
      filledIn({ ...parsed(line), application, wave, source: factsFile(example) }, names),
    ),
  );
  return { expectations, made: [] };
}

/** How many applications an example was seen to have, and those of them that expect something. */
export function recordedApplications(example: Example): {
  readonly count: number;
  readonly expecting: readonly string[];
} {
  // The file is written by factsText.
  const facts = JSON.parse(readFileSync(factsFile(example), "utf8")) as Facts;
  return { count: facts.applications, expecting: Object.keys(facts.expectations) };
}

/** The text of such a file, from what was found in an environment with these names. */
export function factsText(release: string, found: PlatformExpectations, names: EnvironmentNames): string {
  const expectations: Record<string, { wave: number; expects: string[] }> = {};
  for (const expectation of found.expectations) {
    const { application, wave } = expectation;
    const known = (expectations[application] ??= { wave, expects: [] });
    known.expects.push(line(expectation, names));
  }
  for (const { expects } of Object.values(expectations)) expects.sort();
  const facts: Facts = { release, applications: found.applications, expectations };
  return `${JSON.stringify(facts, undefined, 2)}\n`;
}

function line({ kind, name, keys = [] }: Expectation, names: EnvironmentNames): string {
  const parts = [kind, name, keys.join(",")].map((part) => generalised(part, names));
  return parts.join(" | ").replace(/( \| )+$/, "");
}

/** A text with braces for the names of the environment that it was rendered for. */
function generalised(text: string, { bucketPrefix, account, environment }: EnvironmentNames): string {
  if (text.startsWith(`${bucketPrefix}-`)) return `{bucketPrefix}${text.slice(bucketPrefix.length)}`;
  return text
    .replaceAll(account, "{account}")
    .replaceAll(new RegExp(`\\b${environment}\\b`, "g"), "{environment}");
}

function parsed(line: string): Pick<Expectation, "kind" | "name" | "keys"> {
  const [sort, name = "", keys = ""] = line.split(" | ");
  const kind = kinds.find((known) => known === sort);
  if (kind === undefined) throw new Error(`a line of facts begins with no sort of thing: ${line}`);
  return keys === "" ? { kind, name } : { kind, name, keys: keys.split(",") };
}
