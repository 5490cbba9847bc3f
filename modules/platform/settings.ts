import { z } from "zod";
import { refusalOf, releaseNames } from "../../gitops/releases";
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
  passwordVersion: z
    .int()
    .min(1)
    .default(1)
    .describe("Increase it to generate new passwords for the platform's administrators and Git users"),
});

/** Validated settings of the platform layer. */
export type Settings = z.output<typeof Settings>;
