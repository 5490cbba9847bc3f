import { z } from "zod";
import { UserError } from "../../../../lib/errors";
import type { AwsCli } from "../../aws/cli-client";
import { Interrupted } from "../../run/interrupts";
import { pause } from "../../run/pause";
import { commandLine } from "../../command-line/request";
import type { RecoveryPoint } from "./points";
import type { Run } from "../../run/run";

const pollSeconds = 15;

/** A restore to start. */
export interface RestoreOrder {
  readonly point: RecoveryPoint;
  readonly roleArn: string;
  readonly resourceType: "Aurora" | "EFS";
  readonly metadata: Readonly<Record<string, string>>;
}

const started = z.object({ RestoreJobId: z.string() });
const described = z.object({
  Status: z.string(),
  StatusMessage: z.string().optional(),
  PercentDone: z.string().optional(),
  CreatedResourceArn: z.string().optional(),
});

/** Has AWS Backup restore, waits for it, and returns the ARN of what it made. */
export async function restoreByJob(run: Run, aws: AwsCli, order: RestoreOrder): Promise<string> {
  const id = await start(aws, order);
  run.screen.print(`  Restore job ${id}`);
  const working = run.screen.working(`restoring ${order.resourceType}`);
  try {
    for (;;) {
      const job = await aws.ask(
        `look at restore job "${id}"`,
        ["backup", "describe-restore-job", "--restore-job-id", id],
        described,
      );
      if (job.Status === "COMPLETED" && job.CreatedResourceArn !== undefined) return job.CreatedResourceArn;
      if (job.Status !== "PENDING" && job.Status !== "RUNNING") throw notRestored(run, id, job);
      working.update(`${job.Status.toLowerCase()} ${job.PercentDone ?? ""}`.trim());
      await pause(run.world.clock, pollSeconds, () => run.interrupts.draining);
      if (run.interrupts.draining) throw new Interrupted(order.resourceType, lookLine(run, id));
    }
  } finally {
    working.stop();
  }
}

async function start(aws: AwsCli, { point, roleArn, resourceType, metadata }: RestoreOrder): Promise<string> {
  const words = ["backup", "start-restore-job", "--recovery-point-arn", point.arn];
  const how = ["--iam-role-arn", roleArn, "--resource-type", resourceType];
  const what = ["--metadata", JSON.stringify(metadata)];
  const { RestoreJobId } = await aws.ask("start the restore", [...words, ...how, ...what], started);
  return RestoreJobId;
}

function notRestored(run: Run, id: string, job: z.output<typeof described>): UserError {
  return new UserError(
    `Cannot restore: job "${id}" is ${job.Status}, AWS Backup says "${job.StatusMessage ?? "nothing"}"`,
    `Mend what it complains about, then run: ${commandLine(run.request)}`,
  );
}

function lookLine({ loaded }: Run, id: string): string {
  const { region } = loaded.environment;
  return `aws backup describe-restore-job --region ${region} --restore-job-id ${id}; the restore itself goes on`;
}
