import type { AnyLayer } from "../../../lib/layer/layer";
import { recoverLine } from "../run/recover-line";
import type { Run } from "../run/run";
import type { Terraform } from "../terraform/terraform";
import { LocalState } from "./local-state";

/** The local state of the layer of the state bucket. */
export function localState(run: Run, layer: AnyLayer, terraform: Terraform): LocalState {
  return new LocalState(run.world.files, {
    terraform,
    path: `${run.folders.bootstrap}/${layer.name}`,
    recover: recoverLine(run, layer),
    bucket: run.loaded.environment.state.bucket,
  });
}

/** Runs `use` with Terraform initialised with the local state. */
export async function withLocalState<Result>(
  terraform: Terraform,
  local: LocalState,
  use: () => Promise<Result>,
): Promise<Result> {
  local.choose();
  try {
    await terraform.initialise();
    return await use();
  } finally {
    local.unchoose();
  }
}
