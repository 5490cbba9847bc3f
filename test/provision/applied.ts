import { FakeWorld } from "./fake-world";
import { run } from "./runs";

/** A state, as far as a test looks into it. */
export interface State {
  readonly serial: number;
  readonly lineage: string;
  readonly resources: readonly object[];
}

let known: Promise<FakeWorld> | undefined;

/** A world in which every toy layer is applied, and in which nothing has been printed or run since. */
export async function appliedWorld(): Promise<FakeWorld> {
  known ??= apply();
  return (await known).copy();
}

/** The same, with the state of "ground" and its key in the account. */
export async function appliedGround() {
  const world = await appliedWorld();
  const key = [...world.cloud.stored.keys()].find((path) => path.endsWith("/ground/dev")) ?? "";
  const text = world.cloud.stored.get(key) ?? "";
  return { world, key, text, state: JSON.parse(text) as State };
}

async function apply(): Promise<FakeWorld> {
  const world = new FakeWorld();
  const code = await run(world, "--env dev --yes");
  if (code !== 0) throw new Error(`The toy layers were not applied: ${String(code)}`);
  return world;
}
