import { ZodError } from "zod";
import type { Application } from "../../kubernetes/application";
import { causesOf } from "../../kubernetes/causes";
import type { KubernetesApi } from "../../world/index";
import type { ApplicationRow } from "./rows";

/** Starting takes a moment. */
const patienceSeconds = 60;
/** What is wrong changes, e.g. from an image that is pulled to a program that ends. */
const renewSeconds = 30;
/** Each takes several requests. */
const mostAtOnce = 4;

/** Why applications are not healthy: read when one fails, or takes long in the wave that all others wait for. */
export class Causes {
  private readonly read = new Map<string, { readonly lines: readonly string[]; readonly at: number }>();
  private readonly waiting = new Map<string, number>();

  constructor(private readonly api: KubernetesApi) {}

  /** What is known of an Application. */
  of(name: string): readonly string[] {
    return this.read.get(name)?.lines ?? [];
  }

  /** Reads what is missing or old. */
  async update(
    rows: readonly ApplicationRow[],
    applications: readonly Application[],
    seconds: number,
  ): Promise<void> {
    const wave = rows.find(({ state }) => state !== "done")?.wave;
    const wanted = rows.filter((row) => this.isWanted(row, wave, seconds));
    const names = new Set(wanted.map(({ name }) => name));
    for (const name of this.read.keys()) if (!names.has(name)) this.read.delete(name);
    const old = wanted.filter(({ name }) => seconds - (this.read.get(name)?.at ?? -Infinity) >= renewSeconds);
    for (const { name } of old.slice(0, mostAtOnce)) {
      const application = applications.find(({ metadata }) => metadata.name === name);
      if (application === undefined) continue;
      this.read.set(name, { lines: await this.causesOf(application), at: seconds });
    }
  }

  /** An object of an unknown shape explains nothing, and ends nothing. */
  private async causesOf(application: Application): Promise<readonly string[]> {
    try {
      return await causesOf(this.api, application);
    } catch (error) {
      if (error instanceof ZodError) return [];
      throw error;
    }
  }

  private isWanted(
    { name, state, wave }: ApplicationRow,
    current: number | undefined,
    seconds: number,
  ): boolean {
    if (state === "failing" || state === "retrying") return true;
    if (state !== "waiting" || wave !== current) {
      this.waiting.delete(name);
      return false;
    }
    const since = this.waiting.get(name) ?? seconds;
    this.waiting.set(name, since);
    return seconds - since >= patienceSeconds;
  }
}
