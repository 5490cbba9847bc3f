import { rollout } from "../rollout/index";
import type { Run } from "../../run/run";

/** Waits for the applications that Argo CD deploys from the applied layers: Terraform waits for the root application alone. */
export async function rollOut(run: Run<{ readonly skipRollout?: boolean }>): Promise<void> {
  const layer = run.selected.find((selected) => selected.rollout !== undefined);
  if (layer === undefined || run.request.skipRollout === true) return;
  if (run.request.rehearse) {
    run.events.note("Not rehearsed: the rollout of the applications, which needs a cluster", "quiet");
    return;
  }
  const { awaitRollout } = await rollout.load();
  await awaitRollout(run, layer);
}
