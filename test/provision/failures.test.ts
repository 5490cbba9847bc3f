import { describe, expect, test } from "vitest";
import { FileError } from "../../lib/errors";
import type { Command } from "../../scripts/provision/world/index";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const again = "npx ts-node scripts/provision.ts plan --env dev";
const signIn = `Run: aws sso login --profile dev; then run: ${again}`;

// What Terraform 1.11 and its S3 backend print, shortened.
test.each([
  ["Error: No valid credential sources found", "Terraform found no AWS credentials", signIn],
  [
    "Error: validating provider credentials: operation error STS: GetCallerIdentity, StatusCode: 403, ExpiredToken: The security token included in the request is expired",
    "your AWS credentials have expired",
    signIn,
  ],
  [
    "Error: AWS account ID not allowed: 999999999999",
    'your AWS credentials are for account "999999999999", but the environment is in "123456789012"',
    `Use credentials for account 123456789012, e.g. set AWS_PROFILE; then run: ${again}`,
  ],
  [
    'Error: Failed to get existing workspaces: Unable to list objects in S3 bucket "dev-state": operation error S3: ListObjectsV2, https response error StatusCode: 403, RequestID: , api error Forbidden',
    'access to the state bucket "dev-state" is denied',
    'Use credentials for account "123456789012" with access to the bucket; run: aws sts get-caller-identity',
  ],
  [
    'Error: Error refreshing state: Unable to access object "us-west-2/cellar/dev" in S3 bucket "dev-state": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 4711, HostID: , api error Forbidden: Forbidden',
    "AWS denies to read its state, s3://dev-state/us-west-2/cellar/dev",
    `Allow your role s3:GetObject on that object, and kms:Decrypt with the key of the bucket, as provision iam prints them, or use another role of account "123456789012"; to see which one it is, run: aws sts get-caller-identity; then run: ${again}`,
  ],
  [
    'Error: Provider configuration not present\n\nTo work with aws_backup_vault.copy-vault-us-east-2 (orphan) its original provider configuration at provider["registry.terraform.io/hashicorp/aws"].us-east-2 is required, but it has been removed.',
    'its state contains "aws_backup_vault.copy-vault-us-east-2" in "us-east-2", a region that its settings no longer name',
    'In the environment file, name "us-east-2" again in layers.cellar, but disable what is in that region, and apply; after that, another region can be set',
  ],
  [
    "Error: Error acquiring the state lock\n\nError message: operation error S3: PutObject, https response error StatusCode: 403, RequestID: 4711, api error AccessDenied: Access Denied",
    'access to the state bucket "dev-state" is denied',
    'Use credentials for account "123456789012" with access to the bucket; run: aws sts get-caller-identity',
  ],
  [
    "Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider hashicorp/aws",
    "Terraform cannot install its providers",
    "Check the network, or configure a provider mirror in the file in TF_CLI_CONFIG_FILE; then retry",
  ],
  [
    "Error: error configuring S3 Backend: validating provider credentials: operation error STS: GetCallerIdentity, https response error StatusCode: 403, InvalidClientTokenId: The security token included in the request is invalid",
    "AWS does not know the access key of your credentials: it is deleted, inactive, or of another partition",
    signIn,
  ],
  [
    "Error: operation error STS: GetCallerIdentity, StatusCode: 403, SignatureDoesNotMatch: Signature expired: 20260101T080000Z is now earlier than 20260101T085500Z",
    "the clock of this machine differs from that of AWS by more than five minutes",
    `Set the clock, e.g. by NTP; then run: ${again}`,
  ],
  [
    "Error: failed to get shared config profile, ops",
    'there is no profile "ops" in the AWS configuration of this machine',
    `Correct AWS_PROFILE, or add the profile with aws configure sso; then run: ${again}`,
  ],
  [
    "Error: Error acquiring the state lock\n\nError message: operation error S3: PutObject, https response error StatusCode: 400, RequestID: 4711, api error ExpiredToken: The provided token has expired.",
    "your AWS credentials have expired",
    signIn,
  ],
])("%s", async (output, truth, hint) => {
  const world = new FakeWorld();
  world.faults.init.set("cellar", output);
  expect(await run(world, "plan --env dev")).toMatchObject({
    output,
    message: `Cannot plan "cellar": ${truth} (log: .provision/logs/dev/2026-01-01T09-00-00/cellar.log)`,
    hint,
    exitCode: 4,
  });
});

const noIndex = (problem: string) =>
  `looks like "https://argoproj.github.io/argo-helm" is not a valid chart repository or cannot be reached: Get "https://argoproj.github.io/argo-helm/index.yaml": ${problem}`;
const registry = "oci://registry.example.com:5000/charts/argo-cd";

// What the Helm provider 3.1.1 prints.
test.each([
  [
    `argo-cd: ${noIndex("dial tcp: lookup argoproj.github.io on 127.0.0.53:53: no such host")}`,
    'the chart "argo-cd" cannot be read from "argoproj.github.io"',
    "Check that this machine reaches the host, or set layers.cellar.chartRepositories.argo-cd to a mirror",
  ],
  [
    `argo-cd: Get "https://github.com/argoproj/argo-helm/releases/download/argo-cd-8.2.7/argo-cd-8.2.7.tgz": dial tcp 192.0.2.1:443: i/o timeout`,
    'the chart "argo-cd" cannot be read from "github.com"',
    "Check that this machine reaches the host, or set layers.cellar.chartRepositories.argo-cd to a mirror",
  ],
  [
    `argo-cd: ${noIndex("tls: failed to verify certificate: x509: certificate signed by unknown authority")}`,
    'the chart "argo-cd" cannot be read from "argoproj.github.io", whose certificate this machine does not trust',
    "Add its certificate authority to those of this machine, on Linux also with SSL_CERT_FILE, or set layers.cellar.chartRepositories.argo-cd to a mirror",
  ],
  [
    `${registry}: failed to perform "FetchReference" on source: Get "https://registry.example.com:5000/v2/charts/argo-cd/manifests/8.2.7": dial tcp 127.0.0.1:5000: connect: connection refused`,
    'the chart "argo-cd" cannot be read from "registry.example.com:5000"',
    "Check that this machine reaches the host, or set layers.cellar.chartRepositories.argo-cd to a mirror",
  ],
  [
    `${registry}@sha256:11: chart reference digest mismatch: sha256:22 is not sha256:11`,
    'Helm cannot read the chart "argo-cd"',
    "Correct the version or the digest of the chart, or set layers.cellar.chartRepositories.argo-cd to a mirror",
  ],
])("a chart that cannot be read is named with its host: %s", async (found, truth, hint) => {
  const world = new FakeWorld();
  world.faults.init.set("cellar", `Error: Error locating chart\n\nUnable to locate chart ${found}`);
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: expect.stringContaining(`Cannot plan "cellar": ${truth} (log:`),
    hint: `${hint}; then run: ${again}`,
    exitCode: 4,
  });
});

test("a log group that exists already is named, with how to delete it", async () => {
  const world = new FakeWorld();
  world.faults.fail.set(
    "aws_vpc.vpc",
    "creating CloudWatch Logs Log Group (/aws/eks/dev/cluster): operation error CloudWatch Logs: CreateLogGroup, https response error StatusCode: 400, ResourceAlreadyExistsException: The specified log group already exists",
  );
  const failure = await run(world, "--env dev --yes");
  expect(failure).toMatchObject({
    message: expect.stringContaining(
      'the log group "/aws/eks/dev/cluster" exists, but is not in its state',
    ) as string,
    hint: "If an earlier run was killed or interrupted, run: npx ts-node scripts/provision.ts recover --env dev --only ground; or, to delete the log group with its logs, run: aws logs delete-log-group --region us-west-2 --log-group-name /aws/eks/dev/cluster; then run: npx ts-node scripts/provision.ts --env dev --from ground --yes",
    exitCode: 1,
  });
});

// https://github.com/milliHQ/terraform-aws-next-js/issues/251
test("a reservation of concurrency that Lambda refuses is explained by the account's limit", async () => {
  const world = new FakeWorld();
  const refusal =
    "setting Lambda Function (proxy) concurrency: InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].";
  world.faults.fail.set("aws_vpc.vpc", refusal);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining(
      "Lambda refuses to leave fewer than 10 concurrent executions of the account unreserved",
    ) as string,
    hint: 'Request a higher quota of "Concurrent executions" (lambda L-B99A9384), or reserve fewer in layers.ground, e.g. reservedConcurrency: none',
    exitCode: 1,
  });
});

/** What Terraform 1.11.4 prints, with the reason of S3. */
const lockError = (reason: string) =>
  `Error: Error acquiring the state lock\n\nError message: operation error S3: PutObject, https response error ${reason}\n\nTerraform acquires a state lock to protect the state from being written`;

test.each([
  [
    "an empty or cut lock",
    "StatusCode: 412, RequestID: 4711, api error PreconditionFailed: At least one of the pre-conditions\nfailed to unmarshal JSON data into LockInfo struct: unexpected end of JSON\ninput",
    {
      truth: "the lock of its state cannot be read, because a write of it was cut off",
      hint: `If no other run is in progress, run: aws s3 rm s3://dev-state/us-west-2/cellar/dev.tflock --region us-west-2; then run: ${again}`,
      exitCode: 5,
    },
  ],
  [
    "a service that fails",
    "StatusCode: 500, RequestID: 4711, api error InternalError: We encountered an internal error",
    {
      truth: 'terraform init failed with "Error acquiring the state lock"',
      hint: `Run: ${again}`,
      exitCode: 1,
    },
  ],
  [
    "a key of the bucket that is denied",
    "StatusCode: 403, api error AccessDenied: User: arn:aws:iam::1:user/op is not authorized to perform: kms:GenerateDataKey",
    {
      truth: 'AWS denies the use of a KMS key with "Error acquiring the state lock"',
      hint: `If the key or its alias is newer than five minutes, run again: ${again}; else compare your role's permissions with those that provision iam prints`,
      exitCode: 1,
    },
  ],
])("nobody is said to hold a lock that fails by %s", async (_, reason, expected) => {
  const world = new FakeWorld();
  world.faults.init.set("cellar", lockError(reason));
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: `Cannot plan "cellar": ${expected.truth} (log: .provision/logs/dev/2026-01-01T09-00-00/cellar.log)`,
    ...{ hint: expected.hint, exitCode: expected.exitCode },
  });
});

describe("a lock that Terraform had itself, and could not release", () => {
  /** What Terraform 1.11.4 prints at the end of a plan. */
  const left = (reason: string) =>
    `Error: Error releasing the state lock\n\nError message: failed to delete the lock file: operation error S3: DeleteObject, https response error ${reason}\nLock Info:\n  ID:        76a7692f-98a6\n  Path:      dev-state/us-west-2/cellar/dev\n  Operation: OperationTypePlan\n  Who:       root@build-1\n  Version:   1.11.4\n  Created:   2026-01-01 08:59:19.657494859 +0000 UTC\n  Info:\n\n\nTerraform acquires a lock when accessing your state`;
  const release = `terraform -chdir=cdktf.out/dev/stacks/cellar force-unlock 76a7692f-98a6; then run: ${again}`;

  test.each([
    [
      "StatusCode: 403, RequestID: 4711, HostID: , api error AccessDenied: Access Denied",
      {
        truth:
          "its own lock stays on the state, because AWS denies s3:DeleteObject on s3://dev-state/us-west-2/cellar/dev.tflock",
        hint: `Allow your role s3:DeleteObject on that object, as provision iam prints it; then run: ${release}`,
      },
    ],
    [
      "StatusCode: 500, RequestID: 4711, HostID: , api error InternalError: We encountered an internal error",
      {
        truth:
          "its own lock stays on the state: failed to delete the lock file: operation error S3: DeleteObject, https response error StatusCode: 500, RequestID: 4711, HostID: , api error InternalError: We encountered an internal error",
        hint: `If no other run is in progress, run: ${release}`,
      },
    ],
  ])("is not somebody else's: %s", async (reason, expected) => {
    const world = new FakeWorld();
    world.faults.init.set("cellar", left(reason));
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: `Cannot plan "cellar": ${expected.truth} (log: .provision/logs/dev/2026-01-01T09-00-00/cellar.log)`,
      ...{ hint: expected.hint, exitCode: 1 },
    });
  });
});

test("a state that could not be saved comes before what else went wrong", async () => {
  const world = new FakeWorld();
  const expired =
    "Error: creating EC2 Subnet: ExpiredToken: The security token included in the request is expired";
  world.faults.fail.set("aws_vpc.vpc", `creating VPC\n\n${expired}\n\nError: Failed to save state`);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining("its state could not be saved, and is in errored.tfstate") as string,
    exitCode: 8,
  });
});

test.each([
  ["StatusCode: 403\nLock Info:\n  ID:        5131a7ed", ", 5131a7ed,"],
  ["unable to retrieve file: StatusCode: 400, RequestID: , HostID: , api error ExpiredToken", ""],
])(
  "a state that could not be saved is named with the lock that stayed, also after a second Ctrl-C",
  async (reason, id) => {
    const world = new FakeWorld();
    const lock = `Error releasing the state lock\n\nError message: ${reason}`;
    world.faults.fail.set("aws_vpc.vpc", `Failed to save state\n\nError: ${lock}`);
    world.before = (called) => {
      if (called === "ground apply") {
        world.interrupt();
        world.interrupt();
      }
    };
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: expect.stringContaining(
        `its state could not be saved, and is in errored.tfstate; the lock of its state${id} was not removed (log`,
      ) as string,
      exitCode: 8,
    });
  },
);

test("a lock is recognised in coloured output, which is printed and logged without colours", async () => {
  const world = new FakeWorld();
  const line = (text: string) => `\u001B[31m│\u001B[0m \u001B[0m\u001B[0m${text}\n`;
  const info = [
    "Error message: PreconditionFailed",
    "Lock Info:",
    "  ID:        b8626edf-810f",
    "  Who:       root@vm",
  ];
  const message = `${line("\u001B[1m\u001B[31mError: \u001B[0m\u001B[0m\u001B[1mError acquiring the state lock")}${info.map(line).join("")}`;
  world.faults.denied.set("state push", { message, times: 1 });
  expect(await run(world, "--env dev --yes")).toMatchObject({
    hint: expect.stringContaining("force-unlock b8626edf-810f") as string,
  });
  expect(world.printed.join("\n")).not.toContain("\u001B[31m│");
});

test("a push that the bucket does not take names no file that does not exist", async () => {
  const world = new FakeWorld();
  world.faults.denied.set("state push", { message: "Failed to persist state: StatusCode: 500", times: 1 });
  const again = "npx ts-node scripts/provision.ts --env dev --from cellar --yes";
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining(
      "the bucket did not take its state, which is kept where it was (log",
    ) as string,
    hint: `Run: ${again}`,
    exitCode: 8,
  });
  expect(await run(world, "--env dev --yes")).toBe(0);
});

test("a cause in one error is not the subject of another", async () => {
  const world = new FakeWorld();
  const denied = "Error: creating Lambda Function: StatusCode: 403, AccessDenied";
  world.faults.init.set("cellar", `${lockError("StatusCode: 500")}\n\n${denied}`);
  expect(await run(world, "plan --env dev")).toMatchObject({
    message: expect.stringContaining('terraform init failed with "Error acquiring the state lock"') as string,
  });
});

test("a state that could not be stored is not lost", async () => {
  const world = new FakeWorld();
  world.faults.fail.set("aws_vpc.vpc", "Failed to save state");
  expect(await run(world, "--env dev --yes")).toMatchObject({
    hint: "Run: npx ts-node scripts/provision.ts recover --env dev --only ground",
    exitCode: 8,
  });
});

describe("a state that Terraform could only print", () => {
  const fallback =
    "Failed to persist state to backend\n\nAs a fallback, the raw state data is printed above as a JSON object.\nterraform state push errored.tfstate";
  const state = { version: 4, serial: 3, lineage: "a", resources: [{ type: "aws_vpc" }] };
  const folder = "cdktf.out/dev/stacks/ground";

  /** A world on whose disks nobody can write such a file, except below this path. */
  function onFullDisk(writable = "nowhere"): FakeWorld {
    const world = new FakeWorld();
    world.faults.fail.set("aws_vpc.vpc", fallback);
    const runCommand = world.processes.run.bind(world.processes);
    const write = world.files.write.bind(world.files);
    Object.assign(world.processes, {
      run: (command: Command) => {
        if (command.folder === folder && command.arguments[0] === "apply")
          command.onLine?.(JSON.stringify({ "@message": "Emergency state dump", type: "log", state }));
        return runCommand(command);
      },
    });
    Object.assign(world.files, {
      write: (path: string, text: string) => {
        if (path.endsWith("errored.tfstate") && !path.startsWith(writable))
          throw new FileError("full", "free");
        write(path, text);
      },
    });
    return world;
  }

  const recover = "npx ts-node scripts/provision.ts recover --env dev --only ground";

  test.each([
    [folder, ""],
    ["/tmp/provision-1", " --state /tmp/provision-1/errored.tfstate"],
  ])("is kept in a file, if not in its folder: %s", async (place, option) => {
    const world = onFullDisk(place);
    const path = `${place}/errored.tfstate`;
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: expect.stringContaining(`its state could not be saved, and is in ${path} (log`) as string,
      hint: `Free disk space, and run: ${recover}${option}`,
      exitCode: 8,
    });
    expect(JSON.parse(world.texts.get(path) ?? "")).toEqual(state);
    expect([...world.printed, ...world.errors].join()).not.toContain("lineage");
  });

  test("is printed where no file can be written", async () => {
    const world = onFullDisk();
    expect(await run(world, "--env dev --yes")).toMatchObject({
      message: expect.stringContaining(
        "its state could not be saved, and is printed above, from the first { to the last } (log",
      ) as string,
      hint: `Free disk space, copy the state to the file ${folder}/errored.tfstate, and run: ${recover}`,
      exitCode: 8,
    });
    expect(JSON.parse(world.errors.at(-1) ?? "")).toEqual(state);
  });

  test("is in the log of a command that prints for people", async () => {
    const world = new FakeWorld();
    world.faults.init.set("cellar", `Error: ${fallback}`);
    expect(await run(world, "plan --env dev")).toMatchObject({
      message: expect.stringMatching(
        /could not be saved, and is in \S+cellar\.log, from the first \{/,
      ) as string,
    });
  });
});

test("an error that is not known is named with its resource in the last lines", async () => {
  const world = new FakeWorld();
  world.faults.init.set(
    "cellar",
    "╷\n│ Error: creating KMS Alias: LimitExceededException\n│ \n│   with aws_kms_alias.logs,\n╵",
  );
  expect(await run(world, "plan --env dev")).toMatchObject({
    message:
      'Cannot plan "cellar": terraform init failed at "aws_kms_alias.logs" with "creating KMS Alias: LimitExceededException" (log: .provision/logs/dev/2026-01-01T09-00-00/cellar.log)',
    hint: "Run: npx ts-node scripts/provision.ts plan --env dev",
  });
});
