import { z } from "zod";
import { lifecycleDays } from "../../lib/aws-facts/lifecycle-days";

const WithAccount = z.strictObject({
  credentialsFile: z
    .string()
    .min(1)
    .describe(
      'JSON file {"username": "…", "accessToken": "…"}; its content is not stored in state, plans or logs',
    ),
  credentialsVersion: z
    .int()
    .min(1)
    .default(1)
    .describe(
      "Increase it when the file changes: Terraform does not store the value and cannot detect the change",
    ),
});

/** Settings of the registry-cache layer in an environment file. */
export const Settings = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Cache public images in ECR, so that pulls do not depend on the availability and rate limits of the registries (about 0.10 USD per GB and month); not in GovCloud and China, where ECR has no such cache",
    ),
  withoutAccount: z
    .array(z.enum(["k8s", "public", "quay"]))
    .default(["k8s", "public", "quay"])
    .describe("Cached registries that require no credentials: registry.k8s.io, public.ecr.aws, quay.io"),
  docker: WithAccount.optional().describe("Credentials for Docker Hub; unset: docker.io is not cached"),
  ghcr: WithAccount.optional().describe("Credentials for GitHub; unset: ghcr.io is not cached"),
  retentionDays: lifecycleDays(1)
    .default(30)
    .describe("Days after which a cached image expires; the next pull fetches it again"),
});

/** Validated settings of the registry-cache layer. */
export type Settings = z.output<typeof Settings>;
