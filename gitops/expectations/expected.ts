import type { RenderedApplication } from "./application";
import type { Expectation, Provision, Thing } from "./expectation";
import { expectationsOf, thingsByRules } from "./extract";
import { madeByCharts, madeByValues } from "./made-by-platform";
import { type EnvironmentNames, fillIn, filledIn } from "./names";
import { unrenderedExpectations } from "./unrendered";
import { holds, valuesBelow } from "./value-lookup";
import type { YamlObject } from "../yaml";
import { placedValues } from "./value-paths";
import type { ValueCondition } from "./value-rules";

/** What the platform of a release expects, and what it creates of that itself. */
export interface PlatformExpectations {
  readonly applications: number;
  /** In the order of waves. */
  readonly expectations: readonly Expectation[];
  readonly made: readonly Provision[];
}

/** What the rendered applications expect, as their values show it and as tables of their charts' sources say. */
export function expectedBy(
  applications: readonly RenderedApplication[],
  names: EnvironmentNames,
): PlatformExpectations {
  const made = applications.flatMap((application) => madeBy(application));
  const found = applications.flatMap((application) => [
    ...expectationsOf(application, names),
    ...unrenderedOf(application, names),
  ]);
  const unmade = merged(found).filter((expectation) => !made.some((thing) => covers(thing, expectation)));
  return {
    applications: applications.length,
    expectations: [...unmade, ...merged(unmade.flatMap(namespaceFor))].toSorted((a, b) => a.wave - b.wave),
    made,
  };
}

/** Whether a provision is what is expected, with all of its parts. */
export function covers(provision: Provision, expected: Thing): boolean {
  if (provision.kind !== expected.kind || provision.name !== expected.name) return false;
  return provision.keys === undefined || (expected.keys ?? []).every((key) => provision.keys?.includes(key));
}

function madeBy(application: RenderedApplication): readonly Provision[] {
  const { name: by, namespace, values } = application;
  const byValues = thingsByRules(placedValues(values), madeByValues, namespace).map(
    ({ path: _, ...thing }) => ({ ...thing, by }),
  );
  const byCharts = madeByCharts
    .filter((row) => row.application === by && (row.where === undefined || holds(values, row.where)))
    .map(({ kind, name, keys }) => ({ kind, name, by, ...(keys === undefined ? {} : { keys }) }));
  return [...byValues, ...byCharts];
}

function unrenderedOf(
  { name: application, wave, values }: RenderedApplication,
  names: EnvironmentNames,
): readonly Expectation[] {
  const isTrue = (condition: ValueCondition) =>
    holds(
      values,
      typeof condition.is === "string" ? { ...condition, is: fillIn(condition.is, names) } : condition,
    );
  return unrenderedExpectations
    .filter((row) => row.application === application)
    .filter(({ where, unless }) => (where === undefined || isTrue(where)) && !(unless && isTrue(unless)))
    .map(({ where: _, unless: __, ports, ...row }) => ({
      ...filledIn(ports === undefined ? row : withPorts(row, values, ports), names),
      wave,
    }));
}

/** A target port with the ports that values give instead of the chart's own. */
function withPorts<Row extends Thing>(
  row: Row,
  values: YamlObject,
  ports: { readonly service: string; readonly pods: string },
): Row {
  const portAt = (path: string) =>
    valuesBelow(values, path).flatMap(({ value }) => (typeof value === "number" ? [String(value)] : []))[0];
  const service = portAt(ports.service);
  const pods = portAt(ports.pods);
  return {
    ...row,
    ...(service === undefined ? {} : { name: row.name.replace(/\d+$/, service) }),
    ...(pods === undefined ? {} : { keys: [pods] }),
  };
}

/** What an application expects more than once is one expectation with all the parts. */
function merged(found: readonly Expectation[]): readonly Expectation[] {
  const byThing = new Map<string, Expectation>();
  for (const expectation of found) {
    const id = `${expectation.application} ${expectation.kind} ${expectation.name}`;
    const known = byThing.get(id) ?? expectation;
    const keys = [...new Set([...(known.keys ?? []), ...(expectation.keys ?? [])])].sort();
    byThing.set(id, keys.length === 0 ? known : { ...known, keys });
  }
  return [...byThing.values()];
}

/** Objects that others create before Argo CD need their namespace before as well. */
function namespaceFor({ kind, name, ...by }: Expectation): readonly Expectation[] {
  if (kind !== "secret" && kind !== "service-account") return [];
  const { application, wave } = by;
  const [namespace = ""] = name.split("/");
  return [{ kind: "namespace", name: namespace, application, wave, source: `${kind} ${name}` }];
}
