import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Moto } from "./moto";
import { type Difference, planDifferences, type PlanJson } from "./plan-difference";
import { explained } from "./plan-explanations";
import { expectRead } from "./read-plan";
import type { RealInit } from "./real-init";
import type { Rehearsed } from "./rehearsed";
import { typesIn, withSchemaVersions } from "./real-state";
import { copyWithLocalState, realProviders, succeed, terraform, type Variables } from "./terraform";

/** Where the real AWS provider plans the layers of a rehearsal. */
export interface RealPlanning {
  readonly rehearsed: Rehearsed;
  readonly moto: Moto;
  readonly init: RealInit;
  /** By resource type, from every plan of the real provider so far. */
  readonly schemaVersions: Map<string, number>;
}

/** Plans a rehearsed layer with the real AWS provider; expects neither error nor warning, and the plan of the rehearsal. */
export async function expectSamePlan(planning: RealPlanning, layer: string): Promise<void> {
  const [real, simulated] = await Promise.all([
    plan(planning, { layer, provider: "real" }),
    plan(planning, { layer, provider: "simulated" }),
  ]);
  const differences = planDifferences(real, simulated);
  console.log(listed(layer, differences));
  expect(differences.filter((difference) => explained(difference) === undefined)).toEqual([]);
}

/** What the real AWS provider would do to a layer that has this state: `+`, `~`, `-` or `-/+` and the address of each change. */
export async function realChanges(
  planning: RealPlanning,
  given: { readonly layer: string; readonly state: string },
): Promise<readonly string[]> {
  const { layer, state } = given;
  const { schemaVersions } = planning;
  if (typesIn(state).some((type) => !schemaVersions.has(type)))
    await plan(planning, { layer, provider: "real" });
  const known = withSchemaVersions(state, schemaVersions);
  const { resource_changes = [] } = await plan(planning, { layer, state: known, provider: "real" });
  const changes = resource_changes.map(({ address, change }) => [symbolOf(change.actions), address] as const);
  return changes.flatMap(([symbol, address]) => (symbol === undefined ? [] : [`${symbol} ${address}`]));
}

/** As Terraform prints it; undefined for what changes nothing. */
function symbolOf(actions: readonly string[]): string | undefined {
  const symbols: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-" };
  if (actions.length > 1) return "-/+";
  return symbols[actions[0] ?? ""];
}

/** Where plans find what they ask for: the parent zone, and passwords to write; every other call to AWS fails. */
function answering({ url }: Moto): Variables {
  return {
    AWS_ENDPOINT_URL_ROUTE_53: url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_MAX_ATTEMPTS: "1",
  };
}

interface PlanRequest {
  readonly layer: string;
  readonly provider: "real" | "simulated";
  /** What is there already; default: nothing. */
  readonly state?: string;
}

/** Plans a layer with the outputs of its needs as the rehearsal left them; throws on an error, fails on a warning. */
async function plan(planning: RealPlanning, request: PlanRequest): Promise<PlanJson> {
  const { rehearsed, moto, init } = planning;
  const { layer, provider, state } = request;
  const simulating = { ...rehearsed.rehearsal.environment, ...rehearsed.runVariables(layer) };
  const variables =
    provider === "simulated"
      ? simulating
      : { ...simulating, ...realProviders(rehearsed.scratch), ...answering(moto) };
  const folder = mkdtempSync(join(rehearsed.scratch, `${layer}-${provider}-`));
  copyWithLocalState(rehearsed.layerFolder(layer), folder, state);
  if (provider === "real") await init.prepare(folder, variables);
  else await succeed(folder, variables, "init", "-input=false", "-no-color");
  // Without a refresh, which would find nothing of what was only simulated.
  const refresh = state === undefined ? [] : ["-refresh=false"];
  const planArguments = ["plan", "-input=false", "-no-color", "-out=plan", ...refresh];
  const { code, stdout, stderr } = await terraform(folder, variables, ...planArguments);
  if (code !== 0) throw new Error(`${provider} provider, ${layer}: ${stdout}\n${stderr}`);
  // A plan begins with a validation, and prints what that warns of.
  expect(stdout + stderr).not.toMatch(/Warning:/);
  const text = await succeed(folder, variables, "show", "-json", "plan");
  // Terraform's own format, of which we read a part.
  const json = JSON.parse(text) as PlanJson;
  expectRead(text, json);
  if (provider === "real")
    for (const { type, schema_version } of json.planned_values?.root_module.resources ?? [])
      planning.schemaVersions.set(type, schema_version);
  return json;
}

function listed(layer: string, differences: readonly Difference[]): string {
  const lines = differences.map((difference) => {
    const { address, real, simulated } = difference;
    return `  ${address}: real ${real}, simulated ${simulated} (${explained(difference) ?? "not explained"})`;
  });
  return [
    `${layer}: ${differences.length} differences between the real and the simulated plan`,
    ...lines,
  ].join("\n");
}
