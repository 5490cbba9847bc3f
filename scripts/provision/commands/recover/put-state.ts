import { exitCodes, UserError } from "../../../../lib/errors";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { stateLocation } from "../../../../lib/layer/state-location";
import { awsFailure } from "../../aws/failure";
import { putObject } from "../../aws/put-object";
import { commandLine } from "../../command-line/request";
import { damagedStateFile } from "../../run/kept-state-file";
import type { Trouble } from "../../runner/stored-states/look";
import { terraformFor } from "../../terraform/for-layer";
import { pullStateHead, readStateHead } from "../../terraform/state";
import type { RecoverRun } from "./index";

/**
 * Writes a state if the bucket has what was seen, keeps what was there, and lets Terraform read it back. Where it `lacks` what a later one may
 * have had, the journal says so first.
 */
export async function putState(
  run: RecoverRun,
  layer: AnyLayer,
  { trouble, text, lacks }: { readonly trouble: Trouble; readonly text: string; readonly lacks: boolean },
): Promise<void> {
  const { world, loaded, request } = run;
  if (trouble.kind === "damaged" && trouble.text !== "") {
    const path = damagedStateFile(run, layer, trouble.text);
    world.files.write(path, trouble.text, "secret");
    run.screen.print(`  What was in the bucket is kept in ${path}`);
  }
  await run.environmentLock.confirm(layer.name);
  if (lacks) run.events.publish({ type: "state restored", layer: layer.name });
  const { key } = stateLocation(loaded.environment, layer.name);
  const condition = trouble.kind === "lost" ? { IfNoneMatch: "*" as const } : { IfMatch: trouble.etag };
  const reply = await putObject(run, { key, text, condition, patience: "work" });
  if (reply.kind === "fault") throw awsFailure(run, `restore the state of "${layer.name}"`, reply.fault);
  const terraform = terraformFor(run, layer, { verb: "recover", evenUnsaved: true });
  await terraform.initialise();
  const found = await pullStateHead(terraform);
  if (found?.contents === readStateHead(text)?.contents) return;
  throw new UserError(
    `Cannot recover "${layer.name}": Terraform reads another state from the bucket than was written`,
    `Run: ${commandLine(request)}`,
    exitCodes.recoveryNeeded,
  );
}
