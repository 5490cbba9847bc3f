import type { AwsCall } from "../../lib/layer/aws-call";
import type { AwsRequest, Command, Finished } from "../../scripts/provision/world/index";
import type { FakeWorld } from "./fake-world";

/** What a run does by itself with the buckets of the world: it reads states, and empties what is destroyed. */
const ownCalls = ["GetObject", "ListObjectVersions", "ListObjectsV2", "DeleteObjects"];

const place = "us-west-2:123456789012";
const restoredArns: Readonly<Record<string, string>> = {
  Aurora: `arn:aws:rds:${place}:cluster:dev-aurora-postgresql-20260101-0900`,
  EFS: `arn:aws:elasticfilesystem:${place}:file-system/fs-new`,
};

/** The AWS API, as far as restores use it, with further answers as configured; records every call. */
export class FakeAws {
  /** `service Operation`, what it was given, and where and how it was sent. */
  readonly calls: { readonly name: string; readonly input: object; readonly request: AwsRequest }[] = [];
  /** Commands of the AWS CLI. */
  readonly commands: Command[] = [];
  /** What an operation throws instead of answering. */
  readonly refusals = new Map<string, Error>();
  /** Answers of further operations; a command of the CLI is identified by its first two arguments. */
  readonly answers = new Map<string, unknown>([
    ["sts GetCallerIdentity", { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/op" }],
  ]);
  /** How a command of the CLI ends instead of answering. */
  readonly endings = new Map<string, Partial<Finished>>();
  points: readonly Record<string, unknown>[] = [
    point("old", "2025-12-01T05:30:00+00:00"),
    point("newest", "2026-01-01T05:30:00+00:00"),
    point("unfinished", "2026-01-01T08:00:00+00:00", "PARTIAL"),
  ];
  /** Statuses of the restore job, one for each look. */
  statuses = ["PENDING", "RUNNING", "COMPLETED"];
  private restored = "";

  /** A refusal of reading is for locks of states alone: without a state, nothing is planned. */
  private isOwn({ service, operation, input }: AwsCall): boolean {
    const name = `${service} ${operation}`;
    if (service !== "s3" || !ownCalls.includes(operation) || this.answers.has(name)) return false;
    if (!this.refusals.has(name)) return true;
    return operation === "GetObject" && !JSON.stringify(input).includes(".tflock");
  }

  /** Answers in the place of that world's AWS and its CLI, and lets the seconds pass. */
  constructor(world: FakeWorld) {
    const run = world.processes.run.bind(world.processes);
    const own = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) =>
        // The lock and the journal of a run are where its states are.
        /environment\.lock|\/journal\//.test(JSON.stringify(call.input)) || this.isOwn(call)
          ? own(call, request)
          : Promise.resolve().then(() => this.send(call, request)),
    });
    Object.assign(world.processes, {
      run: (command: Command) =>
        command.program === "aws" ? Promise.resolve(this.runCli(command)) : run(command),
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

  /** The names of the calls in their order. */
  get names(): readonly string[] {
    return this.calls.map(({ name }) => name).filter((name) => name !== "sts GetCallerIdentity");
  }

  /** What an operation was given, call by call. */
  given(name: string): readonly object[] {
    return this.calls.filter((call) => call.name === name).map(({ input }) => input);
  }

  private send({ service, operation, input }: AwsCall, request: AwsRequest): unknown {
    const name = `${service} ${operation}`;
    this.calls.push({ name, input, request });
    const refusal = this.refusals.get(name);
    if (refusal !== undefined) throw refusal;
    return this.answer(name, input);
  }

  private runCli(command: Command): Finished {
    this.commands.push(command);
    const name = command.arguments.slice(0, 2).join(" ");
    const ended = { exitCode: 0, stderr: "", seconds: 1, ...this.endings.get(name) };
    return { stdout: JSON.stringify(this.answers.get(name) ?? {}), ...ended };
  }

  private answer(name: string, input: object): unknown {
    if (this.answers.has(name)) return this.answers.get(name);
    if (name === "resource-groups-tagging-api GetResources") return { ResourceTagMappingList: [] };
    if (name === "backup ListRecoveryPointsByResource") return { RecoveryPoints: this.points };
    if (name === "backup GetRecoveryPointRestoreMetadata")
      return { RestoreMetadata: { Engine: "aurora-postgresql", DBClusterIdentifier: "old" } };
    if (name === "backup StartRestoreJob") {
      this.restored = "ResourceType" in input ? String(input.ResourceType) : "";
      return { RestoreJobId: "4711" };
    }
    if (name === "backup DescribeRestoreJob") {
      const Status = this.statuses.shift();
      if (Status !== "COMPLETED") return { Status, StatusMessage: "no such subnet group" };
      return { Status, CreatedResourceArn: restoredArns[this.restored] };
    }
    if (name === "rds DescribeDBClusters")
      return { DBClusters: [{ Endpoint: "restored.example.com", Status: "available" }] };
    if (name === "rds DescribeDBInstances") return { DBInstances: [{ DBInstanceStatus: "available" }] };
    if (name === "efs CreateMountTarget" || name.startsWith("rds ")) return {};
    throw new Error(`nothing answers ${name} here`);
  }
}

function point(id: string, created: string, status = "COMPLETED"): Record<string, unknown> {
  return {
    RecoveryPointArn: `arn:aws:backup:${place}:recovery-point:${id}`,
    BackupVaultName: "dev-backup",
    CreationDate: new Date(created),
    Status: status,
  };
}
