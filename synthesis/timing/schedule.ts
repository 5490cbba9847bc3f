/** Something that takes a known time, once what it waits for has ended. */
export interface Task {
  readonly name: string;
  readonly seconds: number;
  readonly after: readonly string[];
}

/** When a task ran, and the task whose end let it start: one that it waits for, or the last in its slot. */
export interface Run {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly freedBy: string | undefined;
  /** Whether it could have started earlier, had there been more slots. */
  readonly waitedForSlot: boolean;
}

/** The times of all tasks. */
export interface Schedule {
  readonly runs: ReadonlyMap<string, Run>;
  readonly seconds: number;
}

/**
 * Runs tasks as early as possible, at most `slots` at a time; of those that could start, the first listed starts first.
 * Throws when a task waits for one that is not listed, or tasks wait for each other.
 */
export function schedule(tasks: readonly Task[], slots: number): Schedule {
  const runs = new Map<string, Run>();
  let waiting = [...tasks];
  let running: Run[] = [];
  let now: Pick<Run, "end" | "name"> | undefined;
  while (waiting.length > 0 || running.length > 0) {
    const ready = waiting.filter(({ after }) => after.every((name) => runs.has(name)));
    const started = ready.slice(0, slots - running.length);
    waiting = waiting.filter((task) => !started.includes(task));
    running = [...running, ...started.map((task) => begin(task, now))];
    const next = earliest(running);
    if (next === undefined)
      throw new Error(`Cannot schedule ${list(waiting)}: what they wait for never ends`);
    running = running.filter((run) => run !== next);
    runs.set(next.name, next);
    now = next;
  }
  return { runs, seconds: now?.end ?? 0 };
}

/** The tasks with the longest chain behind them first: those that the end waits for. */
export function longestChainFirst(tasks: readonly Task[]): readonly Task[] {
  const chains = new Map<string, number>();
  const chain = (task: Task): number => {
    const known = chains.get(task.name);
    if (known !== undefined) return known;
    const behind = tasks.filter(({ after }) => after.includes(task.name)).map(chain);
    const seconds = task.seconds + Math.max(0, ...behind);
    chains.set(task.name, seconds);
    return seconds;
  };
  return [...tasks].sort((one, other) => chain(other) - chain(one));
}

/** The chain of tasks that decides when the last one ends, first to last. */
export function criticalPath({ runs }: Schedule): readonly Run[] {
  const path: Run[] = [];
  let run = [...runs.values()].at(-1);
  while (run !== undefined) {
    path.unshift(run);
    run = run.freedBy === undefined ? undefined : runs.get(run.freedBy);
  }
  return path;
}

function begin({ name, seconds, after }: Task, now: Pick<Run, "end" | "name"> | undefined): Run {
  if (now === undefined) return { name, start: 0, end: seconds, freedBy: undefined, waitedForSlot: false };
  const end = now.end + seconds;
  return { name, start: now.end, end, freedBy: now.name, waitedForSlot: !after.includes(now.name) };
}

function earliest(running: readonly Run[]): Run | undefined {
  return running.reduce<Run | undefined>(
    (first, run) => (first === undefined || run.end < first.end ? run : first),
    undefined,
  );
}

function list(tasks: readonly Task[]): string {
  return tasks.map(({ name }) => `"${name}"`).join(", ");
}
