import { describe, expect, test } from "vitest";
import { readLines } from "../../scripts/provision/run/journal/line";
import type { PlannedChange, PlannedValue, PlanReading } from "../../scripts/provision/run/plan";
import { isCovered } from "../../scripts/provision/runner/approved";
import { transientFailures, transientReason } from "../../scripts/provision/terraform/transient-failures";
import type { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";
import { waiting } from "./waiting";

const waf =
  "creating WAFv2 WebACL Association (arn:aws:wafv2:us-west-2:123456789012:regional/webacl/a/1): WAFUnavailableEntityException: AWS WAF couldn’t retrieve the resource that you requested. Retry your request.";

/** What Terraform printed, row by row of the table. */
const messages: readonly (readonly [command: string, output: string])[] = [
  ["apply", `Error: ${waf}`],
  [
    "plan",
    "Error: reading Route 53 Record: operation error Route 53: ListResourceRecordSets, exceeded maximum number of attempts, 25, https response error StatusCode: 400, RequestID: 322cd13f, api error Throttling: Rate exceeded",
  ],
  [
    "apply",
    "Error: error associating EKS Identity Provider Config (dev:oidc): ResourceInUseException: Cannot AssociateIdentityProviderConfig because cluster dev currently has update b7c83fd1-d7b0-3ebc-8b4f-e61000000000 in progress\n{\n  RespMetadata: {\n    StatusCode: 409",
  ],
  [
    "apply",
    "Error: updating EKS Add-On (dev:vpc-cni): operation error EKS: UpdateAddon, https response error StatusCode: 409, RequestID: 1, ResourceInUseException: Addon vpc-cni cannot be updated as it is currently in UPDATING state",
  ],
  [
    "apply",
    "Error: creating KMS Key: operation error KMS: CreateKey, https response error StatusCode: 400, RequestID: c741a78f, MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.",
  ],
  [
    "apply",
    "Error: creating Lambda Function (proxy): operation error Lambda: CreateFunction, https response error StatusCode: 400, RequestID: 1, InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
  ],
  [
    "apply",
    "Error: deleting Security Group (sg-0ec09a4fb869084b2): operation error EC2: DeleteSecurityGroup, https response error StatusCode: 400, RequestID: 1, api error DependencyViolation: resource sg-0ec09a4fb869084b2 has a dependent object",
  ],
  [
    "apply",
    "╷\n│ Error: another operation (install/upgrade/rollback) is in progress\n│\n│   with helm_release.argocd,\n│   on cdk.tf.json line 12:\n╵",
  ],
  [
    "init",
    "╷\n│ Error: Failed to install provider\n│\n│ Error while installing hashicorp/aws v5.100.0: could not query provider\n│ registry for registry.terraform.io/hashicorp/aws: the request failed after 2\n│ attempts, please try again later: 502 Bad Gateway\n│ returned from https://registry.terraform.io/v1/providers/hashicorp/aws/5.100.0/download/linux/amd64\n╵",
  ],
  [
    "init",
    'Error: Failed to query available provider packages\n\nCould not retrieve the list of available versions for provider hashicorp/aws:\ncould not connect to registry.terraform.io: Failed to request discovery\ndocument: Get "https://registry.terraform.io/.well-known/terraform.json":\nnet/http: TLS handshake timeout',
  ],
];

const reasonOf = (command: string, output: string, hasChanged = true) =>
  transientReason({ command, kind: "unknown", output }, () => hasChanged);

/** Somebody changes what is planned next. */
function changeConfiguration({ texts }: FakeWorld): void {
  const path = "cdktf.out/dev/stacks/ground/cdk.tf.json";
  texts.set(path, (texts.get(path) ?? "").replaceAll("10.0.1.0/24", "10.9.1.0/24"));
}

describe("the table of transient failures", () => {
  test.each(messages.map(([command, output], index) => [index, command, output] as const))(
    "row %i knows what Terraform printed, in its phase alone",
    (index, command, output) => {
      expect(reasonOf(command, output)).toBe(transientFailures[index]?.reason);
      expect(reasonOf("output", output)).toBeUndefined();
    },
  );

  test("has a message for each row", () => {
    expect(messages).toHaveLength(transientFailures.length);
    for (const { source } of transientFailures) expect(source).toMatch(/^https:\/\/github\.com\/.+\d$/);
  });

  test.each([
    [
      "apply",
      "Error: creating EKS Node Group (dev:a): ResourceInUseException: NodeGroup already exists with name a",
    ],
    ["apply", "Error: creating EKS Add-On (dev:vpc-cni): ResourceInUseException: Addon already exists."],
    [
      "apply",
      "Error: creating EKS Add-On (dev:vpc-cni): ConfigurationConflict: Conflicts found when trying to apply",
    ],
    ["apply", "Error: creating EKS Cluster: ResourceLimitExceededException: Cluster limit exceeded"],
    ["apply", "Error: creating API: TooManyRequestsException: Too many functions"],
    [
      "init",
      "Error: Failed to query available provider packages\n\nx509: certificate signed by unknown authority",
    ],
    ["apply", ""],
  ])("%s is not repeated after %j", (command, output) => {
    expect(reasonOf(command, output)).toBeUndefined();
  });

  test("does not hold when one error is none of it, nor when the state could not be saved", () => {
    expect(reasonOf("apply", `Error: ${waf}\n\nError: ${waf}`)).toBe(
      "AWS WAF does not know a new object yet",
    );
    expect(reasonOf("apply", `Error: ${waf}\n\nError: VpcLimitExceeded`)).toBeUndefined();
    expect(reasonOf("apply", `Error: ${waf}\n\nError: Failed to save state`)).toBeUndefined();
    expect(
      transientReason({ command: "apply", kind: "locked", output: `Error: ${waf}` }, () => true),
    ).toBeUndefined();
  });

  test("takes an unknown principal for a mistake, unless the run has just made a role", () => {
    const [command, output] = messages[4] ?? ["", ""];
    expect(reasonOf(command, output)).toBeDefined();
    expect(reasonOf(command, output, false)).toBeUndefined();
  });
});

describe("a layer", () => {
  const only = "--env dev --yes --until ground";

  test("is planned and applied again, which is said, counted and in the journal", async () => {
    const { world, waited } = waiting();
    world.faults.denied.set("aws_vpc.vpc", { message: waf, times: 2 });
    expect(await run(world, `${only} --timings t.json`)).toBe(0);
    expect(commands(world, "plan").filter((ran) => ran.startsWith("ground"))).toHaveLength(3);
    expect(waited()).toBe(8 + 15);
    expect(world.printed).toContain("  AWS WAF does not know a new object yet; attempt 2 in 8 s");
    expect(table(world)["ground"]).toBe("applied, 2 retries");
    expect(world.printed.some((line) => line.endsWith("; 2 retries"))).toBe(true);
    const journal = readLines(
      world.texts.get(".provision/dev/journal/20260101T090000Z-07070707.jsonl") ?? "",
    );
    expect(journal.filter(({ phase }) => phase === "retrying").map(({ attempt }) => attempt)).toEqual([2, 3]);
    expect(journal.find(({ layer, phase }) => layer === "ground" && phase === "applied")).toMatchObject({
      phase: "applied",
      retries: 2,
    });
    expect(JSON.parse(world.texts.get("t.json") ?? "")).toMatchObject({
      retries: [{ layer: "ground", attempt: 2, waitedSeconds: 8 }, { attempt: 3 }],
    });
  });

  test("fails after three retries, and at once for anything else", async () => {
    const { world } = waiting();
    world.faults.denied.set("aws_vpc.vpc", { message: waf, times: Infinity });
    expect(await run(world, only)).toMatchObject({ exitCode: 1, output: `Error: ${waf}` });
    expect(commands(world, "apply").filter((ran) => ran.startsWith("ground"))).toHaveLength(4);
    expect(table(world)["ground"]).toBe("failed, 3 retries");
    world.ran.length = 0;
    world.faults.denied.set("aws_vpc.vpc", { message: "VpcLimitExceeded", times: 1 });
    expect(await run(world, only)).toMatchObject({ exitCode: 1 });
    expect(commands(world, "apply").filter((ran) => ran.startsWith("ground"))).toHaveLength(1);
  });

  test("fails at the first failure that is half an hour after the first one", async () => {
    const { world } = waiting();
    const seconds = world.clock.seconds.bind(world.clock);
    let tries = 0;
    Object.assign(world.clock, { seconds: () => seconds() + tries * 20 * 60 });
    world.before = (called) => {
      if (called === "ground apply") tries += 1;
    };
    world.faults.denied.set("aws_vpc.vpc", { message: waf, times: Infinity });
    expect(await run(world, only)).toMatchObject({ exitCode: 1, output: `Error: ${waf}` });
    expect(tries).toBe(3);
  });

  test("is not asked about again, as long as nothing is planned that was not approved", async () => {
    const { world } = waiting();
    world.answering("yes", "yes", "no");
    world.faults.denied.set("aws_subnet.subnet-us-west-2b", { message: waf, times: 1 });
    expect(await run(world, "--env dev --until ground")).toBe(0);
    expect(world.questions).toHaveLength(2);
  });

  test("is asked about again when something else is planned after the failure", async () => {
    const { world } = waiting();
    world.answering("yes", "yes", "no");
    world.faults.denied.set("aws_subnet.subnet-us-west-2b", { message: waf, times: 1 });
    let plans = 0;
    world.before = (called) => {
      if (called === "ground plan" && (plans += 1) === 2) changeConfiguration(world);
    };
    expect(await run(world, "--env dev --until ground")).toMatchObject({
      message: 'Cannot apply "ground": declined',
    });
    expect(world.questions).toHaveLength(3);
  });

  test("is initialised, and planned, again", async () => {
    const { world } = waiting();
    const [, output = ""] = messages[8] ?? [];
    let inits = 0;
    world.before = (called) => {
      if (called !== "ground init") return;
      inits += 1;
      if (inits < 3) world.faults.init.set("ground", output);
      else world.faults.init.clear();
    };
    const throttled = messages[1]?.[1].slice("Error: ".length) ?? "";
    world.faults.denied.set("plan of ground", { message: throttled, times: 1 });
    expect(await run(world, only)).toBe(0);
    expect(table(world)["ground"]).toBe("applied, 3 retries");
    expect(commands(world, "apply")).toEqual(["cellar apply", "ground apply"]);
  });

  test.each([
    ["goes on with a saved plan, as long as that covers what is left", false, 0],
    [
      "ends with the failure where a saved plan covers less than what is left",
      true,
      { output: `Error: ${waf}` },
    ],
  ])("%s", async (_, isChanged, outcome) => {
    const { world } = waiting();
    await run(world, "--env dev --yes --until cellar");
    expect(await run(world, "plan --env dev --until ground --save dev.plan")).toBe(0);
    world.faults.denied.set("aws_subnet.subnet-us-west-2b", { message: waf, times: 1 });
    world.before = (called) => {
      if (isChanged && called === "ground plan") changeConfiguration(world);
    };
    const ended = await run(world, "--env dev --yes --plan dev.plan");
    if (typeof outcome === "number") expect(ended).toBe(outcome);
    else expect(ended).toMatchObject(outcome);
  });

  test("is destroyed again while something in it is still in use, without a second question", async () => {
    const { world } = waiting();
    await run(world, only);
    world.answering("dev", "no");
    const message =
      "deleting EC2 Subnet (subnet-1): api error DependencyViolation: has dependencies and cannot be deleted.";
    world.faults.denied.set("aws_subnet.subnet-us-west-2b", { message, times: 1 });
    expect(await run(world, "destroy --env dev --only ground")).toBe(0);
    expect(table(world)["ground"]).toBe("destroyed, 1 retry");
    expect(world.questions).toHaveLength(1);
  });

  test("waits no longer once the operator interrupts the run", async () => {
    const { world, waited } = waiting();
    world.faults.denied.set("aws_vpc.vpc", { message: waf, times: Infinity });
    const print = world.terminal.print.bind(world.terminal);
    Object.assign(world.terminal, {
      print: (text: string) => {
        print(text);
        if (text.includes("attempt 3 in")) world.interrupt();
      },
    });
    expect(await run(world, only)).toMatchObject({ exitCode: 7 });
    expect(waited()).toBeLessThanOrEqual(8 + 1);
  });
});

describe("a plan after a failure is covered by the approved one", () => {
  const value = (text: string): PlannedValue => ({ kind: "value", value: text });
  const change = (action: string, after: Readonly<Record<string, PlannedValue>>): PlannedChange => ({
    ...{ address: "aws_vpc.vpc", type: "aws_vpc", name: "vpc", action },
    attributes: Object.entries(after).map(([path, planned]) => ({
      ...{ path, before: { kind: "absent" }, after: planned, forcesReplacement: false },
    })),
  });
  const plan = (changes: readonly PlannedChange[], outputs: PlanReading["outputs"] = []): PlanReading => ({
    ...{ changes, outputs, drift: [], pending: true },
  });
  const unknown: PlannedValue = { kind: "unknown" };
  const approved = plan(
    [change("create", { cidr_block: value("10.0.0.0/16"), id: unknown, tags_all: unknown })],
    [
      {
        name: "id",
        action: "create",
        attributes: [{ path: "id", before: unknown, after: unknown, forcesReplacement: false }],
      },
    ],
  );

  test.each([
    ["the same", change("create", { cidr_block: value("10.0.0.0/16"), id: unknown }), true],
    [
      "the replacement of what is half created",
      change("replace", { id: unknown, default: { kind: "absent" } }),
      true,
    ],
    ["what is known by now", change("create", { id: value("vpc-1"), "tags_all.Name": value("a") }), true],
    ["a deletion of the same", change("delete", {}), false],
    ["another value", change("create", { cidr_block: value("10.9.0.0/16") }), false],
    ["a value that was not there", change("create", { instance_tenancy: value("dedicated") }), false],
    ["another action", change("update", { cidr_block: value("10.0.0.0/16") }), false],
    ["another object", { ...change("create", {}), address: "aws_vpc.other" }, false],
  ])("%s: %#", (_, planned, covered) => {
    expect(isCovered(plan([planned]), approved)).toBe(covered);
  });

  test("except the replacement of what may hold data by now", () => {
    const [old, tainted] = [{ instead: "house" }, { instead: "house", reason: "replace_because_tainted" }];
    const covers = (earlier: Partial<PlannedChange>, later: Partial<PlannedChange>) =>
      isCovered(
        plan([{ ...change("replace", {}), type: "aws_rds_cluster", ...later }]),
        plan([{ ...change("replace", {}), type: "aws_rds_cluster", ...earlier }]),
      );
    expect(covers({ action: "create" }, tainted)).toBe(false);
    expect(covers(old, tainted)).toBe(false);
    expect(covers(old, { instead: "hut" })).toBe(false);
    expect(covers(old, old)).toBe(true);
  });

  test("so are its outputs", () => {
    const output = { name: "id", action: "create", attributes: [] } as const;
    expect(isCovered(plan([], [output]), approved)).toBe(true);
    expect(isCovered(plan([], [{ ...output, name: "other" }]), approved)).toBe(false);
    expect(isCovered(plan([]), undefined)).toBe(false);
  });
});
