import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { userAgentOf } from "./api/proxy";
import type { Phase } from "./api/recorded-call";
import { pendingChanges } from "../../scripts/provision/terraform/pending-changes";
import { readStoredState } from "../../scripts/provision/terraform/stored-state";
import type { EmulatedLayer } from "./emulated-environment";
import { addressesOf, type LayerJson, withChangedTag } from "./layer-json";
import { type PlanJson, planDifferences } from "./plan-difference";
import type { RealInit } from "./real-init";
import { terraform, type TerraformResult, type Variables } from "./terraform";

/** An object that Terraform created. */
export interface Made {
  readonly type: string;
  readonly name: string;
}

/** Most resources wait most of the time, which needs no processor. */
const quick = ["-input=false", "-parallelism=40"];

const onlyChanges = /Resources: 0 added, \d+ changed, 0 destroyed/;

/** Writes a layer to its folder, and prepares it for Terraform. */
export async function prepare(layer: EmulatedLayer, variables: Variables, init: RealInit): Promise<void> {
  write(layer, layer.json);
  await init.prepare(layer.folder, variables);
}

export async function apply(layer: EmulatedLayer, variables: Variables): Promise<void> {
  await run(layer, as("apply", layer, variables), "apply", ...quick, "-auto-approve");
}

/** What a second plan would change: `type.attribute` for each, or `type (delete, create)`. */
export async function secondPlan(layer: EmulatedLayer, variables: Variables): Promise<readonly string[]> {
  const planner = as("plan", layer, variables);
  const { code } = await run(layer, planner, "plan", ...quick, "-detailed-exitcode", "-out=second");
  if (code === 0) return [];
  const { stdout } = await run(layer, planner, "show", "-json", "second");
  // Terraform's own format, of which we read a part.
  return changesIn(JSON.parse(stdout) as Changes);
}

/** What `provision status` would call pending although all is applied: `type.argument` for each. */
export function pendingKinds({ folder, json }: EmulatedLayer): readonly string[] {
  const file = join(folder, "terraform.tfstate");
  const state = existsSync(file) ? readStoredState(readFileSync(file, "utf8")) : undefined;
  if (typeof state === "string") throw new Error(state);
  const { create, delete: gone, update } = pendingChanges(json, state);
  const kinds = update.flatMap(({ address, arguments: names }) =>
    names.map((name) => `${address.split(".")[0] ?? ""}.${name}`),
  );
  return [...new Set([...create, ...gone, ...kinds])];
}

/** Changes a tag of everything that has one. */
export async function change(layer: EmulatedLayer, variables: Variables): Promise<void> {
  write(layer, withChangedTag(layer.json));
  const changer = as("change", layer, variables);
  const { stdout } = await run(layer, changer, "apply", ...quick, "-refresh=false", "-auto-approve");
  if (!onlyChanges.test(stdout)) throw new Error(`a changed tag did more than that:\n${stdout}`);
}

/** Lifts deletion protection, the way the product does before it destroys. */
export async function lift(layer: EmulatedLayer, variables: Variables): Promise<void> {
  write(layer, withChangedTag(layer.unprotected));
  const guarded = addressesOf(layer.json.resource).filter((address) => isGuarded(layer, address));
  if (guarded.length === 0) return;
  const targets = guarded.map((address) => `-target=${address}`);
  const args = ["apply", ...quick, "-refresh=false", "-auto-approve", ...targets];
  const { stdout } = await run(layer, as("lift", layer, variables), ...args);
  if (!onlyChanges.test(stdout)) throw new Error(`to lift its protection did more than that:\n${stdout}`);
}

/** Destroys a layer. The second plan has just looked at everything: that is not repeated. */
export async function destroy(layer: EmulatedLayer, variables: Variables): Promise<void> {
  const destroyer = as("destroy", layer, variables);
  await run(layer, destroyer, "destroy", ...quick, "-refresh=false", "-auto-approve");
}

/** What a layer's state holds; nothing when there is none. */
export function inState({ folder }: EmulatedLayer): readonly Made[] {
  const file = join(folder, "terraform.tfstate");
  if (!existsSync(file)) return [];
  // Terraform's own format, of which we read a part.
  const { resources } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly resources: readonly (Made & { readonly mode: string })[];
  };
  return resources.filter(({ mode }) => mode === "managed");
}

type PlannedChange = NonNullable<PlanJson["resource_changes"]>[number] & {
  readonly change: { readonly actions: readonly string[]; readonly before: unknown };
};

interface Changes {
  readonly resource_changes: readonly PlannedChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

function changesIn({ resource_changes, output_changes = {} }: Changes): readonly string[] {
  const isChange = (actions: readonly string[]) => !["no-op", "read"].includes(actions.join());
  const changed = resource_changes.filter(({ change }) => isChange(change.actions));
  const outputs = Object.entries(output_changes).filter(([, { actions }]) => isChange(actions));
  return [...changed.flatMap(kindsOf), ...outputs.map(([name]) => `output ${name}`)];
}

function kindsOf(planned: PlannedChange): readonly string[] {
  const { type, change } = planned;
  if (change.actions.join() !== "update") return [`${type} (${change.actions.join(", ")})`];
  const before = { ...planned, change: { actions: [], after: change.before, after_unknown: {} } };
  const differences = planDifferences({ resource_changes: [planned] }, { resource_changes: [before] });
  return differences.map(({ kind }) => kind);
}

function isGuarded({ json, unprotected }: EmulatedLayer, address: string): boolean {
  const [type = "", name = ""] = address.split(".");
  const body = ({ resource }: LayerJson) => JSON.stringify(resource[type]?.[name]);
  return body(json) !== body(unprotected);
}

/** The provider says who asks, and for what. */
function as(phase: Phase, { name }: EmulatedLayer, variables: Variables): Variables {
  return { ...variables, TF_APPEND_USER_AGENT: userAgentOf(name, phase) };
}

function write({ folder }: EmulatedLayer, json: LayerJson): void {
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json, undefined, 2));
}

/** Runs Terraform; what it says when it fails is the error. A plan that has found changes has not failed. */
async function run(layer: EmulatedLayer, variables: Variables, ...args: string[]): Promise<TerraformResult> {
  const result = await terraform(layer.folder, { ...variables, ...layer.variables }, ...args);
  const changesFound = result.code === 2 && args.includes("-detailed-exitcode");
  if (result.code === 0 || changesFound) return result;
  throw new Error(`terraform ${args[0] ?? ""} ended with ${result.code}\n${result.stderr || result.stdout}`);
}
