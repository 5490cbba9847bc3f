import { UserError } from "../../../../lib/errors";
import { awsCall, sent } from "../../../../lib/layer/aws-call";
import { callAws } from "../../aws/client";
import { commandLine } from "../../command-line/request";
import { Interrupted } from "../../run/interrupts";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";
import type { RecoveryPoint } from "./points";

const pollSeconds = 15;

/** A restore to start. */
export interface RestoreOrder {
  readonly point: RecoveryPoint;
  readonly roleArn: string;
  readonly resourceType: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Has AWS Backup restore, waits for it, and returns the ARN of what it created. */
export async function restoreByJob(run: Run, order: RestoreOrder): Promise<string> {
  const id = await start(run, order);
  run.events.note(`Restore job ${id}`);
  return run.events.step(`restoring ${order.resourceType}`, async (progress) => {
    for (;;) {
      const job = await callAws(
        run,
        `describe restore job "${id}"`,
        awsCall("backup", "DescribeRestoreJob", { RestoreJobId: id }),
      );
      const { Status = "", CreatedResourceArn, StatusMessage, PercentDone = "" } = job;
      if (Status === "COMPLETED" && CreatedResourceArn !== undefined) return CreatedResourceArn;
      if (Status !== "PENDING" && Status !== "RUNNING") throw notRestored(run, id, { Status, StatusMessage });
      progress(`${Status.toLowerCase()} ${PercentDone}`.trim());
      await pause(run.world.clock, pollSeconds, () => run.interrupts.draining);
      if (run.interrupts.draining) throw new Interrupted(order.resourceType, describeLine(run, id));
    }
  });
}

async function start(run: Run, { point, roleArn, resourceType, metadata }: RestoreOrder): Promise<string> {
  const { RestoreJobId } = await callAws(
    run,
    "start the restore",
    awsCall("backup", "StartRestoreJob", {
      RecoveryPointArn: point.arn,
      IamRoleArn: roleArn,
      ResourceType: resourceType,
      Metadata: { ...metadata },
    }),
  );
  return sent(RestoreJobId, "RestoreJobId");
}

function notRestored(
  run: Run,
  id: string,
  {
    Status,
    StatusMessage = "nothing",
  }: { readonly Status: string; readonly StatusMessage: string | undefined },
): UserError {
  return new UserError(
    `Cannot restore: job "${id}" is ${Status}, AWS Backup says "${StatusMessage}"`,
    `Correct what it reports, then run: ${commandLine(run.request)}`,
  );
}

function describeLine({ loaded }: Run, id: string): string {
  const { region } = loaded.environment;
  return `aws backup describe-restore-job --region ${region} --restore-job-id ${id}; the restore itself goes on`;
}
