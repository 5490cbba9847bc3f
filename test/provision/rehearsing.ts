import { FakeWorld } from "./fake-world";

/** What the simulated account still has when a rehearsal has ended. */
interface Left {
  readonly objects: readonly { readonly type: string; readonly id: string }[];
  readonly locks: string[];
}

/** A world whose rehearsals run against the account in memory. */
export function rehearsing(left: Partial<Left> = {}): FakeWorld {
  const world = new FakeWorld();
  rehearseInMemory(world, left);
  return world;
}

/** Lets a world's rehearsals run against the account in memory. */
export function rehearseInMemory(
  { product, cloud }: FakeWorld,
  { objects = [], locks = [] }: Partial<Left> = {},
): void {
  const rehearsal = {
    environment: {},
    objects: () => objects.map((object) => ({ ...object, attributes: {} })),
    lockFiles: () => locks,
    removeLock: (bucket: string, key: string) => {
      locks.splice(locks.indexOf(`${bucket}/${key}`), 1);
    },
    stored: (bucket: string, key: string) => cloud.stored.get(`${bucket}/${key}`),
    stop: () => Promise.resolve(),
  };
  Object.assign(product, { startRehearsal: () => Promise.resolve(rehearsal) });
}
