import type { AnyLayer } from "../../../lib/layer/layer";
import { reasonToKeep } from "../aws/dependents";
import type { Run } from "../run/run";
import type { Terraform } from "../terraform/terraform";
import { pullStateHead } from "../terraform/state";

/** A resource that stays in the account, because something that outlives it needs it. */
export interface Kept {
  readonly address: string;
  readonly reason: string;
  /** For the operator: what is kept, why, and the command that removes it. */
  readonly text: string;
}

/** Which of the layer's retained resources something needs; asks AWS, and changes nothing. */
export async function keptResources(
  run: Run,
  { layer, terraform }: { readonly layer: AnyLayer; readonly terraform: Terraform },
  isEnding: (address: string) => boolean = () => true,
): Promise<readonly Kept[]> {
  if (layer.retained === undefined || run.request.rehearse) return [];
  const { environment, settings } = run.loaded;
  const ending = layer
    .retained({ environment, settings: settings[layer.name] })
    .filter(({ address }) => isEnding(address));
  if (ending.length === 0) return [];
  const arns = (await pullStateHead(terraform))?.arns ?? {};
  const kept: Kept[] = [];
  for (const retained of ending) {
    const arn = arns[retained.address];
    const reason = arn === undefined ? undefined : await reasonToKeep(run, retained.dependents(arns));
    if (arn === undefined || reason === undefined) continue;
    const text = `${retained.what}, ${arn}, is kept: ${reason}; once nothing needs it, run: ${retained.removal(arn)}`;
    kept.push({ address: retained.address, reason, text });
  }
  return kept;
}
