import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import type { Entrance, Rollout } from "../../lib/layer/rollout";
import { eks } from "../../modules/eks/layer";
import { FakeAws } from "./fake-aws";
import { FakeCluster, type Manifest } from "./fake-cluster";
import { FakeTime } from "./fake-time";
import { FakeWorld } from "./fake-world";
import { standIn } from "./publishing";
import { run } from "./runs";
import { cellar } from "./toys";
import { eksEndpoint } from "./eks-endpoint";

export const clusterHost = "4711.gr7.us-west-2.eks.amazonaws.com";

const cluster = standIn(eks, {
  clusterName: "dev",
  endpoint: `https://${clusterHost}`,
  certificateAuthority: Buffer.from("PEM").toString("base64"),
});

/** How the platform of these tests is reached, unless one changes it. */
export const entrance: Entrance = {
  targetGroupArns: { traefik: "arn:traefik" },
  hosts: ["dev.example.com"],
  securedHosts: ["keycloak.dev.example.com"],
  internal: false,
  trusted: { namespace: "orch-gateway", name: "tls-orch" },
};

const rollout: Rollout = {
  argocdNamespace: "argocd",
  namespace: "dev",
  rootApplication: "root-app",
  automatic: true,
  projects: { dev: { sourceRepos: ["*"] } },
  entrance: () => Promise.resolve(entrance),
};

/** The state bucket, a cluster, and a layer in it that Argo CD deploys from. */
export function platformLayers(change: Partial<Rollout> = {}) {
  const platform = defineLayer({
    name: "argocd",
    summary: "Applications",
    settings: z.strictObject({}),
    needs: { cluster },
    reaches: eksEndpoint,
    outputs: {},
    rollout: () => ({ ...rollout, ...change }),
    build(stack) {
      new SecurityGroup(stack, "applications", { name: "applications" });
      new KubernetesProvider(stack, "kubernetes", {});
      new NamespaceV1(stack, "namespace", { metadata: { name: "argocd" } });
      return {};
    },
  });
  return inOrder([cellar, cluster, platform]);
}

/** A world with an account, a cluster with Argo CD, and time that passes when it is waited for. */
export async function platformWorld(layers = platformLayers()) {
  const world = new FakeWorld();
  const aws = new FakeAws(world);
  const time = new FakeTime(world);
  const kube = new FakeCluster(world, aws);
  await run(world, "--env dev --yes --skip-rollout", layers);
  for (const seen of [world.printed, world.ran, aws.commands, kube.servers, kube.tokens]) seen.length = 0;
  kube.add(...argocd());
  aws.answers.set("elbv2 describe-target-health", {
    TargetHealthDescriptions: [{ TargetHealth: { State: "healthy" } }],
  });
  return { world, aws, time, kube, layers };
}

/** Argo CD's own workloads, ready. */
export function argocd(): Manifest[] {
  const part = (kind: string, component: string): Manifest => ({
    apiVersion: "apps/v1",
    kind,
    metadata: {
      name: `argocd-${component}`,
      namespace: "argocd",
      ...{ labels: { "app.kubernetes.io/part-of": "argocd", "app.kubernetes.io/component": component } },
    },
    spec: { replicas: 1 },
    status: { readyReplicas: 1 },
  });
  return [
    part("StatefulSet", "application-controller"),
    part("Deployment", "repo-server"),
    part("Deployment", "server"),
  ];
}

/** How an Application is described in tests. */
export interface AppState {
  readonly wave?: number;
  readonly sync?: string;
  readonly health?: string;
  readonly phase?: string;
  readonly message?: string;
  readonly retryCount?: number;
  readonly operation?: object;
  readonly conditions?: readonly object[];
  readonly resources?: readonly object[];
  readonly synced?: readonly object[];
  readonly finalizers?: readonly string[];
  readonly deletionTimestamp?: string;
}

export const finalizer = "resources-finalizer.argocd.argoproj.io";

/** An Application that is done, but for what is given. */
export function app(name: string, given: AppState = {}): Manifest {
  const { wave = 0, sync = "Synced", health = "Healthy", phase = "Succeeded" } = given;
  const { message = "", retryCount, operation, conditions, resources, synced } = given;
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      ...{ name, namespace: "dev" },
      ...{ annotations: { "argocd.argoproj.io/sync-wave": String(wave) } },
      ...{ finalizers: given.finalizers ?? [finalizer] },
      ...(given.deletionTimestamp === undefined ? {} : { deletionTimestamp: given.deletionTimestamp }),
    },
    spec: { syncPolicy: { automated: { prune: true, selfHeal: true } } },
    ...(operation === undefined ? {} : { operation }),
    status: {
      sync: { status: sync },
      health: { status: health },
      ...(conditions === undefined ? {} : { conditions }),
      operationState: { phase, message, retryCount, syncResult: { resources: synced ?? null } },
      resources: resources ?? null,
    },
  };
}

/** The root application, which deploys these. */
export function root(children: Readonly<Record<string, number>>, given: AppState = {}): Manifest {
  const resources = Object.entries(children).map(([name, syncWave]) => ({
    ...{ group: "argoproj.io", version: "v1alpha1", kind: "Application", namespace: "dev" },
    ...{ name, syncWave, status: "Synced" },
  }));
  return app("root-app", { resources, ...given });
}

/** The Secret whose certificate the platform trusts. */
export const trustedSecret: Manifest = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "tls-orch", namespace: "orch-gateway" },
  data: {
    "tls.crt": Buffer.from("CHAIN").toString("base64"),
    "tls.key": Buffer.from("private-key-seed").toString("base64"),
  },
};
