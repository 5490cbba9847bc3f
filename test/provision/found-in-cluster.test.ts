import { gzipSync } from "node:zlib";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { eks } from "../../modules/eks/layer";
import { KubernetesError } from "../../scripts/provision/world/index";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeCluster, type Manifest } from "./fake-cluster";
import { FakeWorld } from "./fake-world";
import { standIn } from "./publishing";
import { run, table } from "./runs";
import { cellar } from "./toys";
import { eksEndpoint } from "./eks-endpoint";

const cluster = standIn(eks, {
  clusterName: "dev",
  endpoint: "https://4711.gr7.us-west-2.eks.amazonaws.com",
  certificateAuthority: Buffer.from("PEM").toString("base64"),
});
const isDefault = "storageclass.kubernetes.io/is-default-class";
const charts = defineLayer({
  name: "charts",
  summary: "Charts",
  settings: z.strictObject({}),
  needs: { cluster },
  reaches: eksEndpoint,
  outputs: {},
  build(stack) {
    new KubernetesProvider(stack, "kubernetes");
    new HelmProvider(stack, "helm");
    const metadata = { name: "gp3", annotations: { [isDefault]: "true" } };
    new NamespaceV1(stack, "namespace", { metadata: { name: "argocd", labels: { ours: "yes" } } });
    new SecretV1(stack, "secret", { metadata: { name: "smtp", namespace: "argocd" }, dataWo: { a: "b" } });
    new StorageClassV1(stack, "gp3", { metadata, storageProvisioner: "ebs.csi.aws.com" });
    new Release(stack, "server", { name: "server", namespace: "argocd", chart: "server", timeout: 900 });
    return {};
  },
});
const layers = inOrder([cellar, cluster, charts]);
const folder = "cdktf.out/dev/stacks/charts";

const deployment = (replicas: number): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "server", namespace: "argocd" },
  spec: { replicas },
});
const application: Manifest = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "root-app", namespace: "dev" },
};
const job: Manifest = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "once", namespace: "argocd" },
};

/** What Helm keeps of a release that installed these objects. */
function record(status: string, created: string, ...objects: readonly Manifest[]): Manifest {
  const manifest = objects
    .map((object) => `---\n# Source: server/templates/a.yaml\n${stringify(object)}`)
    .join("");
  const helm = gzipSync(JSON.stringify({ manifest })).toString("base64");
  const labels = { owner: "helm", name: "server", version: "1", status };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: "sh.helm.release.v1.server.v1",
      namespace: "argocd",
      creationTimestamp: created,
      labels,
    },
    data: { release: Buffer.from(helm).toString("base64") },
  };
}

let world: FakeWorld;
let kube: FakeCluster;
let aws: FakeAws;
/** The import blocks of each plan. */
let imports: unknown[];

beforeEach(() => {
  world = new FakeWorld();
  aws = new FakeAws(world);
  aws.refusals.set("s3 GetObject", awsError("NoSuchKey", "The specified key does not exist."));
  kube = new FakeCluster(world, aws);
  imports = [];
  const { processes } = world;
  const start = processes.run.bind(processes);
  Object.assign(processes, {
    run: (command: Parameters<typeof start>[0]) => {
      const found = world.files.read(`${folder}/provision_found.tf.json`);
      if (command.arguments[0] === "plan" && found !== undefined) imports.push(JSON.parse(found));
      const namespace = kube.get("Namespace", "argocd");
      // What the provider does to what it imports.
      if (command.arguments[0] === "apply" && found !== undefined && namespace !== undefined)
        namespace.metadata["labels"] = { ours: "yes" };
      return start(command);
    },
  });
});

const apply = (more = " --yes") => run(world, `--env dev${more}`, layers);
const plan = () => run(world, "plan --env dev", layers);
const said = (text: string) => world.printed.some((line) => line.includes(text));

test("a plan's documents have what is lost in the cluster, and what apply deletes before", async () => {
  await apply(" --yes --until eks");
  kube.add({ apiVersion: "v1", kind: "Secret", metadata: { name: "smtp", namespace: "argocd" } });
  kube.add(record("pending-install", "2026-01-01T08:00:00Z"));
  const written = async (format: string) => {
    expect(await run(world, `plan --env dev --format ${format} --out plan.out`, layers)).toBe(0);
    return world.texts.get("plan.out") ?? "";
  };
  const text = "Secret argocd/smtp exists, but is not in the state";
  expect(JSON.parse(await written("json"))).toMatchObject({
    version: 1,
    layers: expect.arrayContaining([
      expect.objectContaining({ layer: "eks", inCluster: [] }),
      expect.objectContaining({
        layer: "charts",
        inCluster: [
          { text: expect.stringContaining('Release server is "pending-install"'), action: "delete" },
          { text, action: "delete" },
        ],
      }),
    ]),
  });
  expect(await written("markdown")).toContain(`! in the cluster: ${text}`);
  expect(await written("text")).toContain(`  in the cluster: ${text}`);
  expect(kube.changes).toEqual([]);
});

describe("before Terraform, apply", () => {
  test("deletes the record of an installation that was killed a moment ago", async () => {
    kube.add(record("pending-install", "2026-01-01T08:59:00Z"));
    expect(await apply()).toBe(0);
    expect(kube.changes).toEqual(["delete Secret argocd/sh.helm.release.v1.server.v1"]);
    expect(said('Release server is "pending-install" since 2026-01-01 08:59 UTC')).toBe(true);
    expect(aws.given("s3 GetObject")).toContainEqual({
      Bucket: "dev-state",
      Key: "us-west-2/charts/dev.tflock",
    });
  });

  test.each([
    [
      { ID: "4711", Who: "op@laptop", Created: "2026-01-01T08:30:00.5Z" },
      'Cannot apply "charts": its state is locked by "op@laptop" since 2026-01-01 08:30 UTC',
      "Wait until that run ends; if it is no longer running, run: terraform -chdir=cdktf.out/dev/stacks/charts force-unlock 4711",
    ],
    [
      "no lock of Terraform",
      'Cannot apply "charts": the lock of its state cannot be read, because a write of it was cut off',
      "If no other run is in progress, run: aws s3 rm s3://dev-state/us-west-2/charts/dev.tflock --region us-west-2",
    ],
  ])("deletes nothing while another run holds the lock of the state: %o", async (held, message, unlock) => {
    aws.refusals.delete("s3 GetObject");
    const lock = "dev-state/us-west-2/charts/dev.tflock";
    world.before = (called) => {
      if (called === "charts init") world.cloud.stored.set(lock, JSON.stringify(held));
    };
    kube.add(record("pending-upgrade", "2026-01-01T08:00:00Z"));
    const again = "npx ts-node scripts/provision.ts --env dev --from charts --yes";
    expect(await apply()).toMatchObject({
      ...{ message, exitCode: 5 },
      hint: `${unlock}; then run: ${again}`,
    });
    expect(kube.changes).toEqual([]);
  });

  test("deletes nothing when nobody can tell whether the state is locked", async () => {
    aws.refusals.set("s3 GetObject", awsError("AccessDenied", "Access Denied"));
    kube.add(record("pending-install", "2026-01-01T08:00:00Z"));
    expect(await apply()).toMatchObject({
      message:
        'Cannot apply "charts": the lock of its state cannot be read: AWS says "AccessDenied: Access Denied"',
      hint: "Correct what AWS reports, then run: npx ts-node scripts/provision.ts --env dev --from charts --yes",
      exitCode: 4,
    });
    expect(kube.changes).toEqual([]);
  });

  test("asks the operator, who can decline", async () => {
    await apply();
    kube.add(record("uninstalling", "2026-01-01T08:59:00Z"));
    Object.assign(world.terminal, { interactive: true });
    world.answers.push("no");
    expect(await apply(" --only charts")).toMatchObject({ message: 'Cannot apply "charts": declined' });
    expect(kube.changes).toEqual([]);
    expect(world.questions.at(-1)).toContain("Delete these, so that Terraform can create them?");
  });

  test("leaves records of releases alone that the layer does not declare", async () => {
    const other = record("pending-install", "2026-01-01T08:00:00Z");
    other.metadata["labels"].name = "other";
    kube.add(other);
    expect(await apply()).toBe(0);
    expect(kube.changes).toEqual([]);
  });

  test("imports namespaces that exist, and gives them labels of others back", async () => {
    kube.add({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "argocd", labels: { theirs: "yes" } },
    });
    expect(await apply()).toBe(0);
    expect(imports).toEqual([{ import: [{ to: "kubernetes_namespace_v1.namespace", id: "argocd" }] }]);
    expect(world.files.read(`${folder}/provision_found.tf.json`)).toBeUndefined();
    expect(kube.changes).toEqual(["patch Namespace /argocd"]);
    expect(kube.get("Namespace", "argocd")?.metadata["labels"]).toEqual({ ours: "yes", theirs: "yes" });
  });

  test("deletes a Secret that a killed run created, because an import would have its values in the state", async () => {
    const managedFields = [{ manager: "HashiCorp" }];
    kube.add({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "smtp", namespace: "argocd", managedFields },
    });
    expect(await apply()).toBe(0);
    expect(kube.changes).toEqual(["delete Secret argocd/smtp"]);
    expect(imports).toEqual([]);
  });

  test.each([
    ["of nobody", {}],
    [
      "of a release elsewhere",
      { "meta.helm.sh/release-name": "server", "meta.helm.sh/release-namespace": "other" },
    ],
  ])("leaves a Secret of somebody else, unless the operator decides: %s", async (_, annotations) => {
    const metadata = { name: "smtp", namespace: "argocd", annotations };
    kube.add({ apiVersion: "v1", kind: "Secret", metadata });
    expect(await apply()).toMatchObject({
      message:
        'Cannot apply "charts" with --yes: Secret argocd/smtp exists, but is not in the state, and it was not created by Terraform, and its values are replaced',
    });
    expect(kube.changes).toEqual([]);
  });

  test("replaces a Secret that an earlier version of the layer had Helm install, and says what that changes", async () => {
    const owner = { "meta.helm.sh/release-name": "server", "meta.helm.sh/release-namespace": "argocd" };
    const metadata = { name: "smtp", namespace: "argocd", annotations: owner };
    kube.add({ apiVersion: "v1", kind: "Secret", metadata });
    const text =
      "Secret argocd/smtp was installed by an earlier version of the release server: its values, also passwords, become those in Secrets Manager, which provision password shows";
    await apply(" --yes --until eks");
    expect(await plan()).toBe(0);
    expect(said(`${text}; apply deletes it`)).toBe(true);
    expect(kube.changes).toEqual([]);
    expect(await apply()).toBe(0);
    expect(kube.changes).toEqual(["delete Secret argocd/smtp"]);
  });

  test("imports nothing that is in the state", async () => {
    await apply();
    kube.add({ apiVersion: "v1", kind: "Namespace", metadata: { name: "argocd" } });
    await apply();
    expect(imports).toEqual([]);
  });
});

describe("what was changed outside Terraform", () => {
  const gp2: Manifest = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "gp2", annotations: { [isDefault]: "true" } },
  };

  beforeEach(async () => {
    await apply();
    kube.add(
      record("deployed", "2026-01-01T08:00:00Z", deployment(2), application, job),
      deployment(2),
      application,
    );
    world.printed.length = 0;
  });

  test("is nothing as long as all is there; a Job may end and go", async () => {
    expect(await plan()).toBe(0);
    expect(table(world)).toMatchObject({ charts: "unchanged" });
  });

  test.each([
    [
      "deleted",
      () => {
        kube.remove(application);
      },
      {
        text: "Application dev/root-app of release server was deleted",
        change: "create Application dev/root-app",
      },
    ],
    [
      "scaled",
      () => kube.add(deployment(0)),
      {
        text: "Deployment argocd/server of release server has 0 replicas instead of 2",
        change: "patch Deployment argocd/server",
      },
    ],
    [
      "marked as default",
      () => kube.add(gp2),
      { text: "StorageClass gp2 is marked as default as well", change: "patch StorageClass /gp2" },
    ],
  ])("is seen by plan and restored by apply: %s", async (_, act, { text, change }) => {
    act();
    expect(await plan()).toBe(0);
    expect(said(`${text}; apply restores it`)).toBe(true);
    expect(table(world)).toMatchObject({ charts: "to change" });
    expect(kube.changes).toEqual([]);
    expect(await apply()).toBe(0);
    expect(kube.changes).toEqual([change]);
    expect(table(world)).toMatchObject({ charts: "applied" });
    expect(await plan()).toBe(0);
    expect(table(world)).toMatchObject({ charts: "unchanged" });
  });

  test("is restored with the names by which Helm knows its objects", async () => {
    kube.remove(application);
    await apply();
    expect(kube.get("Application", "root-app")?.metadata).toMatchObject({
      labels: { "app.kubernetes.io/managed-by": "Helm" },
      annotations: { "meta.helm.sh/release-name": "server", "meta.helm.sh/release-namespace": "argocd" },
    });
  });

  test("is not compared where the cluster does not answer, which Terraform reports", async () => {
    kube.failure = new KubernetesError("connection refused");
    expect(await plan()).toBe(0);
    expect(said('Not compared with the cluster: the Kubernetes API says "connection refused"')).toBe(true);
  });

  test("is named with what the API says if it cannot be restored", async () => {
    kube.remove(application);
    kube.before = (request) => {
      if (request.startsWith("create")) throw new KubernetesError("denied by a webhook", 403);
    };
    expect(await apply()).toMatchObject({
      message:
        'Cannot correct "Application dev/root-app of release server was deleted": the Kubernetes API says "denied by a webhook"',
      hint: "Correct what it reports, then run: npx ts-node scripts/provision.ts --env dev --from charts --yes",
    });
  });
});
