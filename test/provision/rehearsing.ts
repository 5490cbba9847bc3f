import { FakeWorld } from "./fake-world";

/** A world whose rehearsals run against the account in memory. */
export function rehearsing(): FakeWorld {
  const world = new FakeWorld();
  Object.assign(world.product, {
    startRehearsal: () =>
      Promise.resolve({
        environment: {},
        objects: () => [],
        lockFiles: () => [],
        stop: () => Promise.resolve(),
      }),
  });
  return world;
}
