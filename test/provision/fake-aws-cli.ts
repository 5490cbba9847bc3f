import type { Command, Finished } from "../../scripts/provision/world/index";
import type { FakeWorld } from "./fake-world";

const place = "us-west-2:123456789012";
const restoredArns: Readonly<Record<string, string>> = {
  Aurora: `arn:aws:rds:${place}:cluster:dev-aurora-postgresql-20260101-0900`,
  EFS: `arn:aws:elasticfilesystem:${place}:file-system/fs-new`,
};

/** The AWS CLI, as far as restores use it, and whatever else it is told to answer; remembers what it was asked. */
export class FakeAws {
  /** `service operation`, and the words after it. */
  readonly calls: { readonly name: string; readonly words: readonly string[] }[] = [];
  /** What an operation says instead of working. */
  readonly refusals = new Map<string, string>();
  /** What an operation answers, beside what restores ask. */
  readonly answers = new Map<string, unknown>();
  /** What bounded each call: seconds and attempts. */
  readonly bounds: (readonly [seconds: number | undefined, attempts: string | undefined])[] = [];
  points: readonly Record<string, unknown>[] = [
    point("old", "2025-12-01T05:30:00+00:00"),
    point("newest", 1767245400),
    point("unfinished", "2026-01-01T08:00:00+00:00", "PARTIAL"),
  ];
  /** Statuses of the restore job, one for each look. */
  statuses = ["PENDING", "RUNNING", "COMPLETED"];
  private restored = "";

  /** Puts the CLI on the world's PATH, and lets the seconds pass. */
  constructor(world: FakeWorld) {
    const run = world.processes.run.bind(world.processes);
    Object.assign(world.processes, {
      run: (command: Command) =>
        command.program === "aws" ? Promise.resolve(this.run(command)) : run(command),
    });
    Object.assign(world.clock, {
      every: (seconds: number, act: () => void) => {
        const timer = seconds === 1 ? setInterval(act) : undefined;
        return () => {
          clearInterval(timer);
        };
      },
    });
  }

  /** The value that an operation was given for an option. */
  given(name: string, option: string): string | undefined {
    const words = this.calls.find((call) => call.name === name)?.words ?? [];
    const index = words.indexOf(option);
    return index < 0 ? undefined : words[index + 1];
  }

  private run({ arguments: words, timeoutSeconds, environment }: Command): Finished {
    this.bounds.push([timeoutSeconds, environment["AWS_MAX_ATTEMPTS"]]);
    const name = words.slice(0, words[1] === "wait" ? 3 : 2).join(" ");
    this.calls.push({ name, words });
    const refusal = this.refusals.get(name);
    if (refusal === "missing") return { exitCode: 127, stdout: "", stderr: "", seconds: 0 };
    if (refusal === "killed") return { exitCode: 128, stdout: "", stderr: "", seconds: 20 };
    if (refusal !== undefined) return { exitCode: 254, stdout: "", stderr: `\n${refusal}\n`, seconds: 1 };
    const answer = this.answer(name);
    return {
      exitCode: 0,
      stdout: answer === undefined ? "" : JSON.stringify(answer),
      stderr: "",
      seconds: 1,
    };
  }

  private answer(name: string): unknown {
    if (this.answers.has(name)) return this.answers.get(name);
    if (name === "backup list-recovery-points-by-resource") return { RecoveryPoints: this.points };
    if (name === "backup get-recovery-point-restore-metadata")
      return { RestoreMetadata: { Engine: "aurora-postgresql", DBClusterIdentifier: "old" } };
    if (name === "backup start-restore-job") {
      this.restored = this.given(name, "--resource-type") ?? "";
      return { RestoreJobId: "4711" };
    }
    if (name === "backup describe-restore-job") {
      const Status = this.statuses.shift();
      if (Status !== "COMPLETED") return { Status, StatusMessage: "no such subnet group" };
      return { Status, CreatedResourceArn: restoredArns[this.restored] };
    }
    if (name === "rds describe-db-clusters") return { DBClusters: [{ Endpoint: "restored.example.com" }] };
    return undefined;
  }
}

function point(id: string, created: string | number, status = "COMPLETED"): Record<string, unknown> {
  return {
    RecoveryPointArn: `arn:aws:backup:${place}:recovery-point:${id}`,
    BackupVaultName: "dev-backup",
    CreationDate: created,
    Status: status,
  };
}
