import { beforeEach, describe, expect, test } from "vitest";
import { KubernetesError } from "../../scripts/provision/world/index";
import type { FakeCluster, Manifest } from "./fake-cluster";
import type { FakeTime } from "./fake-time";
import type { FakeWorld } from "./fake-world";
import { app, finalizer, platformLayers, platformWorld, root } from "./platform-cluster";
import { rehearseInMemory } from "./rehearsing";
import { run, table } from "./runs";

const layers = platformLayers();
const line = "destroy --env dev --only argocd --yes --confirm dev --allow-data-loss argocd";
const again = `npx ts-node scripts/provision.ts ${line}`;
const waves = { vault: 160, harbor: 1000, infra: 2000 };
const project: Manifest = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AppProject",
  metadata: { name: "dev", namespace: "argocd" },
};
let world: FakeWorld;
let kube: FakeCluster;
let time: FakeTime;
let argo: FakeArgo;

/** Deletes as the application controller was seen to: strict reverse waves, one at a time, and nothing without its project. */
class FakeArgo {
  isRunning = true;
  /** Applications that Argo CD had to look at again, since when an Application is not finished by itself. */
  readonly lazy = new Set<string>();
  /** Applications that are never finished. */
  readonly hung = new Set<string>();
  readonly deleted: string[] = [];

  constructor(private readonly cluster: FakeCluster) {
    cluster.before = (request) => {
      if (request === "list Application" && this.isRunning) this.turn();
    };
  }

  private turn(): void {
    if (this.cluster.get("AppProject", "dev") === undefined) return;
    for (const one of this.cluster.objects.values())
      if (one["status"]?.operationState?.phase === "Terminating") {
        Reflect.deleteProperty(one, "operation");
        one["status"].operationState.phase = "Failed";
      }
    const all = [...this.cluster.objects.values()].filter(({ kind }) => kind === "Application");
    const rootApp = all.find(({ metadata }) => metadata.name === "root-app");
    const children = all.filter((one) => one !== rootApp);
    const going = children.find(({ metadata }) => metadata["deletionTimestamp"] !== undefined);
    if (going !== undefined) this.finish(going);
    else if (rootApp?.metadata["deletionTimestamp"] !== undefined) this.next(rootApp, children);
  }

  private next(rootApp: Manifest, children: readonly Manifest[]): void {
    const waveOf = ({ metadata }: Manifest) =>
      Number(metadata["annotations"]["argocd.argoproj.io/sync-wave"]);
    const last = [...children].sort((one, other) => waveOf(other) - waveOf(one))[0];
    if (rootApp["operation"] !== undefined) return;
    if (last === undefined) this.finish(rootApp);
    else last.metadata["deletionTimestamp"] = "2026-01-01T10:00:00Z";
  }

  private finish(application: Manifest): void {
    if (application["operation"] !== undefined) return;
    const { name } = application.metadata;
    const resources: { kind: string; name: string }[] = application["status"].resources ?? [];
    const own = resources.flatMap((one) => this.cluster.get(one.kind, one.name) ?? []);
    for (const one of own.filter(({ kind }) => kind !== "Application")) {
      one.metadata["deletionTimestamp"] ??= "2026-01-01T10:00:00Z";
      this.cluster.settle(one);
      if (this.cluster.get(one.kind, one.metadata.name) !== undefined) return;
    }
    const { annotations } = application.metadata;
    if (this.hung.has(name)) return;
    if (this.lazy.has(name) && annotations["argocd.argoproj.io/refresh"] === undefined) return;
    this.deleted.push(name);
    this.cluster.remove(application);
  }
}

beforeEach(async () => {
  ({ world, kube, time } = await platformWorld(layers));
  argo = new FakeArgo(kube);
  kube.add(project, root(waves, { finalizers: [] }));
  for (const [name, wave] of Object.entries(waves)) kube.add(app(name, { wave }));
});

const notes = () => world.printed.map((text) => text.trim());
const started = () => world.ran.indexOf("argocd apply");

test("Argo CD deletes every application in reverse waves, before Terraform touches the layer", async () => {
  let leftAtApply = -1;
  world.before = (command) => {
    if (command === "argocd apply") leftAtApply = argo.deleted.length;
  };
  expect(await run(world, line, layers)).toBe(0);
  expect(argo.deleted).toEqual(["infra", "harbor", "vault", "root-app"]);
  expect(leftAtApply).toBe(4);
  expect(notes()).toEqual(
    expect.arrayContaining([
      "Deleted down to wave 2000: 2 left",
      "Deleted down to wave 1000: 1 left",
      "Argo CD has deleted 4 applications, and what they deployed",
    ]),
  );
  expect(table(world)).toEqual({ argocd: "destroyed" });
});

test("before the root application is deleted, it syncs no more, and every application has the finalizer", async () => {
  const hook = "post-delete-finalizer.argocd.argoproj.io";
  kube.add(app("vault", { wave: 160, finalizers: [hook] }));
  await run(world, line, layers);
  expect(kube.changes).toEqual([
    "patch Application dev/root-app",
    "patch Application dev/root-app",
    "patch Application dev/vault",
    "delete Application dev/root-app",
  ]);
});

test("syncs that wait for what does not get healthy are ended, because nothing is deleted before", async () => {
  const syncing = { phase: "Running", operation: { sync: {} } };
  kube.add(root(waves, { ...syncing, message: "waiting for healthy state of vault" }));
  kube.add(app("harbor", { wave: 1000, ...syncing }));
  expect(await run(world, line, layers)).toBe(0);
  expect(argo.deleted).toEqual(["infra", "harbor", "vault", "root-app"]);
});

test("finalizers of hooks are kept", async () => {
  const hook = "post-delete-finalizer.argocd.argoproj.io/cleanup";
  kube.add(app("vault", { wave: 160, finalizers: [hook] }));
  argo.isRunning = false;
  kube.before = (request) => {
    if (request.startsWith("delete")) world.interrupt();
  };
  await run(world, line, layers);
  expect(kube.get("Application", "vault")?.metadata["finalizers"]).toEqual([hook, finalizer]);
  expect(kube.get("Application", "root-app")?.["spec"]).toEqual({ syncPolicy: {} });
});

test("a project that has vanished is created again, without which nothing would be deleted", async () => {
  kube.remove(project);
  expect(await run(world, line, layers)).toBe(0);
  expect(kube.get("AppProject", "dev")).toMatchObject({ spec: { sourceRepos: ["*"] } });
  expect(argo.deleted).toHaveLength(4);
});

test("so are the projects of other applications", async () => {
  const projects = { dev: {}, "dev.shop": { sourceRepos: ["registry.example.com/charts"] } };
  expect(await run(world, line, platformLayers({ projects }))).toBe(0);
  expect(kube.get("AppProject", "dev.shop")).toMatchObject({
    spec: { sourceRepos: ["registry.example.com/charts"] },
  });
});

test("applications of others are deleted before the platform that they use", async () => {
  kube.add(app("shop", { wave: 10 }), app("shop-data", { wave: 5 }));
  expect(await run(world, line, layers)).toBe(0);
  expect(argo.deleted.slice(0, 3)).toEqual(["shop", "shop-data", "infra"]);
});

test("without a root application, the others are deleted wave by wave", async () => {
  kube.remove(kube.get("Application", "root-app")!);
  expect(await run(world, line, layers)).toBe(0);
  expect(argo.deleted).toEqual(["infra", "harbor", "vault"]);
});

test.each([
  [
    "no applications",
    () => {
      kube.objects.clear();
    },
  ],
  ["no Argo CD", () => kube.unknownKinds.add("Application")],
])("a cluster with %s is destroyed at once", async (_, act) => {
  act();
  expect(await run(world, line, layers)).toBe(0);
  expect(kube.changes).toEqual([]);
});

test("a Ctrl-C leaves what the next destroy goes on with, without a further question", async () => {
  argo.isRunning = false;
  kube.before = (request) => {
    if (request.startsWith("delete")) world.interrupt();
  };
  expect(await run(world, line, layers)).toMatchObject({
    message: 'Cannot finish "argocd": you interrupted the run',
    hint: `Go on with: ${again}`,
    exitCode: 7,
  });
  expect(started()).toBe(-1);
  argo = new FakeArgo(kube);
  world.answering("argocd");
  expect(await run(world, "destroy --env dev --only argocd --confirm dev", layers)).toBe(0);
  expect(world.questions).toEqual(["Lose the data in 1 object? Enter argocd to confirm, details or quit:"]);
  expect(argo.deleted).toHaveLength(4);
});

test("an API server that restarts does not end it", async () => {
  const cancel = world.clock.every(7, () => {
    kube.failure = new KubernetesError("connect ECONNREFUSED");
    cancel();
    const back = world.clock.every(60, () => {
      kube.failure = undefined;
      back();
    });
  });
  expect(await run(world, line, layers)).toBe(0);
  expect(notes()).toContain("The Kubernetes API answers again");
});

test("what stands still is refreshed once", async () => {
  argo.lazy.add("harbor");
  expect(await run(world, line, layers)).toBe(0);
  expect(kube.changes.filter((change) => change === "patch Application dev/harbor")).toHaveLength(1);
  expect(time.seconds).toBeGreaterThan(180);
});

/** A claim of vault that a pod holds. */
function heldClaim(): void {
  const claim = { kind: "PersistentVolumeClaim", namespace: "orch-platform", name: "data" };
  kube.add(app("vault", { wave: 160, resources: [claim] }), {
    ...{ apiVersion: "v1", kind: "PersistentVolumeClaim" },
    metadata: { name: "data", namespace: "orch-platform", finalizers: ["kubernetes.io/pvc-protection"] },
  });
}

describe("an object that does not go", () => {
  const stuck =
    'Cannot drain the applications: nothing has been deleted for minutes, "vault" is left\n  PersistentVolumeClaim orch-platform/data: kubernetes.io/pvc-protection (a pod still uses it)';
  beforeEach(heldClaim);

  test("ends it with what keeps the object, and nothing is destroyed", async () => {
    expect(await run(world, line, layers)).toMatchObject({
      message: stuck,
      hint: `Remove what they wait for, then run: ${again}; or, to remove their finalizers, run: ${again} --remove-finalizers`,
      exitCode: 1,
    });
    expect(argo.deleted).toEqual(["infra", "harbor"]);
    expect(started()).toBe(-1);
  });

  test.each([403, 400])("is listed beside one that cannot be read, with status %i", async (status) => {
    const claim = { kind: "PersistentVolumeClaim", namespace: "orch-platform", name: "data" };
    const secret = { kind: "Secret", namespace: "orch-platform", name: "key" };
    const resources = [{ kind: "Job" }, { kind: "", name: "x" }, secret, claim];
    kube.add(app("vault", { wave: 160, resources }));
    const earlier = kube.before;
    kube.before = (request) => {
      earlier(request);
      if (request === "read Secret orch-platform/key") throw new KubernetesError("forbidden", status);
    };
    expect(await run(world, line, layers)).toMatchObject({
      message: stuck.replace("\n", "\n  Secret orch-platform/key: cannot be read, forbidden\n"),
      exitCode: 1,
    });
  });

  test("is removed with --remove-finalizers", async () => {
    expect(await run(world, `${line} --remove-finalizers`, layers)).toBe(0);
    expect(notes()).toContain(
      "Removed the finalizers of PersistentVolumeClaim orch-platform/data: kubernetes.io/pvc-protection",
    );
    expect(argo.deleted).toHaveLength(4);
  });

  test.each([
    ["yes", 0],
    ["no", { message: 'Cannot drain "argocd": declined' }],
  ])("is removed when the operator agrees, who says %s", async (answer, expected) => {
    world.answering("yes", answer, "argocd");
    const asked = "destroy --env dev --only argocd --confirm dev";
    const outcome = await run(world, asked, layers);
    if (typeof expected === "number") expect(outcome).toBe(expected);
    else expect(outcome).toMatchObject(expected);
    expect(world.questions.slice(0, 2)).toEqual([
      "Delete 4 applications with the data in their volumes? yes/no",
      "Remove the finalizers of this object? yes/no",
    ]);
    expect(notes()).toContain(
      "What a finalizer waits for, e.g. the deletion of a volume in AWS, is left behind without it",
    );
  });

  test("is waited for as long as others go", async () => {
    const claim = kube.get("PersistentVolumeClaim", "data")!;
    const cancel = world.clock.every(290, () => {
      claim.metadata["finalizers"] = [];
      cancel();
    });
    expect(await run(world, line, layers)).toBe(0);
  });
});

test("an application whose objects are gone, and that Argo CD does not let go, shows Argo CD's error", async () => {
  const conditions = [{ type: "DeletionError", message: "app project not found" }];
  kube.add(app("vault", { wave: 160, conditions }));
  argo.hung.add("vault");
  expect(await run(world, line, layers)).toMatchObject({
    message:
      'Cannot drain the applications: nothing has been deleted for minutes, "vault" is left\n  vault: DeletionError, app project not found',
    hint: `Look at the log of Argo CD's application controller, correct what it reports, then run: ${again}`,
  });
});

test("an application that is not as expected is deleted like the others", async () => {
  kube.get("Application", "vault")!["status"].health = "Healthy";
  kube.get("Application", "root-app")!["status"].conditions = "none";
  expect(await run(world, line, layers)).toBe(0);
  expect(argo.deleted).toEqual(["infra", "harbor", "vault", "root-app"]);
});

describe("it does not begin", () => {
  const hint = `Correct that, then run: ${again}; if the cluster is lost, run: ${again} --skip-drain`;

  test("while Argo CD is not running", async () => {
    kube.get("StatefulSet", "argocd-application-controller")!["status"] = {};
    expect(await run(world, line, layers)).toMatchObject({
      message: "Cannot drain the applications: Argo CD is not running",
      hint,
    });
    expect(kube.changes).toEqual([]);
  });

  test("while the API does not answer", async () => {
    kube.failure = new KubernetesError("connect ECONNREFUSED");
    expect(await run(world, line, layers)).toMatchObject({
      message: "Cannot drain the applications: the Kubernetes API does not answer",
      hint,
    });
  });

  test("without consent to the loss of the volumes", async () => {
    expect(await run(world, "destroy --env dev --only argocd --yes --confirm dev", layers)).toMatchObject({
      message: 'Cannot destroy "argocd" without approval: objects that contain data or keys would be lost',
    });
    world.answering("no");
    expect(await run(world, "destroy --env dev --only argocd --confirm dev", layers)).toMatchObject({
      message: 'Cannot drain "argocd": declined',
    });
    expect(kube.changes).toEqual([]);
  });
});

describe("--skip-drain", () => {
  const skipping = `${line} --skip-drain`;
  const whole = skipping.replace("--only argocd", "--from eks");
  const forgotten = "Took 1 objects in the cluster out of the state, which go with it";

  test("destroys a layer whose cluster answers as it is, and says what is left behind", async () => {
    expect(await run(world, skipping, layers)).toBe(0);
    expect(kube.changes).toEqual([]);
    expect(notes()).toContain(
      "Not drained. Left behind is what the applications created outside the cluster: volumes (EBS), load balancers of Services, DNS records of certificate challenges",
    );
    expect(notes()).not.toContain(forgotten);
  });

  test("takes the objects of a lost cluster out of the state when the cluster is destroyed as well", async () => {
    kube.failure = new KubernetesError("getaddrinfo ENOTFOUND");
    expect(await run(world, whole, layers)).toBe(0);
    expect(notes()).toContain("The cluster does not answer: getaddrinfo ENOTFOUND");
    expect(notes()).toContain(forgotten);
    expect(world.ran).toContain("argocd state rm");
    expect(table(world)).toEqual({ argocd: "destroyed", eks: "destroyed" });
  });

  test("is refused when the cluster stays", async () => {
    kube.failure = new KubernetesError("getaddrinfo ENOTFOUND");
    expect(await run(world, skipping, layers)).toMatchObject({
      message: 'Cannot destroy "argocd": its cluster does not answer, and is not destroyed by this command',
      hint: `To destroy both, run: npx ts-node scripts/provision.ts ${whole}`,
      exitCode: 4,
    });
    expect(world.ran).not.toContain("argocd state rm");
  });
});

test("a rehearsal drains nothing, and says so", async () => {
  rehearseInMemory(world);
  await run(world, "apply --env dev --rehearse", layers);
  expect(await run(world, "destroy --env dev --rehearse", layers)).toBe(0);
  expect(notes()).toContain("Not rehearsed: the deletion of the applications, which needs a cluster");
  world.printed.length = 0;
  expect(await run(world, "--env dev --rehearse", layers)).toBe(0);
  expect(notes().filter((line) => line.startsWith("Not rehearsed"))).toEqual([
    "Not rehearsed: the rollout of the applications, which needs a cluster",
    "Not rehearsed: the deletion of the applications, which needs a cluster",
  ]);
  expect(kube.servers).toEqual([]);
});
