import { z } from "zod";
import { refusalOf, releaseNames } from "../../gitops/releases";
import { SecretArns } from "./secret-arns";
import { Services } from "./services";

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
