import { z } from "zod";

const WithAccount = z.strictObject({
  credentialsFile: z
    .string()
    .min(1)
    .describe('JSON file {"username": "…", "accessToken": "…"}, which no state, plan or log ever shows'),
  credentialsVersion: z
    .int()
    .min(1)
    .default(1)
    .describe("Raise it whenever the file has changed: a value that is never kept cannot be compared"),
});

/** What an environment file may say about the registry-cache layer. */
export const Settings = z.strictObject({
  enabled: z
    .boolean()
    .default(false)
    .describe(
      "Keep copies of public images in ECR, so that pulling them neither fails nor is limited when their registry is (about 0.10 USD a GB and month)",
    ),
  withoutAccount: z
    .array(z.enum(["k8s", "public", "quay"]))
    .default(["k8s", "public", "quay"])
    .describe("Cached registries that want no account: registry.k8s.io, public.ecr.aws, quay.io"),
  docker: WithAccount.optional().describe("Account at Docker Hub; unset: docker.io is not cached"),
  ghcr: WithAccount.optional().describe("Account at GitHub; unset: ghcr.io is not cached"),
  retentionDays: z
    .int()
    .min(1)
    .default(30)
    .describe("Days that a copy is kept; what is pulled after that is fetched again"),
});

/** Checked settings of the registry-cache layer. */
export type Settings = z.output<typeof Settings>;
