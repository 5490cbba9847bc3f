import type { Environment } from "../../../lib/layer/environment-schema";
import { layers as declared } from "../../../modules";
import { deployerRights } from "../../../policy/deployer/index";
import { forwardedCalls } from "../../../policy/deployer/forward-access/index";
import { type LayerJson, SynthesisedJson } from "../../../synthesis/environment";
import { deniedCalls, describeDenial } from "../../policy/rights/denied-calls";
import { actionsOf } from "../../policy/rights/operations";
import { loadReference } from "../../policy/rights/reference";
import { readRecord } from "./recorded-call";

/** An environment that has lived, with the JSON of its layers as it was applied. */
export interface Lived {
  readonly environment: Environment;
  readonly layers: readonly { readonly name: string; readonly json: LayerJson }[];
}

/** What the rights that `provision iam` prints for an environment do not allow of its last full cycle. */
export interface Verdict {
  readonly denied: readonly string[];
  /** For one line of a test's output. */
  readonly summary: string;
}

/** Judges the recorded calls of an environment's layers. */
export async function judgeRights({ environment, layers }: Lived): Promise<Verdict> {
  const json = Object.fromEntries(layers.map((layer) => [layer.name, layer.json]));
  const { policies } = deployerRights(new SynthesisedJson(json), environment, { layers: declared });
  const calls = readRecord(environment.name).filter(({ layer }) => layer in json);
  const actions = [
    ...calls.flatMap(actionsOf),
    ...forwardedCalls.flatMap((row) => row.actions),
    "iam:PassRole",
  ];
  const reference = await loadReference(actions);
  const denied = deniedCalls(calls, { policies, reference, context: environment }).map(describeDenial);
  return {
    denied,
    summary: `${calls.length} calls of ${new Set(actions).size} actions, ${denied.length} denied`,
  };
}
