import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { awsCall } from "../../lib/layer/aws-call";
import { type AnyLayer, defineLayer } from "../../lib/layer/layer";
import { preflight } from "../../lib/layer/preflight";
import type { Finding } from "../../scripts/provision/commands/doctor/diagnosis";
import type { World } from "../../scripts/provision/world/index";
import { deniedCalls } from "../policy/rights/denied-calls";
import { loadReference } from "../policy/rights/reference";
import type { RecordedCall } from "../real/api/recorded-call";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { run } from "./runs";
import { ground, house, toyEnvironment, toys } from "./toys";

const program = "npx ts-node scripts/provision.ts";
let world: FakeWorld;
/** Addresses of the registry and their answers. */
let pages: Map<string, string>;

const registry = "https://registry.terraform.io";
const awsProvider = `${registry}/v1/providers/hashicorp/aws/5.100.0/download/linux/amd64`;

beforeEach(() => {
  world = new FakeWorld();
  pages = new Map([
    [`${registry}/.well-known/terraform.json`, '{"providers.v1":"/v1/providers/"}'],
    [awsProvider, '{"download_url":"https://releases.example/aws.zip"}'],
  ]);
  Object.assign(world.downloads, {
    get: ({ url }: Parameters<World["downloads"]["get"]>[0]) => {
      const text = pages.get(url.href);
      const body = [Buffer.from(text ?? "not found")];
      return Promise.resolve({ status: text === undefined ? 404 : 200, headers: {}, body });
    },
  });
});

/** What `doctor --json` finds, and the exit code. */
async function examined(line = "doctor --env dev", layers: readonly AnyLayer[] = toys) {
  const start = world.printed.length;
  const code = await run(world, `${line} --json`, layers);
  const { checks } = JSON.parse(world.printed.slice(start).join("\n")) as { checks: readonly Finding[] };
  const of = (about: string) => checks.filter((finding) => finding.about === about);
  return { code, checks, of };
}

/** The account after an apply. */
async function applied(): Promise<void> {
  expect(await run(world, "apply --env dev --yes")).toBe(0);
  world.printed.length = 0;
}

describe("a machine and an account that have everything", () => {
  test("are found to be so, check by check, with exit code 0", async () => {
    await applied();
    const { code, checks } = await examined();
    expect(checks.filter(({ state }) => !["ok", "skipped"].includes(state))).toEqual([]);
    expect(code).toBe(0);
    const named = checks.map(({ about, state }) => `${state} ${about}`);
    expect(named).toEqual([
      "ok Terraform",
      "ok working folders",
      "ok free disk space",
      "ok other runs on this machine",
      "ok unsaved states",
      "ok objects in no state",
      "ok credentials",
      "skipped expiry of the credentials",
      "ok region",
      "skipped clock",
      "ok conditional writes to the state bucket",
      "ok locks",
      "ok stored states",
      "ok providers",
      "ok quotas",
    ]);
    expect(checks.every(({ why }) => why !== "")).toBe(true);
  });

  test("are printed in a line for each, with the reason and the cure of what is not as it should be", async () => {
    world.version = "1.5.7";
    expect(await run(world, "doctor --env dev")).toBe(4);
    const text = world.printed.join("\n");
    expect(text).toContain(
      [
        'failed   Terraform: "terraform" is version 1.5.7, but state locking in S3 requires 1.11.0 or later',
        "           why: it makes every change; locks in S3 need a recent one",
        "           Install Terraform 1.11 or later",
      ].join("\n"),
    );
    expect(text).toContain("ok       free disk space: 100.0 GB are free\n");
    expect(text).toMatch(/15 checks: 1 failed, \d skipped, \d ok$/);
  });

  test("before the first apply, what needs the bucket says that it comes with that", async () => {
    const { code, of } = await examined();
    expect(code).toBe(0);
    for (const about of ["conditional writes to the state bucket", "locks"])
      expect(of(about)).toMatchObject([{ state: "skipped", found: expect.stringContaining("first apply") }]);
  });
});

describe("the checks that layers declare", () => {
  const careful = defineLayer({
    ...{ name: "careful", summary: "Checks", settings: z.strictObject({}), needs: {}, outputs: {} },
    preflight: () => [
      preflight({
        about: "detectors",
        call: awsCall("guardduty", "ListDetectors", {}),
        actions: ["guardduty:ListDetectors"],
        verdict: ({ DetectorIds = [] }) =>
          DetectorIds.length === 0 ? undefined : { reason: "a detector is in the way", cure: "Remove it" },
      }),
    ],
    build: () => ({}),
  });

  /** Answers that one question. */
  function answering(answer: () => Promise<object>): void {
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) =>
      call.operation === "ListDetectors" ? answer() : own(call, request);
    Object.assign(world.aws, { send });
  }

  test("are listed by the layer's folder alone, with verdict and cure", async () => {
    answering(() => Promise.resolve({ DetectorIds: ["d1"] }));
    const { code, of } = await examined("doctor --env dev", [...toys, careful]);
    expect(code).toBe(4);
    expect(of("careful: detectors")).toEqual([
      {
        about: "careful: detectors",
        why: "otherwise the layer careful would fail, after the layers before it are applied",
        ...{ state: "failed", found: "a detector is in the way", cure: "Remove it" },
      },
    ]);
  });

  test("are skipped with the reason where AWS denies them", async () => {
    answering(() => Promise.reject(awsError("AccessDeniedException", "not authorized")));
    const { of } = await examined("doctor --env dev", [...toys, careful]);
    expect(of("careful: detectors")).toMatchObject([
      { state: "skipped", found: 'AWS says "AccessDeniedException: not authorized"' },
    ]);
  });

  test("do not keep the others waiting: what says nothing in time is skipped", async () => {
    answering(() => new Promise(() => undefined));
    Object.assign(world.clock, { every: (seconds: number, act: () => void) => fired(seconds, act) });
    const { code, of } = await examined("doctor --env dev", [...toys, careful]);
    expect(of("careful: detectors")).toMatchObject([{ state: "skipped", found: "not answered within 8 s" }]);
    expect([code, of("credentials")[0]?.state]).toEqual([0, "ok"]);
  });

  test("are ended, with what they started, when the time is over", async () => {
    Object.assign(world.clock, { every: (seconds: number, act: () => void) => fired(seconds, act) });
    Object.assign(world.processes, { run: () => new Promise(() => undefined) });
    const { code, of } = await examined();
    expect(world.signals).toEqual(["SIGKILL"]);
    expect(of("Terraform")).toMatchObject([
      {
        state: "failed",
        found: "not answered within 8 s",
        cure: expect.stringContaining("run: terraform version"),
      },
    ]);
    expect(code).toBe(4);
  });

  test("are those of the selected layers", async () => {
    const { checks } = await examined("doctor --env dev --only cellar", [...toys, careful]);
    expect(checks.some(({ about }) => about === "careful: detectors")).toBe(false);
  });
});

/** A timer of a clock on which seconds pass at once. */
function fired(seconds: number, act: () => void) {
  const timer = setTimeout(act, seconds);
  return () => {
    clearTimeout(timer);
  };
}

describe("storage of the states", () => {
  const about = "conditional writes to the state bucket";

  test("that replaces what exists is found out, and nothing else is written", async () => {
    await applied();
    const before = new Map(world.cloud.stored);
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) => {
      return own({ ...call, input: { ...call.input, IfNoneMatch: undefined } }, request);
    };
    Object.assign(world.aws, { send });
    const { code, of } = await examined();
    expect(of(about)).toMatchObject([
      { state: "failed", found: expect.stringContaining("no lock holds there") },
    ]);
    expect(code).toBe(4);
    world.cloud.stored.delete("dev-state/us-west-2/conditional.write/dev.tflock");
    expect(new Map(world.cloud.stored)).toEqual(before);
  });

  test("that is denied is a warning: perhaps another role applies", async () => {
    await applied();
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) =>
      call.operation === "PutObject"
        ? Promise.reject(awsError("AccessDenied", "Access Denied"))
        : own(call, request);
    Object.assign(world.aws, { send });
    const { code, of } = await examined();
    expect([code, of(about)[0]?.state]).toEqual([0, "warning"]);
  });

  test("is asked for nothing that the printed rights do not allow", async () => {
    await applied();
    const recorded: RecordedCall[] = [];
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) => {
      if (call.service === "s3")
        recorded.push({
          ...{ service: "s3", operation: call.operation, region: "us-west-2", params: { ...call.input } },
          ...{ status: 200, layer: "", phase: "plan" },
        });
      return own(call, request);
    };
    Object.assign(world.aws, { send });
    expect((await examined()).code).toBe(0);
    expect(recorded.map(({ operation }) => operation)).toContain("PutObject");
    const context = { partition: "aws", account: "123456789012" } as const;
    const policies = JSON.parse(await rights());
    const reference = await loadReference(["s3:any", "kms:any"]);
    expect(deniedCalls(recorded, { policies, reference, context })).toEqual([]);
  });
});

describe("credentials", () => {
  test("that are missing are one failure; what needs them is skipped, not failed too", async () => {
    world.environment = { PATH: "/bin", HOME: "/home/op" };
    world.home.clear();
    world.hasRole = false;
    const { code, checks, of } = await examined();
    expect(code).toBe(4);
    expect(checks.filter(({ state }) => state === "failed").map(({ about }) => about)).toEqual([
      "credentials",
    ]);
    expect(of("locks")).toMatchObject([{ state: "skipped", found: "not asked, see credentials" }]);
  });

  test("of which AWS says nothing are a failure, as they are for a run", async () => {
    Object.assign(world.clock, { every: (seconds: number, act: () => void) => fired(seconds, act) });
    Object.assign(world.aws, { send: () => new Promise(() => undefined) });
    const { code, checks, of } = await examined();
    expect(of("credentials")).toMatchObject([{ state: "failed", found: "not answered within 8 s" }]);
    expect(of("locks")).toMatchObject([{ state: "skipped", found: "not answered within 8 s" }]);
    expect(checks.filter(({ state }) => state === "failed")).toHaveLength(1);
    expect(code).toBe(4);
  });

  test("that are at hand are not blamed when AWS is too slow", async () => {
    world.environment = { ...world.environment, AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "k" };
    const late = Object.assign(new Error("no answer within 5 seconds"), { name: "TimeoutError" });
    Object.assign(world.aws, { send: () => Promise.reject(late) });
    expect((await examined()).of("credentials")).toMatchObject([
      { state: "failed", found: "AWS did not answer in time" },
    ]);
  });

  /** Keys that expire so many minutes from now. */
  const expiring = (minutes: number) => ({
    ...{ PATH: "/bin", HOME: "/home/op", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "k" },
    AWS_SESSION_TOKEN: "t",
    AWS_CREDENTIAL_EXPIRATION: new Date(world.clock.now().getTime() + minutes * 60_000).toISOString(),
  });

  test("that end before the run does are a warning, and apply says so before its first change", async () => {
    world.environment = expiring(1);
    const { of, code } = await examined();
    expect(of("expiry of the credentials")).toMatchObject([
      {
        state: "warning",
        found: expect.stringMatching(
          /^they expire in 1 min: 2026-01-01 09:01 UTC, according to AWS_CREDENTIAL_EXPIRATION, but a run takes about \d+ min$/,
        ),
        cure: expect.stringContaining("AWS_SESSION_TOKEN"),
      },
    ]);
    expect(code).toBe(0);
    let said: boolean | undefined;
    world.before = () => (said ??= world.printed.join("\n").includes("They expire in 1 min"));
    expect(await run(world, "apply --env dev --yes")).toBe(0);
    expect(said).toBe(true);
  });

  test("that last longer than the run are as they should be", async () => {
    world.environment = expiring(600);
    expect((await examined()).of("expiry of the credentials")[0]?.state).toBe("ok");
  });

  test("of a session that is renewed by itself do not expire for a run", async () => {
    // sha1 of "corp", the sso_session of profile dev.
    const file = "/home/op/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";
    expect((await examined()).of("expiry of the credentials")[0]?.state).toBe("skipped");
    world.home.set(file, '{"expiresAt":"2026-01-01T09:01:00Z"}');
    expect((await examined()).of("expiry of the credentials")[0]?.state).toBe("warning");
    world.home.set(file, '{"expiresAt":"2026-01-01T09:01:00Z","refreshToken":"r"}');
    expect((await examined()).of("expiry of the credentials")[0]?.state).toBe("ok");
  });
});

describe("a clock", () => {
  const answeredAfter = (seconds: number) => {
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = async (call, request) => {
      const answer = await own(call, request);
      const AnsweredAt = new Date(world.clock.now().getTime() + seconds * 1000);
      return call.timed === true ? Object.assign({}, answer, { AnsweredAt }) : answer;
    };
    Object.assign(world.aws, { send });
  };

  test.each([
    [-4, "ok", "4 s ahead of AWS"],
    [90, "warning", "1 min 30 s behind AWS"],
    [-900, "failed", "15 min 0 s ahead of AWS, which accepts 5 min 0 s"],
  ])("that AWS answers %d seconds later is %s", async (seconds, state, found) => {
    answeredAfter(seconds);
    expect((await examined()).of("clock")).toMatchObject([{ state, found }]);
  });

  test("that is wrong stops apply before anything is changed; one that is nearly right is named", async () => {
    answeredAfter(-900);
    expect(await run(world, "apply --env dev --yes")).toMatchObject({
      message: expect.stringContaining("the clock of this machine is 15 min 0 s ahead of AWS"),
      exitCode: 4,
    });
    expect(world.ran).toEqual([]);
    world = new FakeWorld();
    answeredAfter(90);
    expect(await run(world, "apply --env dev --yes")).toBe(0);
    expect(world.printed.join("\n")).toContain(
      "the clock of this machine is 1 min 30 s behind AWS. Set the clock",
    );
  });
});

describe("providers", () => {
  test("that no registry has are named with the reason", async () => {
    pages.delete(awsProvider);
    const { code, of } = await examined();
    expect(of("providers")).toMatchObject([
      {
        state: "failed",
        found: "aws 5.100.0 cannot be installed: registry.terraform.io has no aws 5.100.0 for linux_amd64",
      },
    ]);
    expect(code).toBe(4);
  });

  test("that are installed in every layer need no registry", async () => {
    pages.clear();
    for (const { name } of toys)
      world.texts.set(
        `cdktf.out/dev/stacks/${name}/.terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64`,
        "",
      );
    expect((await examined()).of("providers")).toMatchObject([
      { state: "ok", found: "aws 5.100.0: installed" },
    ]);
  });

  test.each([
    ["filesystem_mirror", 'path = "/mirror"'],
    ["network_mirror", 'url = "https://mirror.example/v1"'],
  ])("are looked for in a %s that Terraform is configured for", async (kind, place) => {
    pages.clear();
    const file = "/home/op/.terraformrc";
    world.home.set(file, `# ours\nprovider_installation {\n  ${kind} {\n    ${place}\n  }\n}\n`);
    expect((await examined()).of("providers")[0]?.state).toBe("failed");
    world.texts.set(
      "/mirror/registry.terraform.io/hashicorp/aws/terraform-provider-aws_5.100.0_linux_amd64.zip",
      "zip",
    );
    pages.set(
      "https://mirror.example/v1/registry.terraform.io/hashicorp/aws/index.json",
      '{"versions":{"5.100.0":{}}}',
    );
    expect((await examined()).of("providers")[0]?.state).toBe("ok");
  });
});

describe("quotas", () => {
  /** AWS answers these operations with these documents. */
  function listing(answers: Readonly<Record<string, object>>): void {
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) => {
      const found = answers[call.operation];
      return found === undefined ? own(call, request) : Promise.resolve(found);
    };
    Object.assign(world.aws, { send });
  }

  const vpcs = (value: number) => ({ Quotas: [{ QuotaCode: "L-F678F1CE", Value: value }] });
  const tagged = (environment: string) => ({ Tags: [{ Key: "environment", Value: environment }] });

  test("that others have used up come with the command that raises them", async () => {
    listing({
      ListServiceQuotas: vpcs(3),
      DescribeVpcs: { Vpcs: [tagged("prod"), {}, tagged("stage")] },
    });
    const { code, of } = await examined();
    expect(of("quotas")).toMatchObject([
      {
        state: "failed",
        found: "VPCs per Region: 1 needed of 3, of which others use 3",
        cure: "Run: aws service-quotas request-service-quota-increase --region us-west-2 --service-code vpc --quota-code L-F678F1CE --desired-value 4",
      },
    ]);
    expect(code).toBe(4);
  });

  test("leave room for what the environment has already", async () => {
    listing({
      ListServiceQuotas: vpcs(3),
      DescribeVpcs: { Vpcs: [tagged("dev"), {}, tagged("stage")] },
    });
    expect((await examined()).of("quotas")).toMatchObject([
      {
        state: "ok",
        found: expect.stringContaining("VPCs per Region: 1 needed of 3, of which others use 2;"),
      },
    ]);
  });

  test("that AWS does not tell are skipped with the reason", async () => {
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) =>
      call.service === "service-quotas"
        ? Promise.reject(awsError("AccessDeniedException", "not authorized"))
        : own(call, request);
    Object.assign(world.aws, { send });
    expect((await examined()).of("quotas")).toMatchObject([
      { state: "skipped", found: 'vpc: AWS says "AccessDeniedException: not authorized"' },
    ]);
  });

  test("that AWS lists only when they are raised are the default", async () => {
    listing({
      ListServiceQuotas: { Quotas: [] },
      DescribeVpcs: { Vpcs: Array.from({ length: 5 }, () => ({})) },
    });
    expect((await examined()).of("quotas")).toMatchObject([
      { state: "failed", found: "VPCs per Region: 1 needed of 5, of which others use 5" },
    ]);
  });
});

describe("what earlier runs have left", () => {
  test("a run that is at work is named", async () => {
    const lock = {
      pid: 42,
      host: "workstation",
      command: "apply --env dev",
      started: "2026-01-01T08:00:00Z",
    };
    world.texts.set(".provision/dev/run.lock", JSON.stringify(lock));
    world.others.add(42);
    const { code, of } = await examined();
    expect(of("other runs on this machine")).toMatchObject([
      {
        state: "failed",
        found: expect.stringContaining('process 42 on "workstation" has run "apply --env dev"'),
      },
    ]);
    expect(code).toBe(4);
  });

  test("a state that could not be saved comes with the command that saves it", async () => {
    world.texts.set("cdktf.out/dev/stacks/ground/errored.tfstate", "{}");
    expect((await examined()).of("unsaved states")).toMatchObject([
      { state: "failed", cure: `Run: ${program} recover --env dev --only ground` },
    ]);
  });

  test("one of a layer that there is no more is a warning", async () => {
    world.texts.set("cdktf.out/dev/stacks/attic/errored.tfstate", "{}");
    expect((await examined()).of("unsaved states")).toMatchObject([
      {
        state: "warning",
        found: expect.stringContaining('"attic" is no layer of this environment any more'),
        cure: expect.stringMatching(/^Put the layer back, and run: .*; or remove the file/),
      },
    ]);
  });

  test("objects that runs may have left in no state come with the command that finds them", async () => {
    await applied();
    const begun = JSON.stringify({ began: "aws_subnet.lost", type: "aws_subnet" });
    world.texts.set(".provision/dev/creations/ground.jsonl", `${begun}\n`);
    const line = { run: "20260101-080000-aaaa", user: "ben", host: "elsewhere", pid: 1, layer: "house" };
    world.cloud.stored.set(
      `dev-state/us-west-2/journal/${line.run}/dev`,
      `${JSON.stringify({ ...line, time: "2026-01-01T08:00:00.000Z", command: "apply --env dev", phase: "applying" })}\n`,
    );
    for (const key of [...world.cloud.stored.keys()])
      if (key.includes("/journal/") && !key.includes(line.run)) world.cloud.stored.erase(key);
    expect((await examined()).of("objects in no state")).toMatchObject([
      {
        state: "failed",
        found: "ground: an earlier run was cut off while it created objects",
        cure: `Run: ${program} recover --env dev --only ground`,
      },
      {
        found: `house: run ${line.run} of ben on elsewhere was cut off while it created objects, which may be in no state`,
        cure: `Run: ${program} recover --env dev --only house`,
      },
    ]);
  });

  test.each([
    ["the journals", "ListObjectsV2", /the journals in the state bucket are not read: AWS says/],
    [
      "one of the journals",
      "GetObject",
      /^what a run has left is not known: s3:\/\/dev-state\/\S+ cannot be read: AWS says "AccessDenied/,
    ],
  ])("are not known of where %s cannot be read", async (_, operation, found) => {
    await applied();
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) =>
      call.operation === operation && JSON.stringify(call.input).includes("/journal/")
        ? Promise.reject(awsError("AccessDenied", "not authorized"))
        : own(call, request);
    Object.assign(world.aws, { send });
    expect((await examined()).of("objects in no state")).toMatchObject([
      { state: "skipped", found: expect.stringMatching(found) as string },
    ]);
  });

  test("states in the bucket that are cut short or gone come with the command that restores them", async () => {
    await applied();
    const key = (layer: string) => `dev-state/us-west-2/${layer}/dev`;
    world.cloud.stored.set(key("ground"), '{"version": 4, "ser');
    world.cloud.stored.delete(key("house"));
    const { code, of } = await examined();
    expect(code).toBe(4);
    expect(of("stored states")).toMatchObject([
      {
        state: "failed",
        found: expect.stringContaining("ground: its state in the bucket is damaged") as string,
        cure: `To restore an earlier version of it, run: ${program} recover --env dev --only ground`,
      },
      { found: expect.stringContaining("house: its state is gone from the bucket") as string },
    ]);
  });

  test("a state in the bucket that cannot be read is not called whole", async () => {
    await applied();
    const own = world.aws.send.bind(world.aws);
    const send: World["aws"]["send"] = (call, request) =>
      call.operation === "GetObject" && JSON.stringify(call.input).includes("/ground/dev")
        ? Promise.reject(awsError("AccessDenied", "not authorized to perform kms:Decrypt"))
        : own(call, request);
    Object.assign(world.aws, { send });
    expect((await examined()).of("stored states")).toMatchObject([
      {
        state: "skipped",
        found:
          'ground: its state cannot be read: AWS says "AccessDenied: not authorized to perform kms:Decrypt"',
      },
    ]);
  });

  test("a lock that nobody renews comes with unlock; one that beats is waited for", async () => {
    await applied();
    const key = "dev-state/us-west-2/environment.lock/dev.tflock";
    const lock = JSON.parse(world.cloud.stored.get(key) ?? "") as object;
    world.cloud.stored.set(key, JSON.stringify({ ...lock, kind: "held", host: "elsewhere" }));
    expect((await examined()).of("locks")).toMatchObject([
      { state: "warning", cure: "Wait until that run ends" },
    ]);
    world.cloud.stored.set(key, JSON.stringify({ ...lock, kind: "held", joined: [lock] }));
    expect((await examined()).of("locks")[0]?.found).toContain(
      '; it shares the lock with anna on "workstation" (process 4711, at roof, run ',
    );
    world.lockAge = 3600;
    expect((await examined()).of("locks")).toMatchObject([
      { state: "failed", cure: `If that run is over: Run: ${program} unlock --env dev` },
    ]);
  });

  test("the lock of a layer's state is a warning", async () => {
    await applied();
    world.cloud.stored.set("dev-state/us-west-2/ground/dev.tflock", "{}");
    expect((await examined()).of("locks")).toMatchObject([
      { state: "warning", found: "the state of ground is locked by a Terraform since 2026-01-01 09:00 UTC" },
    ]);
  });
});

describe("a disk", () => {
  test("that is full stops apply before its first change", async () => {
    world.freeBytes = 50e6;
    expect((await examined()).of("free disk space")[0]?.state).toBe("failed");
    expect(await run(world, "apply --env dev --yes")).toMatchObject({
      message: 'Cannot apply "dev": 0.1 GB are free',
      exitCode: 4,
    });
    expect(world.ran).toEqual([]);
  });

  test("on which the providers do not fit is a warning, unless the layers share them", async () => {
    world.freeBytes = 1e9;
    expect((await examined()).of("free disk space")[0]?.state).toBe("warning");
    world.environment["TF_PLUGIN_CACHE_DIR"] = "/home/op/cache";
    expect((await examined()).of("free disk space")[0]?.state).toBe("ok");
  });
});

test("a rehearsal asks nothing of AWS, and says so", async () => {
  rehearseInMemory(world);
  const none = () => Promise.reject(new Error("a rehearsal has asked AWS"));
  Object.assign(world.aws, { send: none });
  pages.clear();
  const { code, of } = await examined("doctor --env dev --rehearse");
  expect(code).toBe(0);
  expect(of("credentials")).toMatchObject([{ state: "skipped", found: "a rehearsal needs none" }]);
  expect(of("locks")).toMatchObject([{ state: "skipped", found: "a rehearsal asks nothing of AWS" }]);
  expect(of("providers")).toMatchObject([{ state: "skipped", found: "a rehearsal brings its own" }]);
  expect(of("Terraform")[0]?.state).toBe("ok");
});

/** What `iam` prints for an environment whose bucket is not its own: there the rights are no wider than for its states. */
async function rights(): Promise<string> {
  const start = world.printed.length;
  const key = "arn:aws:kms:us-west-2:123456789012:key/1234";
  const shared = `state:\n  existing: true\n  kmsKeyArn: ${key}\n`;
  world.texts.set("configs/dev.yaml", toyEnvironment.replace("state:\n", shared));
  expect(await run(world, "iam --env dev", [ground, house])).toBe(0);
  return world.printed.slice(start).join("\n");
}
