import type { AnyLayer } from "../../../lib/layer/layer";
import type { Rollout } from "../../../lib/layer/rollout";
import type { Run } from "../run/run";
import { appliedLayer } from "../terraform/applied-layer";

/** What Argo CD deploys from a layer that declares it. */
export async function rolloutOf(run: Run, layer: AnyLayer): Promise<Rollout> {
  const rollout = layer.rollout?.(await appliedLayer(run, layer));
  if (rollout === undefined) throw new Error(`"${layer.name}" has no rollout`);
  return rollout;
}
