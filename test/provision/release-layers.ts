import { type AnyLayer, defineLayer, inOrder } from "../../lib/layer/layer";
import { releaseService } from "../../modules/release-service/layer";
import type { FakeWorld } from "./fake-world";
import { cellar, toyEnvironment } from "./toys";

const stand: AnyLayer = defineLayer({
  name: "release-service",
  summary: "Releases",
  settings: releaseService.settings,
  needs: {},
  outputs: {},
  publishing: ({ environment, settings }) => releaseService.publishing?.({ environment, settings }),
  build: () => ({}),
});

/** The release service, without the layers that it needs. */
export const releaseLayers = inOrder([cellar, stand]);

/** Gives the environment "dev" of a world these settings of the release service. */
export function withReleaseService(world: FakeWorld, settings: object): void {
  const layers = JSON.stringify({ "release-service": settings });
  world.texts.set("configs/dev.yaml", `${toyEnvironment}layers: ${layers}\n`);
}
