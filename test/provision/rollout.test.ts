import { beforeEach, describe, expect, test } from "vitest";
import { UserError } from "../../lib/errors";
import { RolloutProgress } from "../../scripts/provision/commands/rollout/progress";
import { listApplications } from "../../scripts/provision/kubernetes/application";
import { type KubernetesApi, KubernetesError } from "../../scripts/provision/world/index";
import type { FakeAws } from "./fake-aws";
import { type FakeCluster, type Manifest, token } from "./fake-cluster";
import type { FakeTime } from "./fake-time";
import type { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import {
  app,
  type AppState,
  clusterHost,
  entrance,
  platformLayers,
  platformWorld,
  root,
  trustedSecret,
} from "./platform-cluster";
import { run } from "./runs";

const again = "npx ts-node scripts/provision.ts rollout --env dev";
const waves = { vault: 160, harbor: 1000 };
const layers = platformLayers();
let world: FakeWorld;
let aws: FakeAws;
let kube: FakeCluster;
let time: FakeTime;
let started: number;

beforeEach(async () => {
  ({ world, aws, kube, time } = await platformWorld(layers));
  kube.add(root(waves), app("vault", { wave: 160 }), app("harbor", { wave: 1000 }), trustedSecret);
  started = time.seconds;
});

const watch = (more = "") => run(world, `rollout --env dev${more}`, layers);
const notes = () => world.printed.filter((line) => line.startsWith("  ")).map((line) => line.trim());
const change = (name: string, given: AppState, more: AppState = {}) =>
  kube.add(app(name, { wave: waves[name as keyof typeof waves], ...given, ...more }));

/** Acts once, when so many seconds of the watch have passed. */
function after(seconds: number, act: () => void): void {
  const earlier = kube.before;
  let isOver = false;
  kube.before = (request) => {
    earlier(request);
    if (isOver || time.seconds - started < seconds) return;
    isOver = true;
    act();
  };
}

test("the rollout is done when every application is, and each check has a line", async () => {
  expect(await watch()).toBe(0);
  expect(notes().slice(-9)).toEqual([
    "Argo CD is up",
    "The repository is readable",
    "The root application has its Applications",
    "Healthy up to wave 1000: 2 of 2 applications",
    "All 2 applications are healthy",
    "load balancer targets: healthy in all 1 target groups",
    "certificate: served by keycloak.dev.example.com, and trusted by the platform",
    "DNS names: all 1 resolve",
    "sidecars: not checked, the cluster has no sidecar injector: the mesh is off",
  ]);
});

describe("it is not done", () => {
  test("before three looks in a row", async () => {
    const looks: number[] = [];
    kube.before = (request) => request === "list Application" && looks.push(time.seconds - started);
    await watch();
    expect(looks).toEqual([0, 5, 10]);
  });

  test("while the root application, whose health changes all the time, syncs once more after its success", async () => {
    kube.before = () => kube.add(root(waves, { health: time.seconds % 10 < 5 ? "Healthy" : "Progressing" }));
    after(60, () => kube.add(root(waves, { phase: "Running", operation: {} })));
    kube.before = () => {
      const seconds = time.seconds - started;
      if (seconds < 60) kube.add(root(waves, { health: seconds % 10 < 5 ? "Healthy" : "Progressing" }));
      else if (seconds < 90) kube.add(root(waves, { operation: {}, phase: "Running" }));
      else kube.add(root(waves));
    };
    expect(await watch()).toBe(0);
    expect(time.seconds - started).toBeGreaterThanOrEqual(100);
  });

  test.each<[string, AppState]>([
    ["is out of sync", { sync: "OutOfSync" }],
    ["progresses", { health: "Progressing" }],
    ["is missing something", { health: "Missing" }],
    ["has an operation that was asked for", { operation: {} }],
    ["syncs", { phase: "Running" }],
    ["is being deleted", { deletionTimestamp: "2026-01-01T08:00:00Z" }],
  ])("while an application %s", async (_, given) => {
    change("harbor", given);
    expect(await watch(" --timeout 1")).toMatchObject({
      message: "Cannot finish the rollout within 1 minute: wave 1000, 1 of 2 healthy, waiting for harbor",
      hint: `It goes on in the cluster; watch it with: ${again} --timeout 1`,
      exitCode: 1,
    });
  });

  test("while one that the root application has in its list does not exist", async () => {
    kube.remove(kube.get("Application", "harbor")!);
    expect(await watch(" --timeout 1")).toMatchObject({
      message: "Cannot finish the rollout within 1 minute: wave 1000, 1 of 2 healthy, waiting for harbor",
    });
  });
});

test("each wave that becomes healthy has a line", async () => {
  kube.remove(kube.get("Application", "harbor")!);
  change("vault", { health: "Progressing" });
  after(30, () => change("vault", {}));
  after(60, () => change("harbor", {}));
  expect(await watch()).toBe(0);
  expect(notes().filter((line) => line.startsWith("Healthy up to"))).toEqual([
    "Healthy up to wave 160: 1 of 2 applications; 1 to go",
    "Healthy up to wave 1000: 2 of 2 applications",
  ]);
});

/** A deployment of harbor that pulls no image, its pod and its events. */
function broken(): Manifest[] {
  const metadata = { name: "harbor-core", namespace: "orch-harbor" };
  const waiting = { reason: "ImagePullBackOff", message: 'Back-off pulling image "harbor:2"' };
  const warned = (reason: string, message: string): Manifest => ({
    ...{ apiVersion: "v1", kind: "Event", reason, message, type: "Warning" },
    metadata: { name: `e-${reason}`, namespace: "orch-harbor" },
    involvedObject: { name: "harbor-core-1" },
  });
  return [
    {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata },
      spec: { replicas: 1, selector: { matchLabels: { app: "harbor" } } },
      status: {},
    },
    {
      ...{ apiVersion: "v1", kind: "Pod" },
      metadata: { name: "harbor-core-1", namespace: "orch-harbor", labels: { app: "harbor" } },
      status: { containerStatuses: [{ name: "core", state: { waiting } }] },
    },
    warned("Failed", "not found"),
  ];
}

const deployment = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  namespace: "orch-harbor",
  name: "harbor-core",
};
const causes = [
  "Deployment harbor-core: 0 of 1 pods ready",
  'pod harbor-core-1, container core: ImagePullBackOff: Back-off pulling image "harbor:2"',
  "event Failed: not found",
];

test("a degraded application, which has no message, ends it early with what its pods lack", async () => {
  kube.add(...broken());
  change("harbor", { health: "Degraded", resources: [deployment] });
  expect(await watch()).toMatchObject({
    message: ['Cannot finish the rollout: "harbor" in wave 1000 is degraded', ...causes].join("\n  "),
    hint: `To see more, run: kubectl -n dev describe application harbor; once it is corrected, run: ${again}`,
    exitCode: 1,
  });
  expect(time.seconds - started).toBe(180);
  expect(notes()).toContain("harbor (wave 1000) is degraded");
});

test("an object of an unknown shape explains nothing, and ends nothing", async () => {
  kube.add({
    ...{ apiVersion: "apps/v1", kind: "Deployment", spec: "none" },
    metadata: { name: "harbor-core", namespace: "orch-harbor" },
  });
  change("harbor", { health: "Degraded", resources: [deployment] });
  expect(await watch()).toMatchObject({
    message: 'Cannot finish the rollout: "harbor" in wave 1000 is degraded',
  });
});

test("one that recovers in time does not end it", async () => {
  kube.add(...broken());
  change("harbor", { health: "Degraded", resources: [deployment] });
  after(170, () => change("harbor", {}));
  expect(await watch()).toBe(0);
  expect(notes()).toContain("harbor (wave 1000) has recovered");
});

test("an application that takes long in the wave that others wait for is explained", async () => {
  kube.add(...broken());
  change("harbor", { health: "Progressing", resources: [deployment] });
  await watch(" --timeout 2");
  expect(notes().join("\n")).toContain(`harbor       Synced  Progressing  ${causes[0]!}`);
});

test("what a running sync has applied, which is no hook, explains nothing", async () => {
  kube.add(...broken());
  const account = { kind: "ServiceAccount", namespace: "orch-harbor", name: "harbor" };
  const applied = {
    ...account,
    ...{ status: "Synced", hookPhase: "Running", message: "serviceaccount/harbor created" },
  };
  change("harbor", { health: "Progressing", resources: [deployment], synced: [applied] });
  expect(await watch(" --timeout 2")).toMatchObject({
    message: [
      "Cannot finish the rollout within 2 minutes: wave 1000, 1 of 2 healthy, waiting for harbor",
      ...causes.map((cause) => `harbor: ${cause}`),
    ].join("\n  "),
  });
  expect(notes().join("\n")).toContain(`harbor       Synced  Progressing  ${causes[0]!}`);
});

test("a Job of a sync that is tried again is named with its attempt, and ends nothing", async () => {
  const job = { group: "batch", kind: "Job", namespace: "orch-platform", name: "migrate" };
  const hook = {
    ...job,
    hookType: "PreSync",
    hookPhase: "Failed",
    message: "Job has reached the specified backoff limit",
  };
  const retried = { phase: "Running", health: "Missing", sync: "OutOfSync", retryCount: 2 };
  change("vault", {
    ...retried,
    message: "one or more synchronization tasks completed unsuccessfully",
    synced: [hook],
  });
  after(400, () => change("vault", {}));
  expect(await watch()).toBe(0);
  const line = notes().indexOf("vault (wave 160) is tried again");
  expect(notes().slice(line + 1, line + 3)).toEqual([
    "attempt 3: one or more synchronization tasks completed unsuccessfully",
    "Job migrate: Job has reached the specified backoff limit",
  ]);
});

test("a failed sync that nobody tries again ends it", async () => {
  const conditions = [{ type: "SyncError", message: "Failed last sync attempt: hook failed" }];
  change("vault", { phase: "Failed", sync: "OutOfSync", conditions });
  expect(await watch()).toMatchObject({
    message:
      'Cannot finish the rollout: "vault" in wave 160 fails, SyncError: Failed last sync attempt: hook failed',
  });
  expect(time.seconds - started).toBe(120);
});

test("an operation that failed without a condition ends it as well", async () => {
  change("vault", { phase: "Error", message: "operation terminated", sync: "OutOfSync" });
  expect(await watch()).toMatchObject({
    message: 'Cannot finish the rollout: "vault" in wave 160 fails, operation terminated',
  });
});

test("an earlier wave is blamed although the root application has gone past it", async () => {
  change("vault", { health: "Degraded" });
  change("harbor", { health: "Progressing" });
  kube.add(root(waves, { health: "Degraded", phase: "Running", retryCount: 1 }));
  expect(await watch()).toMatchObject({
    message: 'Cannot finish the rollout: "vault" in wave 160 is degraded',
  });
});

describe("before the applications, it ends early", () => {
  const slow = 600;

  test("when Argo CD does not start", async () => {
    kube.get("Deployment", "argocd-repo-server")!["status"] = {};
    expect(await watch()).toMatchObject({
      message:
        "Cannot finish the rollout: Argo CD does not start, Deployment argocd-repo-server: 0 of 1 pods ready",
      hint: `To see more, run: kubectl -n argocd describe pods; once it is corrected, run: ${again}`,
    });
    expect(time.seconds - started).toBe(slow);
  });

  test("when a part of Argo CD was scaled down", async () => {
    kube.get("StatefulSet", "argocd-application-controller")!["spec"] = { replicas: 0 };
    expect(await watch()).toMatchObject({
      message: "Cannot finish the rollout: Argo CD does not start, argocd-application-controller has no pods",
    });
  });

  test("when the repository cannot be read", async () => {
    const conditions = [{ type: "ComparisonError", message: "authentication required" }];
    kube.add(root({}, { sync: "Unknown", conditions }));
    expect(await watch()).toMatchObject({
      message:
        "Cannot finish the rollout: Argo CD cannot read the repository, ComparisonError: authentication required",
      hint: "Correct layers.argocd.repository in dev, or the way to it from the cluster, then run: npx ts-node scripts/provision.ts --env dev --only argocd",
    });
    expect(time.seconds - started).toBe(120);
  });

  test("when Argo CD refuses the root application, after a time in which it has compared it again", async () => {
    const message = "Application referencing project dev which does not exist";
    kube.add(root({}, { sync: "Unknown", conditions: [{ type: "InvalidSpecError", message }] }));
    expect(await watch()).toMatchObject({
      message: `Cannot finish the rollout: the root application fails, InvalidSpecError: ${message}`,
      hint: `To see more, run: kubectl -n dev describe application root-app; once it is corrected, run: ${again}`,
    });
    expect(time.seconds - started).toBe(300);
    expect(world.printed.join("\n")).not.toContain("The repository is readable");
  });

  test.each<[string, () => void, string]>([
    [
      "does not exist",
      () => {
        kube.remove(kube.get("Application", "root-app")!);
      },
      "root-app does not exist",
    ],
    ["stays empty", () => kube.add(root({})), "it has no Applications yet"],
    [
      "is being deleted",
      () => (kube.get("Application", "root-app")!.metadata["deletionTimestamp"] = "2026-01-01T08:00:00Z"),
      "root-app is being deleted",
    ],
  ])("when the root application %s", async (_, act, reason) => {
    act();
    expect(await watch()).toMatchObject({
      message: `Cannot finish the rollout: the root application fails, ${reason}`,
      hint: `To see more, run: kubectl -n dev describe application root-app; once it is corrected, run: ${again}`,
    });
  });

  test("when the root application itself fails, and no other does", async () => {
    kube.add(root(waves, { phase: "Failed", message: "retried 100 times" }));
    expect(await watch()).toMatchObject({
      message: "Cannot finish the rollout: the root application fails, retried 100 times",
    });
  });
});

describe("the connection", () => {
  test("is made as Terraform's providers make theirs, or where the caller says", async () => {
    await watch();
    world.environment = { ...world.environment, TF_VAR_cluster_endpoint: "https://127.0.0.1:6443" };
    await watch();
    expect(kube.servers).toMatchObject([
      { url: `https://${clusterHost}`, serverName: clusterHost, authority: "PEM" },
      { url: "https://127.0.0.1:6443", serverName: clusterHost, authority: "PEM" },
    ]);
    expect(aws.commands[0]?.arguments).toEqual(
      expect.arrayContaining(["eks", "get-token", "--cluster-name", "dev", "--region", "us-west-2"]),
    );
  });

  test("gets a new token before the old one ends", async () => {
    change("harbor", { health: "Progressing" });
    after(700, () => {
      aws.answers.set("eks get-token", token(world, "secret-token-2"));
    });
    await watch(" --timeout 20");
    expect(new Set(kube.tokens)).toEqual(new Set(["secret-token-1", "secret-token-2"]));
  });

  test("may break, or the API server restart, without ending the watch", async () => {
    change("harbor", { health: "Degraded" });
    after(100, () => (kube.failure = new KubernetesError("connect ECONNREFUSED")));
    const every = world.clock.every.bind(world.clock);
    const cancel = every(200, () => {
      kube.failure = undefined;
      change("harbor", {});
      cancel();
    });
    expect(await watch()).toBe(0);
    expect(notes().filter((line) => line.startsWith("The Kubernetes API"))).toEqual([
      "The Kubernetes API does not answer, trying again: connect ECONNREFUSED",
      "The Kubernetes API answers again",
    ]);
  });

  test("that never answers is what a rollout ends with", async () => {
    kube.failure = new KubernetesError("etcdserver: leader changed", 500);
    expect(await watch(" --timeout 1")).toMatchObject({
      message: "Cannot finish the rollout within 1 minute: the Kubernetes API does not answer",
    });
  });

  test.each([
    [
      403,
      "Use a role of access.adminRoleArns, e.g. with AWS_PROFILE, or correct what refuses the request, e.g. a webhook that the message names; then run:",
    ],
    [400, "Correct what it reports, then run:"],
  ])("that is refused with status %i says so", async (status, hint) => {
    kube.failure = new KubernetesError("not like this", status);
    expect(await watch()).toMatchObject({
      message: 'Cannot watch the rollout: the Kubernetes API says "not like this"',
      hint: `${hint} ${again}`,
      exitCode: status === 403 ? 4 : 1,
    });
  });

  test.each([
    [
      { exitCode: 255, stderr: "An error occurred (AccessDenied) when calling the AssumeRole operation: no" },
      'Cannot get a token for the cluster "dev": AWS says "AccessDenied: no"',
    ],
    [
      { stdout: "Usage: aws" },
      'Cannot get a token for the cluster "dev": "aws eks get-token" printed no credential',
    ],
  ])("needs a token", async (ending, message) => {
    aws.endings.set("eks get-token", ending);
    expect(await watch()).toMatchObject({ message });
  });
});

describe("when all is healthy, it fails", () => {
  const failing = (line: string) => ({
    message: `Cannot finish the rollout: every application is healthy, but 1 check fails\n  ${line}`,
    hint: `Correct what they report, then run: ${again}`,
    exitCode: 1,
  });

  test("after five minutes without healthy targets", async () => {
    aws.answers.set("elbv2 describe-target-health", {
      TargetHealthDescriptions: [{ TargetHealth: { State: "unhealthy", Reason: "Target.Timeout" } }],
    });
    expect(await watch()).toMatchObject(
      failing("load balancer targets: traefik: 1 of 1 targets are unhealthy, Target.Timeout"),
    );
    expect(time.seconds - started).toBe(310);
  });

  test("with a target group without targets", async () => {
    aws.answers.set("elbv2 describe-target-health", { TargetHealthDescriptions: [] });
    expect(await watch()).toMatchObject(failing("load balancer targets: traefik has no targets"));
  });

  test("with a certificate that the platform does not trust", async () => {
    const asked: unknown[] = [];
    Object.assign(world.network, {
      answers: (server: { host: string; speaks: object }) => {
        asked.push(server.speaks);
        return Promise.resolve(server.host === clusterHost);
      },
    });
    expect(await watch()).toMatchObject(
      failing(
        "certificate: keycloak.dev.example.com: not the certificate in the Secret orch-gateway/tls-orch",
      ),
    );
    expect(asked.at(-1)).toEqual({
      ...{ protocol: "tls", serverName: "keycloak.dev.example.com", authority: "CHAIN", anchors: "any" },
    });
  });

  test("without a certificate of the platform", async () => {
    kube.remove(trustedSecret);
    expect(await watch()).toMatchObject(
      failing("certificate: there is no certificate in the Secret orch-gateway/tls-orch"),
    );
  });

  test("with a name that does not resolve", async () => {
    Object.assign(world.network, { resolves: () => Promise.resolve(false) });
    expect(await watch()).toMatchObject(failing("DNS names: dev.example.com does not resolve"));
  });

  test("with a pod that is not in the mesh", async () => {
    const pod = (name: string, more: object = {}): Manifest => ({
      ...{ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "orch-gateway" } },
      ...{ spec: { containers: [{ name: "app" }] }, ...more },
    });
    kube.add(
      {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingWebhookConfiguration",
        metadata: { name: "istio-sidecar-injector" },
      },
      {
        ...{ apiVersion: "v1", kind: "Namespace" },
        metadata: { name: "orch-gateway", labels: { "istio-injection": "enabled" } },
      },
      pod("early"),
      pod("meshed", { spec: { containers: [{ name: "app" }, { name: "istio-proxy" }] } }),
      pod("native", { spec: { containers: [{ name: "app" }], initContainers: [{ name: "istio-proxy" }] } }),
      pod("over", { status: { phase: "Succeeded" } }),
      pod("host", { spec: { hostNetwork: true, containers: [] } }),
    );
    expect(await watch()).toMatchObject(
      failing("sidecars: restart the pods without one: orch-gateway/early"),
    );
  });
});

test("what this machine cannot check is said, and fails nothing", async () => {
  const internal = platformLayers({ entrance: () => Promise.resolve({ ...entrance, internal: true }) });
  Object.assign(world.network, {
    resolves: () => Promise.resolve(false),
    connects: ({ port }: { port: number }) => Promise.resolve(port !== 443),
  });
  aws.endings.set("elbv2 describe-target-health", {
    exitCode: 254,
    stderr: "An error occurred (AccessDenied) when calling the DescribeTargetHealth operation: not you",
  });
  expect(await run(world, "rollout --env dev", internal)).toBe(0);
  expect(notes().slice(-4)).toEqual([
    'load balancer targets: not checked, AWS says "AccessDenied: not you"',
    "certificate: not checked, keycloak.dev.example.com cannot be reached from this machine (access.adminCidrs)",
    "DNS names: not checked, the names are internal, and do not resolve on this machine",
    "sidecars: not checked, the cluster has no sidecar injector: the mesh is off",
  ]);
});

describe("an Application that is not as expected", () => {
  test("may have resources without names or kinds, and nothing in place of any list or text", async () => {
    const unnamed = [{ group: "batch", version: "v1", kind: "Job" }, { version: "v1" }];
    change("harbor", { resources: unnamed, synced: [{ ...unnamed[0], status: "Synced" }] });
    change("vault", {});
    const vault = kube.get("Application", "vault")!;
    Object.assign(vault.metadata, { annotations: { other: null }, finalizers: null });
    vault["spec"] = null;
    Object.assign(vault["status"], {
      ...{ conditions: null, resources: null },
      operationState: {
        phase: "Succeeded",
        message: null,
        retryCount: null,
        syncResult: { resources: null },
      },
    });
    vault["status"].health.message = null;
    expect(await watch()).toBe(0);
  });

  test("is not done, with the reason, and the others are shown", async () => {
    kube.get("Application", "harbor")!["status"].health = "Healthy";
    const message = "UnreadableError: status.health: Invalid input: expected object, received string";
    expect(await watch(" --json")).toMatchObject({
      message: `Cannot finish the rollout: "harbor" in wave 1000 fails, ${message}`,
    });
    expect(JSON.parse(world.printed.join("\n"))).toMatchObject({
      applications: [
        { name: "vault", state: "done" },
        { name: "harbor", wave: 1000, state: "failing", reason: message },
      ],
    });
  });

  test("may be the root application", async () => {
    kube.get("Application", "root-app")!["status"] = "none";
    expect(await watch()).toMatchObject({
      message:
        "Cannot finish the rollout: the root application fails, UnreadableError: status: Invalid input: expected object, received string",
    });
  });

  test("has no controls of terminals in its texts, nor has what the API refuses", async () => {
    change("harbor", { health: "Degraded" });
    const text = "\u001b[2Jall\r\u009b1A is well\u202e\nreally so";
    kube.get("Application", "harbor")!["status"].health.message = text;
    const shown = "\\u001b[2Jall\\u000d\\u009b1A is well\\u202e\nreally so";
    expect(await watch()).toMatchObject({ message: expect.stringContaining(shown) as string });
    kube.failure = new KubernetesError(text, 400);
    expect(await watch()).toMatchObject({ message: expect.stringContaining(shown) as string });
    const everything = [...world.printed, ...world.errors, ...world.texts.values()].join("\n");
    expect(everything).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });
});

test("what a look reads of thousands of applications that fail grows with their number alone", async () => {
  const names = Array.from({ length: 2000 }, (_, index) => `app-${index}`);
  const children = Object.fromEntries(names.map((name) => [name, 1]));
  const manifests = [root(children), ...names.map((name) => app(name, { health: "Degraded" }))];
  // Nothing else is asked of it.
  const api = { list: () => Promise.resolve(manifests) } as unknown as KubernetesApi;
  const applications = await listApplications(api, "dev");
  let reads = 0;
  for (const one of applications) {
    const { metadata } = one;
    Object.defineProperty(one, "metadata", { get: () => (reads++, metadata) });
  }
  new RolloutProgress("root-app").look({ unready: [], applications }, 0);
  expect(reads).toBeLessThan(20 * names.length);
});

test("--json prints one document, also of a failure", async () => {
  change("harbor", { health: "Degraded" });
  expect(await watch(" --json")).toBeInstanceOf(UserError);
  expect(JSON.parse(world.printed.join("\n"))).toMatchObject({
    ...{ environment: "dev", namespace: "dev", outcome: "not healthy", step: "applications", wave: 1000 },
    ...{ seconds: 180, healthy: 1, checks: {} },
    applications: [
      { name: "vault", wave: 160, sync: "Synced", health: "Healthy", state: "done", causes: [] },
      { name: "harbor", wave: 1000, sync: "Synced", health: "Degraded", state: "failing" },
    ],
    failure: 'Cannot finish the rollout: "harbor" in wave 1000 is degraded',
  });
});

test("a Ctrl-C ends it", async () => {
  change("harbor", { health: "Progressing" });
  after(20, () => {
    world.interrupt();
  });
  expect(await watch()).toMatchObject({
    message: 'Cannot finish "the rollout": you interrupted the run',
    hint: `Go on with: ${again}`,
    exitCode: 7,
  });
});

test("a Ctrl-C leaves one document as well", async () => {
  change("harbor", { health: "Progressing" });
  after(20, () => {
    world.interrupt();
  });
  expect(await watch(" --json")).toMatchObject({ exitCode: 7 });
  expect(JSON.parse(world.printed.join("\n"))).toMatchObject({
    ...{ outcome: "interrupted", step: "applications", wave: 1000, healthy: 1, checks: {} },
    ...{
      failure: 'Cannot finish "the rollout": you interrupted the run',
      next: `Go on with: ${again} --format json`,
    },
  });
});

test("a Ctrl-C during the checks leaves one, too", async () => {
  Object.assign(world.network, { resolves: () => Promise.resolve(false) });
  const cancel = world.clock.every(60, () => {
    world.interrupt();
    cancel();
  });
  expect(await watch(" --json")).toMatchObject({ exitCode: 7 });
  expect(JSON.parse(world.printed.join("\n"))).toMatchObject({ outcome: "interrupted", step: "done" });
});

test.each(["0", "-3", "soon", "100000"])("--timeout %s is refused before anything else", async (timeout) => {
  // Without a Terraform and an AWS CLI that would be missed.
  world.version = "";
  expect(await watch(` --timeout=${timeout}`)).toMatchObject({
    message: `Cannot read the command line: "${timeout}" is not a time for --timeout`,
    hint: `Give it minutes, e.g. ${again} --timeout 60`,
    exitCode: 64,
  });
  expect(aws.commands).toEqual([]);
});

test("neither a token nor a private key is printed or written", async () => {
  await watch();
  await watch(" --json");
  const everything = [...world.printed, ...world.errors, ...world.texts.values()].join("\n");
  expect(everything).not.toMatch(/secret-token|private-key-seed/);
  expect(kube.tokens).toContain("secret-token-1");
});

describe("apply", () => {
  test("waits for the rollout, and fails with it", async () => {
    change("harbor", { health: "Degraded" });
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({
      message: 'Cannot finish the rollout: "harbor" in wave 1000 is degraded',
      hint: expect.stringContaining(again) as string,
    });
    change("harbor", {});
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(world.printed.join("\n")).toContain("Rollout of the applications");
    expect(world.printed).toContain("dev is up to date");
  });

  test("does not wait when it is told so, or when the layer is not part of it", async () => {
    expect(await run(world, "--env dev --yes --skip-rollout", layers)).toBe(0);
    expect(await run(world, "--env dev --yes --only eks", layers)).toBe(0);
    expect(world.printed.join("\n")).not.toContain("Rollout of the applications");
  });

  test("does not wait for what is synced by hand", async () => {
    const manual = platformLayers({ automatic: false });
    expect(await run(world, "--env dev --yes", manual)).toBe(0);
    expect(notes()).toContain(
      `Not watched: "root-app" is not synced by itself (autoSync is false). Sync it in Argo CD, then run: ${again}`,
    );
  });

  test("rehearses no rollout, and says so", async () => {
    rehearseInMemory(world);
    expect(await run(world, "apply --env dev --rehearse", layers)).toBe(0);
    expect(notes()).toContain("Not rehearsed: the rollout of the applications, which needs a cluster");
    expect(kube.servers).toEqual([]);
  });
});

test("the time of a whole rollout is expected of the next one", async () => {
  kube.remove(kube.get("Application", "harbor")!);
  after(300, () => change("harbor", {}));
  expect(await watch()).toBe(0);
  expect(world.texts.get(".provision/dev/durations.json")).toMatch(/"rollout": \[\s*31\d\s*\]/);
});
