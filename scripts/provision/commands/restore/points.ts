import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { AwsCli } from "../../aws/cli-client";
import { commandLine } from "../../command-line/request";
import type { RestoreRun } from "./index";

/** A backup that can be restored. */
export interface RecoveryPoint {
  readonly arn: string;
  readonly vault: string;
  readonly created: Date;
}

// Version 1 of the CLI writes seconds, version 2 a date.
const moment = z.union([z.string(), z.number().transform((seconds) => seconds * 1000)]);
const answer = z.object({
  RecoveryPoints: z.array(
    z.object({
      RecoveryPointArn: z.string(),
      BackupVaultName: z.string(),
      CreationDate: moment.transform((value) => new Date(value)),
      Status: z.string(),
    }),
  ),
});

/** The complete recovery points of what has this ARN, newest first. */
export async function recoveryPoints(aws: AwsCli, resourceArn: string): Promise<readonly RecoveryPoint[]> {
  const words = ["backup", "list-recovery-points-by-resource", "--resource-arn", resourceArn];
  const { RecoveryPoints } = await aws.ask("list recovery points", words, answer);
  return RecoveryPoints.filter(({ Status }) => Status === "COMPLETED")
    .map((found) => ({
      arn: found.RecoveryPointArn,
      vault: found.BackupVaultName,
      created: found.CreationDate,
    }))
    .toSorted((one, other) => other.created.getTime() - one.created.getTime());
}

/** The point that the operator asked for, or the newest; throws when there is none. */
export function chosenPoint(
  run: RestoreRun,
  resourceArn: string,
  points: readonly RecoveryPoint[],
): RecoveryPoint {
  const { recoveryPoint } = run.request;
  const chosen = recoveryPoint === undefined ? points[0] : points.find(({ arn }) => arn === recoveryPoint);
  if (chosen !== undefined) return chosen;
  throw new UserError(
    recoveryPoint === undefined
      ? `Cannot restore "${resourceArn}": AWS Backup has no complete recovery point of it in ${run.loaded.environment.region}`
      : `Cannot restore "${recoveryPoint}": it is no complete recovery point of "${resourceArn}"`,
    recoveryPoint === undefined
      ? "See docs/disaster-recovery.md for other ways back, such as a point in time or a copy in another region"
      : `Choose one of those listed: ${commandLine(run.request, { recoveryPoint: undefined })}`,
    exitCodes.preflightFailed,
  );
}

/** A moment for people, to the minute. */
export function minuteOf(created: Date): string {
  return `${created.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
