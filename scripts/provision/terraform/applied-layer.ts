import { exitCodes, UserError } from "../../../lib/errors";
import type { Applied } from "../../../lib/layer/applied";
import type { AnyLayer, Needs } from "../../../lib/layer/layer";
import { outputBreaches } from "../../../lib/layer/output-breaches";
import type { Outputs, Published } from "../../../lib/layer/outputs";
import { commandLine } from "../command-line/request";
import { needSettings } from "../run/need-settings";
import type { Run } from "../run/run";
import { outputsOf } from "./needs";

/** Reads the outputs in a layer's state; none if there is no state. */
type OutputReader = (run: Run, layer: AnyLayer) => Promise<Readonly<Record<string, unknown>>>;

/** An applied layer with the outputs from its state, by default as Terraform reads them. */
export async function appliedLayer(
  run: Run,
  layer: AnyLayer,
  read: OutputReader = outputsOf,
): Promise<Applied<unknown, Needs, Outputs>> {
  const { environment, settings } = run.loaded;
  const needs = Object.entries(layer.needs).map(([alias, { name }]) => {
    const need = run.layers.find((known) => known.name === name);
    if (need === undefined) throw new Error(`"${layer.name}" needs "${name}", which is not among the layers`);
    return [alias, need] as const;
  });
  return {
    environment,
    settings: settings[layer.name],
    needs: needSettings(run.loaded, layer),
    outputs: await publishedBy(run, layer, read),
    from: Object.fromEntries(needs.map(([alias, need]) => [alias, () => publishedBy(run, need, read)])),
  };
}

/** What the one layer that declares it says of itself: its bastion, or its role for restores. */
export async function appliedValue(run: Run, member: "bastion" | "restoreRole"): Promise<string> {
  const layer = run.layers.find((known) => known[member] !== undefined);
  const value = layer?.[member]?.(await appliedLayer(run, layer));
  if (value === undefined) throw undeclared(run, member);
  return value;
}

/** The layers that declare what a command works on; throws when there is none. */
export function declaring(
  run: Run,
  layers: readonly AnyLayer[],
  member: "endpoints" | "databases" | "cluster" | "rollout" | "logins",
): readonly AnyLayer[] {
  const found = layers.filter((layer) => layer[member] !== undefined);
  if (found.length === 0) throw undeclared(run, member);
  return found;
}

/**
 * The outputs of a layer as it declares them. Each is checked when it is read: an output that a later version added does
 * not keep a command from working that needs others.
 */
async function publishedBy(run: Run, layer: AnyLayer, read: OutputReader): Promise<Published<Outputs>> {
  const found = await read(run, layer);
  const properties = Object.entries(layer.outputs).map(([name, declared]): [string, PropertyDescriptor] => [
    name,
    {
      enumerable: true,
      get() {
        const value = found[name];
        if (outputBreaches({ [name]: declared }, { [name]: value }).length > 0) throw notApplied(run, layer);
        return value;
      },
    },
  ]);
  // Every getter returns what the output's declaration promises, or throws.
  return Object.defineProperties({}, Object.fromEntries(properties));
}

function undeclared(run: Run, member: string): UserError {
  return new UserError(
    `Cannot run ${run.request.command}: no layer declares "${member}"`,
    "Declare it in a layer, as docs/guides/adding-a-layer.md describes",
    exitCodes.preflightFailed,
  );
}

function notApplied(run: Run, { name }: AnyLayer): UserError {
  return new UserError(
    `Cannot run ${run.request.command}: "${name}" is not applied, or was applied by an earlier version`,
    `Run: ${commandLine(run.request, { command: "apply", plan: undefined, only: [name] })}`,
    exitCodes.preflightFailed,
  );
}
