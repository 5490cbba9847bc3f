import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { z } from "zod";
import type { UserError } from "../../../lib/errors";
import { defineLayer, inOrder } from "../../../lib/layer/layer";
import type { Rollout } from "../../../lib/layer/rollout";
import { eks } from "../../../modules/eks/layer";
import { kubernetes } from "../../../scripts/provision/world/kubernetes";
import { FakeAws } from "../../provision/fake-aws";
import { token } from "../../provision/fake-cluster";
import { FakeWorld } from "../../provision/fake-world";
import { standIn } from "../../provision/publishing";
import { run } from "../../provision/runs";
import { cellar } from "../../provision/toys";
import type { Api, KubernetesObject } from "./api";
import { clusterHost } from "./cluster";
import { eksEndpoint } from "../../provision/eks-endpoint";

/** The product before a real cluster: its account and its Terraform are in memory. */
export interface Product {
  /** Runs a command line; returns the exit code, or the failure. */
  provision(words: string): Promise<number | UserError>;
  /** What was printed, line by line. */
  readonly printed: readonly string[];
}

/** Where the cluster is, and what its Argo CD deploys. */
export interface Place {
  readonly api: Api;
  /** Of the environment, and of the namespace of its Applications. */
  readonly namespace: string;
  readonly project: KubernetesObject;
  /** URL by which the API is reached, if it is not its own. */
  readonly url?: string;
  /** How much faster the product's clock runs, so that a test need not wait for its limits; default: 1. */
  readonly acceleration?: number;
}

/** Starts the product with an environment that is applied. */
export async function startProduct({
  api,
  namespace,
  project,
  url = api.access.url,
  acceleration = 1,
}: Place): Promise<Product> {
  const layers = layersOf(api, rolloutOf(namespace, project));
  const world = new FakeWorld();
  const applied = await run(world, "--env dev --yes --skip-rollout", layers);
  if (applied !== 0) throw new Error(`The environment was not applied: ${String(applied)}`);
  world.printed.length = 0;
  Object.assign(world.clock, {
    now: () => new Date(),
    seconds: () => (performance.now() / 1000) * acceleration,
    every: (seconds: number, act: () => void) => {
      const timer = setInterval(act, (seconds * 1000) / acceleration);
      return () => {
        clearInterval(timer);
      };
    },
  });
  Object.assign(world.kubernetes, kubernetes);
  world.environment = { ...world.environment, TF_VAR_cluster_endpoint: url };
  const aws = new FakeAws(world);
  aws.answers.set("eks get-token", token(world, api.access.token));
  aws.answers.set("elbv2 describe-target-health", {
    TargetHealthDescriptions: [{ TargetHealth: { State: "healthy" } }],
  });
  return { provision: (words) => run(world, words, layers), printed: world.printed };
}

function rolloutOf(namespace: string, project: KubernetesObject): Rollout {
  return {
    argocdNamespace: "argocd",
    namespace,
    rootApplication: "root-app",
    automatic: true,
    // What the layer renders is an object of the kind AppProject.
    projects: { [project.metadata.name]: project["spec"] as Readonly<Record<string, unknown>> },
    entrance: () =>
      Promise.resolve({
        targetGroupArns: { traefik: "arn:traefik" },
        hosts: ["dev.example.com"],
        securedHosts: [],
        internal: false,
        trusted: { namespace: "orch-gateway", name: "tls-orch" },
      }),
  };
}

/** The state bucket, a cluster, and a layer in it that Argo CD deploys from. */
function layersOf({ access }: Api, rollout: Rollout) {
  const cluster = standIn(eks, {
    clusterName: "dev",
    endpoint: `https://${clusterHost}`,
    certificateAuthority: Buffer.from(access.authority).toString("base64"),
  });
  const platform = defineLayer({
    name: "argocd",
    summary: "Applications",
    settings: z.strictObject({}),
    needs: { cluster },
    reaches: eksEndpoint,
    outputs: {},
    rollout: () => rollout,
    build(stack) {
      new SecurityGroup(stack, "applications", { name: "applications" });
      return {};
    },
  });
  return inOrder([cellar, cluster, platform]);
}
