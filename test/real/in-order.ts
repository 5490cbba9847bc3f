/** Something to be done. */
export interface Step {
  readonly name: string;
  /** Names of the steps that must have succeeded before. */
  readonly after: readonly string[];
  readonly run: () => Promise<void>;
}

/** Runs every step as soon as it may, so many at a time; gives the name and the error of each that failed. */
export async function inOrder(steps: readonly Step[], atOnce: number): Promise<readonly string[]> {
  const failures = new Map<string, string>();
  const runs = new Map<Step, Promise<void>>();
  const turn = turns(atOnce);

  const once = (step: Step): Promise<void> => {
    const run = runs.get(step) ?? start(step);
    runs.set(step, run);
    return run;
  };
  const start = async (step: Step): Promise<void> => {
    const earlier = steps.filter(({ name }) => step.after.includes(name));
    await Promise.all(earlier.map(once));
    const failed = earlier.find(({ name }) => failures.has(name));
    if (failed !== undefined) {
      failures.set(step.name, `${step.name}: not tried, because "${failed.name}" failed`);
      return;
    }
    const done = await turn();
    try {
      await step.run();
    } catch (error) {
      failures.set(step.name, `${step.name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      done();
    }
  };
  await Promise.all(steps.map(once));
  return [...failures.values()];
}

/** Waits until one of so many places is free; gives what frees it again. */
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
