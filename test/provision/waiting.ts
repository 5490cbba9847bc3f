import { FakeWorld } from "./fake-world";

/** A world in which waiting takes no time of ours, and as many seconds as it says. */
export function waiting(): { world: FakeWorld; waited: () => number } {
  const world = new FakeWorld();
  const commandSeconds = world.clock.seconds.bind(world.clock);
  let waited = 0;
  Object.assign(world.clock, {
    seconds: () => commandSeconds() + waited,
    every: (seconds: number, act: () => void) => {
      const timer =
        seconds === 1 &&
        setInterval(() => {
          waited += 1;
          act();
        });
      return () => {
        clearInterval(timer || undefined);
      };
    },
  });
  return { world, waited: () => waited };
}
