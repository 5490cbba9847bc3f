import { z } from "zod";
import { refusalOf, releaseNames } from "../../gitops/releases";
import { SecretArns } from "./secret-arns";
import { EdgeNodeProxy } from "./edge-node-proxy";
import { ReleaseService } from "./release-service";
import { Services } from "./services";
import { TraefikRateLimit } from "./traefik-rate-limit";

/** Settings of the platform layer in an environment file. */
export const Settings = z.strictObject({
  release: z
    .enum(releaseNames, {
      error: ({ input }) =>
        typeof input === "string"
          ? `must be ${releaseNames.map((name) => `"${name}"`).join(" or ")}: ${refusalOf(input)}`
          : `must be a release in quotes, e.g. "${releaseNames[0]}"`,
    })
    .default(releaseNames[0])
    .describe("Release of the Edge Orchestrator's platform that Argo CD deploys"),
  services: Services.prefault({}).describe("Services of the platform that are deployed"),
  traefikRateLimit: TraefikRateLimit.prefault({ source: "none" }).describe(
    "Rate limit of the platform's ingress for each client, in addition to that of layers.lb-waf.waf",
  ),
  edgeNodeProxy: EdgeNodeProxy.optional().describe(
    "Proxies of edge nodes; the proxy of the cluster is layers.eks.nodes.proxy",
  ),
  releaseService: ReleaseService.optional().describe(
    "Charts, images and files of the platform from a mirror of your own; unset: from their publisher",
  ),
  observabilitySize: z
    .enum(["standard", "large"])
    .default("standard")
    .describe(
      "Size of observability: replicas, volumes and limits of Loki and Mimir for the edge nodes' data",
    ),
  edgeInfrastructureSize: z
    .enum(["standard", "1k", "10k"])
    .default("standard")
    .describe("Size of edge infrastructure: CPU and memory that its pods request, by number of edge nodes"),
  secrets: SecretArns.prefault({}).describe("Secrets in Secrets Manager that the operator provides"),
  passwordVersion: z
    .int()
    .min(1)
    .default(1)
    .describe("Increase it to generate new passwords for the platform's administrators and Git users"),
});

/** Validated settings of the platform layer. */
export type Settings = z.output<typeof Settings>;
