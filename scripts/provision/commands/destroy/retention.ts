import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Dependents, Retained } from "../../../../lib/layer/retained";
import { askAws } from "../../aws/client";
import { faultText } from "../../aws/fault";
import { noResultText } from "../../aws/no-result";
import type { Run } from "../../run/run";
import { pullStateHead } from "../../terraform/state";
import type { Terraform } from "../../terraform/terraform";

/**
 * Takes out of the layer's state what something needs that outlives the destroy, so that it is not destroyed; returns a
 * sentence for each.
 */
export async function retain(run: Run, layer: AnyLayer, terraform: Terraform): Promise<readonly string[]> {
  if (layer.retained === undefined || run.request.rehearse) return [];
  const { environment, settings } = run.loaded;
  const arns = (await pullStateHead(terraform))?.arns ?? {};
  const kept: string[] = [];
  for (const retained of layer.retained({ environment, settings: settings[layer.name] })) {
    const arn = arns[retained.address];
    const reason = arn === undefined ? undefined : await reasonToKeep(run, retained.dependents(arns));
    if (arn === undefined || reason === undefined) continue;
    await terraform.run(["state", "rm", retained.address]);
    run.events.note(`Kept ${retained.address}: ${reason}`);
    kept.push(keptText(retained, arn, reason));
  }
  return kept;
}

function keptText(retained: Retained, arn: string, reason: string): string {
  return `${retained.what}, ${arn}, is kept: ${reason}; once nothing needs it, run: ${retained.removal(arn)}`;
}

/** What needs it; also what could not be asked, because a mistake must not cost data. */
async function reasonToKeep(run: Run, dependents: readonly Dependents[]): Promise<string | undefined> {
  const answers = await Promise.all(dependents.map((each) => neededBy(run, each)));
  const found = [...new Set(answers.flat())];
  return found.length === 0 ? undefined : found.join(", ");
}

async function neededBy(run: Run, dependents: Dependents): Promise<readonly string[]> {
  try {
    const reply = await askAws(run, dependents);
    if (reply.kind === "fault") return [notChecked(dependents, faultText(reply.fault))];
    return dependents.found(reply.output).map((one) => `${one} needs it`);
  } catch (error) {
    return [notChecked(dependents, noResultText(error))];
  }
}

function notChecked({ about }: Dependents, because: string): string {
  return `not checked whether ${about} need it, ${because}`;
}
