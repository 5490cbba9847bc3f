import type { LoadedEnvironment } from "../../../lib/environment/environment";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Run } from "../run/run";

const generated = new WeakMap<LoadedEnvironment, Map<AnyLayer, Readonly<Record<string, string>>>>();

/** Variables with values that are generated once in a run: Terraform refuses others than those of the plan that it applies. */
export function generatedVariables(run: Run, layer: AnyLayer): Readonly<Record<string, string>> {
  if (layer.generatedValues === undefined) return {};
  const ofRun = generated.get(run.loaded) ?? new Map<AnyLayer, Readonly<Record<string, string>>>();
  generated.set(run.loaded, ofRun);
  const known = ofRun.get(layer);
  if (known !== undefined) return known;
  const { environment, settings } = run.loaded;
  const values = layer.generatedValues(
    { environment, settings: settings[layer.name] },
    { now: run.world.clock.now(), randomBytes: (count) => run.world.randomBytes(count) },
  );
  const variables = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`TF_VAR_${name}`, value]),
  );
  ofRun.set(layer, variables);
  return variables;
}
