import { z } from "zod";
import { jsonOrUndefined } from "./json";
import type { Records } from "./records";

const file = z.object({
  version: z.literal(1),
  applied: z.array(z.string()),
  seconds: z.record(z.string(), z.array(z.number().nonnegative())),
});

const about = "How long changes took in earlier runs, for the expected times on the screen; may be deleted";

/** As many of the newest durations of a kind are kept. */
const kept = 5;

/** Shorter ones are not kept: they are calls of an API, which need no expectation. */
const leastSeconds = 3;

/** What earlier runs of an environment took, and which layers they applied. */
export class Durations {
  private readonly seconds: Map<string, readonly number[]>;
  private readonly applied: Set<string>;

  /** A file that is missing, or that nobody can read, is as good as an empty one. */
  constructor(
    private readonly files: Pick<Records, "read" | "write">,
    private readonly path: string,
  ) {
    const { seconds = {}, applied = [] } =
      file.safeParse(jsonOrUndefined(readOrEmpty(files, path))).data ?? {};
    this.seconds = new Map(Object.entries(seconds));
    this.applied = new Set(applied);
  }

  /** The median of the newest durations of a kind, e.g. `create aws_eks_cluster`; undefined when there is none. */
  median(kind: string): number | undefined {
    const sorted = (this.seconds.get(kind) ?? []).toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)];
  }

  add(kind: string, seconds: number): void {
    const earlier = this.seconds.get(kind);
    if (earlier === undefined && seconds < leastSeconds) return;
    this.seconds.set(kind, [...(earlier ?? []), Math.round(seconds * 10) / 10].slice(-kept));
  }

  /** Whether the layer was there when a run last changed it. */
  hasApplied(layer: string): boolean {
    return this.applied.has(layer);
  }

  setApplied(layer: string, applied: boolean): void {
    if (applied) this.applied.add(layer);
    else this.applied.delete(layer);
  }

  write(): void {
    const seconds = Object.fromEntries([...this.seconds].sort(([one], [other]) => (one < other ? -1 : 1)));
    const text = JSON.stringify({ about, version: 1, applied: [...this.applied], seconds }, undefined, 2);
    this.files.write(this.path, `${text}\n`);
  }
}

function readOrEmpty(files: Pick<Records, "read">, path: string): string {
  try {
    return files.read(path) ?? "";
  } catch {
    return "";
  }
}
