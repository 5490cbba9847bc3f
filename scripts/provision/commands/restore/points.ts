import { exitCodes, UserError } from "../../../../lib/errors";
import { allPages, awsCall, sent } from "../../../../lib/layer/aws-call";
import { callAws } from "../../aws/client";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import type { RestoreRun } from "./index";

/** A backup that can be restored. */
export interface RecoveryPoint {
  readonly arn: string;
  readonly vault: string;
  readonly created: Date;
}

/** The complete recovery points of what has this ARN, newest first. */
export async function recoveryPoints(run: Run, resourceArn: string): Promise<readonly RecoveryPoint[]> {
  const list = awsCall("backup", "ListRecoveryPointsByResource", { ResourceArn: resourceArn });
  const { RecoveryPoints = [] } = await callAws(
    run,
    "list recovery points",
    allPages(list, "RecoveryPoints"),
  );
  return RecoveryPoints.filter(({ Status }) => Status === "COMPLETED")
    .map((found) => ({
      arn: sent(found.RecoveryPointArn, "RecoveryPointArn"),
      vault: sent(found.BackupVaultName, "BackupVaultName"),
      created: sent(found.CreationDate, "CreationDate"),
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
