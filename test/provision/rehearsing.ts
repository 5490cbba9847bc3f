import { FakeWorld } from "./fake-world";

/** A world whose rehearsals run against the account in memory. */
export function rehearsing(): FakeWorld {
  const world = new FakeWorld();
  rehearseInMemory(world);
  return world;
}

/** Lets a world's rehearsals run against the account in memory. */
export function rehearseInMemory({ product }: FakeWorld): void {
  const rehearsal = {
    environment: {},
    objects: () => [],
    lockFiles: () => [],
    stop: () => Promise.resolve(),
  };
  Object.assign(product, { startRehearsal: () => Promise.resolve(rehearsal) });
}
