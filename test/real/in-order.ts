/** Something that may have to wait for others. */
interface Item {
  readonly name: string;
}

/** How to run a job for many. */
export interface Order<I extends Item> {
  /** The names of those that must have succeeded before. */
  readonly after: (item: I) => readonly string[];
  readonly atOnce: number;
}

/** Runs a job for each item as soon as it may; says for which it failed, and why. */
export async function inOrder<I extends Item>(
  items: readonly I[],
  { after, atOnce }: Order<I>,
  job: (item: I) => Promise<void>,
): Promise<readonly string[]> {
  const failures = new Map<string, string>();
  const runs = new Map<string, Promise<void>>();
  const turn = turns(atOnce);

  const run = (item: I): Promise<void> => {
    const known = runs.get(item.name);
    if (known !== undefined) return known;
    const started = start(item);
    runs.set(item.name, started);
    return started;
  };
  const start = async (item: I): Promise<void> => {
    const earlier = items.filter(({ name }) => after(item).includes(name));
    await Promise.all(earlier.map(run));
    const failed = earlier.find(({ name }) => failures.has(name));
    if (failed !== undefined) {
      failures.set(item.name, `${item.name}: not tried, because of ${failed.name}`);
      return;
    }
    const done = await turn();
    try {
      await job(item);
    } catch (error) {
      failures.set(item.name, `${item.name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      done();
    }
  };
  await Promise.all(items.map(run));
  return [...failures.values()];
}

/** Waits until one of so many places is free; gives what frees it. */
function turns(places: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let free = places;
  const done = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return async () => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return done;
  };
}
