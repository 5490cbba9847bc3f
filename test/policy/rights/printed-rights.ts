import type { Allowance, IamPolicy } from "../../../policy/deployer/statements";
import { overlap } from "./patterns";
import type { Reference, SupportedType } from "./reference";

/** What is wrong with policies by the Service Authorization Reference; empty if nothing is. */
export function faultsOf(policies: readonly IamPolicy[], reference: Reference): readonly string[] {
  const statements = policies.flatMap(({ Statement }) => Statement);
  const actions = [...new Set(statements.flatMap(({ Action }) => Action))];
  return [
    ...actions.flatMap((action) => actionFaults(action, statements, reference(action))),
    ...statements.flatMap((statement) => resourceFaults(statement, reference)),
  ];
}

function actionFaults(
  action: string,
  statements: readonly Allowance[],
  types: readonly SupportedType[] | undefined,
): readonly string[] {
  if (types === undefined) return [`${action}: AWS has no such action`];
  const resources = statements.flatMap(({ Action, Resource }) => (Action.includes(action) ? Resource : []));
  if (resources.includes("*")) return [];
  if (types.length === 0) return [`${action}: has no resource type, so that it needs the resource "*"`];
  const missing = types.filter(
    (type) => type.required && !resources.some((resource) => isOfType(resource, type)),
  );
  return missing.map(({ name }) => `${action}: needs a resource of type ${name}`);
}

/** Each action acts on a resource of its statement, and each resource is acted on. */
function resourceFaults({ Action, Resource }: Allowance, reference: Reference): readonly string[] {
  if (Resource.includes("*")) return [];
  const supported = Action.map((action) => ({ action, types: reference(action) ?? [] }));
  const idle = supported.flatMap(({ action, types }) =>
    types.length === 0 || Resource.some((resource) => types.some((type) => isOfType(resource, type)))
      ? []
      : [`${action}: supports none of ${Resource.join(", ")}`],
  );
  const types = supported.flatMap((one) => one.types);
  const unused = Resource.filter((resource) => !types.some((type) => isOfType(resource, type)));
  return [...idle, ...unused.map((resource) => `${resource}: no action of ${Action.join(", ")} acts on it`)];
}

const known = new Map<string, boolean>();

/** Many actions share types, and many statements share resources: each pair is judged once. */
function isOfType(resource: string, { name, arn }: SupportedType): boolean {
  const pair = `${resource} ${name} ${arn}`;
  const before = known.get(pair);
  if (before !== undefined) return before;
  // Names of buckets have no slash: with one, it is an object.
  const found =
    !(name === "bucket" && resource.includes("/")) && overlap(resource, arn.replace(/\$\{[^}]+\}/g, "*"));
  known.set(pair, found);
  return found;
}
