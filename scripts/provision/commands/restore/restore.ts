import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { AwsCli } from "../../aws/cli-client";
import { Interrupted } from "../../run/interrupts";
import { commandLine } from "../../command-line/request";
import { restorableDatabase } from "./database";
import { arn, appliedOutputs } from "../../terraform/applied-outputs";
import { restorableFileSystem } from "./file-system";
import { restoreByJob } from "./job";
import { chosenPoint, minuteOf, type RecoveryPoint, recoveryPoints } from "./points";
import type { Run } from "../../run/run";
import type { RestoreRun } from "./index";

const listed = 10;

/** Something that AWS Backup restores beside its original. */
export interface Restorable {
  readonly noun: string;
  readonly resourceType: "Aurora" | "EFS";
  /** Of the original. */
  readonly arn: string;
  /** What will be made, for people. */
  readonly target: string;
  /** What AWS Backup is told; `saved` is what it kept with the recovery point. */
  metadata(saved: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** Makes what was restored usable; returns what to know of it. */
  finish(aws: AwsCli, createdArn: string): Promise<readonly string[]>;
}

/** Restores the database or the file system from a recovery point to a new one beside it; changes nothing that exists. */
export async function handle(run: RestoreRun): Promise<number> {
  const aws = new AwsCli(run);
  const stamp = run.world.clock.now().toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  const { restoreRoleArn } = await appliedOutputs(run, "backup", z.object({ restoreRoleArn: arn }));
  const found = await (run.request.only[0] === "efs" ? restorableFileSystem : restorableDatabase)(run, stamp);
  const points = await recoveryPoints(aws, found.arn);
  printPoints(run, found, points);
  const point = chosenPoint(run, found.arn, points);
  await agree(run, found, point);
  const createdArn = await restoreByJob(run, aws, {
    point,
    roleArn: restoreRoleArn,
    resourceType: found.resourceType,
    metadata: found.metadata(await savedMetadata(aws, point)),
  });
  run.screen.print(`  Restored ${createdArn}`);
  const notes = await found.finish(aws, createdArn);
  for (const note of notes) run.screen.print(`  ${note}`);
  run.screen.print(
    "  Neither Terraform nor the applications know it; docs/disaster-recovery.md says what to do next",
  );
  return exitCodes.done;
}

async function savedMetadata(aws: AwsCli, { arn, vault }: RecoveryPoint) {
  const words = ["backup", "get-recovery-point-restore-metadata", "--backup-vault-name", vault];
  const { RestoreMetadata } = await aws.ask(
    "read the recovery point",
    [...words, "--recovery-point-arn", arn],
    z.object({ RestoreMetadata: z.record(z.string(), z.string()).default({}) }),
  );
  return RestoreMetadata;
}

function printPoints({ screen }: Run, { noun }: Restorable, points: readonly RecoveryPoint[]): void {
  screen.print(`\n  Recovery points of the ${noun}: ${points.length}, newest first`);
  for (const { created, vault, arn } of points.slice(0, listed))
    screen.print(`    ${minuteOf(created)}  ${vault}  ${arn}`);
}

/** Asks before anything is made. Throws unless agreed. */
async function agree(run: Run, { noun, target }: Restorable, { created }: RecoveryPoint): Promise<void> {
  const { request, screen, world } = run;
  const what = `the ${noun} as of ${minuteOf(created)} to ${target}`;
  if (request.yes) {
    screen.print(`\n  Restoring ${what}`);
    return;
  }
  if (!world.terminal.interactive)
    throw new UserError(
      `Cannot restore the ${noun}: there is no terminal to ask at; nothing was made`,
      `Run: ${commandLine(request, { yes: true })}`,
      exitCodes.preflightFailed,
    );
  const answer = await screen.ask(`\nRestore ${what}? yes/no`);
  if (answer?.toLowerCase() === "yes") return;
  if (answer === undefined) throw new Interrupted(noun, commandLine(request));
  throw new UserError(
    `Cannot restore the ${noun}: you did not agree; nothing was made`,
    `Run: ${commandLine(request)}`,
  );
}
