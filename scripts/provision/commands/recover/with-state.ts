import type { AnyLayer } from "../../../../lib/layer/layer";
import { planBootstrap } from "../../bootstrap/bootstrap";
import { bootstrapLayer } from "../../run/run";
import { terraformFor } from "../../terraform/for-layer";
import type { Terraform } from "../../terraform/terraform";
import type { RecoverRun } from "./index";

/**
 * Runs `use` where the state of a layer is, with Terraform initialised, also if an earlier run could not save it: that of the state
 * bucket's layer is local until the bucket has it.
 */
export async function withState(
  run: RecoverRun,
  layer: AnyLayer,
  use: (terraform: Terraform) => Promise<void>,
): Promise<void> {
  if (layer === bootstrapLayer(run)) {
    await planBootstrap(run, { layer, verb: "recover" }, async (local) => {
      await use(local);
      return { kind: "unchanged" };
    });
    return;
  }
  const terraform = terraformFor(run, layer, { verb: "recover", evenUnsaved: true });
  await terraform.initialise();
  await use(terraform);
}
