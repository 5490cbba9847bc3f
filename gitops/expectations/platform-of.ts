import { z } from "zod";
import type { LoadedEnvironment } from "../../lib/environment/environment";

const Platform = z.looseObject({
  release: z.string(),
  services: z.record(z.string(), z.boolean()).default({}),
});

/** The settings of the platform that an environment has: among others its release, and which of its services are on. */
export function platformOf({ settings }: Pick<LoadedEnvironment, "settings">): z.output<typeof Platform> {
  return Platform.parse(settings["platform"]);
}
