import { exitCodes } from "../../../../lib/errors";
import { awsCall } from "../../../../lib/layer/aws-call";
import type { Restorable } from "../../../../lib/layer/restore";
import { callAws } from "../../aws/client";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import { askConsent } from "../../runner/consent";
import { minuteOf } from "../../screen/minute";
import { appliedLayer, appliedValue } from "../../terraform/applied-layer";
import { finishRestore } from "./finish";
import type { RestoreRun } from "./index";
import { restoreByJob } from "./job";
import { chosenPoint, type RecoveryPoint, recoveryPoints } from "./points";

const listed = 10;

/** Restores a layer's data from a recovery point to a new resource beside the old one; changes nothing that exists. */
export async function handle(run: RestoreRun): Promise<number> {
  const roleArn = await appliedValue(run, "restoreRole");
  const found = await restorable(run);
  const points = await recoveryPoints(run, found.arn);
  printPoints(run, found, points);
  const point = chosenPoint(run, found.arn, points);
  await agree(run, found, point);
  // It may take hours, and needs nothing of the folders any more.
  run.lock.release();
  const { resourceType } = found;
  const metadata = found.metadata(await savedMetadata(run, point));
  const createdArn = await restoreByJob(run, { point, roleArn, resourceType, metadata });
  run.events.note(`Restored ${createdArn}`);
  const notes = await finishRestore(run, createdArn, found.finish(createdArn));
  for (const note of notes) run.events.note(note);
  run.events.note(
    "Neither Terraform nor the applications know it; docs/disaster-recovery.md says what to do next",
  );
  return exitCodes.done;
}

async function restorable(run: Run): Promise<Restorable> {
  // The command takes one layer, of those that can be restored.
  const [layer] = run.selected;
  const stamp = run.world.clock.now().toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  const found = layer?.restore?.({ ...(await appliedLayer(run, layer)), stamp });
  if (found === undefined) throw new Error("no layer to restore was selected");
  return found;
}

async function savedMetadata(run: Run, { arn, vault }: RecoveryPoint): Promise<Record<string, string>> {
  const { RestoreMetadata = {} } = await callAws(
    run,
    "read the recovery point",
    awsCall("backup", "GetRecoveryPointRestoreMetadata", { BackupVaultName: vault, RecoveryPointArn: arn }),
  );
  return RestoreMetadata;
}

function printPoints({ screen }: Run, { noun }: Restorable, points: readonly RecoveryPoint[]): void {
  screen.print(`\n  Recovery points of the ${noun}: ${points.length}, newest first`);
  for (const { created, vault, arn } of points.slice(0, listed))
    screen.print(`    ${minuteOf(created)}  ${vault}  ${arn}`);
}

/** Asks before anything is created. Throws unless agreed. */
async function agree(run: Run, { noun, target }: Restorable, { created }: RecoveryPoint): Promise<void> {
  const { request } = run;
  const what = `the ${noun} as of ${minuteOf(created)} to ${target}`;
  if (request.yes) {
    run.events.note(`Restoring ${what}`);
    return;
  }
  await askConsent(run, {
    verb: "restore",
    subject: noun,
    question: `Restore ${what}?`,
    next: commandLine(request),
    review: "the recovery points",
  });
}
