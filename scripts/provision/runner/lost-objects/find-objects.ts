import type { Terraform } from "../../terraform/terraform";
import type { UnmaskedResource } from "../../terraform/plan-json";
import type { Files } from "../../world/index";
import { type Candidate, candidatesFor, type Sources, type Wanted } from "./candidates";
import { judge } from "./importing-plan";

/** An object that exists, and that a plan would create once more. */
export interface FoundObject extends Candidate {
  /** What Terraform plans for the resource if it is this object, e.g. `["no-op"]`. */
  readonly actions: readonly string[];
  /** As Terraform reads it. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The same once Terraform has changed it; what is not known yet is absent. */
  readonly planned: Readonly<Record<string, unknown>>;
  readonly wanted: Wanted;
}

/** What exists, and what the plan would create although nothing was found. */
export interface FoundObjects {
  readonly found: readonly FoundObject[];
  readonly missing: readonly Wanted[];
}

/**
 * Every object that exists and is of a resource that the plan of a layer would create. Terraform judges each; what it imports makes
 * further values known, by which more can be found.
 */
export async function findObjects(
  terraform: Terraform,
  files: Files,
  sources: Sources,
): Promise<FoundObjects> {
  const search = new Search(sources);
  for (;;) {
    const tried = search.next();
    const verdict = await judge(terraform, files, tried);
    if (verdict.kind === "refused") search.reject(verdict.candidates);
    else await search.accept(tried, verdict.changes);
    if (search.isOver) return { found: search.found, missing: search.missing };
  }
}

/** What was found so far, and what is to be tried. */
class Search {
  found: readonly FoundObject[] = [];
  private readonly wanted = new Map<string, Wanted>();
  private readonly open: Candidate[] = [];
  private readonly seen = new Set<string>();
  private hasPlan = false;

  constructor(private readonly sources: Sources) {}

  get isOver(): boolean {
    return this.hasPlan && this.open.length === 0;
  }

  get missing(): readonly Wanted[] {
    const known = new Set(this.found.map(({ address }) => address));
    return [...this.wanted.values()].filter(({ address }) => !known.has(address));
  }

  /** One candidate for each resource: those not tried yet before those that were found. */
  next(): readonly Candidate[] {
    const all: readonly Candidate[] = [...this.open, ...this.found];
    return all.filter((one, index) => all.findIndex(({ address }) => address === one.address) === index);
  }

  reject(refused: readonly Candidate[]): void {
    const isRefused = (one: Candidate) =>
      refused.some(({ address, id }) => address === one.address && id === one.id);
    const left = this.open.filter((one) => !isRefused(one));
    if (left.length === this.open.length) throw new Error("an object that was found is gone");
    this.open.splice(0, Infinity, ...left);
  }

  async accept(tried: readonly Candidate[], changes: readonly UnmaskedResource[]): Promise<void> {
    this.hasPlan = true;
    const news = tried.filter((candidate) => this.open.includes(candidate));
    // What is found later makes values known of what was found before.
    const known = this.found.flatMap((one) => (tried.includes(one) ? this.read(one, changes) : [one]));
    this.found = [...known, ...news.flatMap((one) => this.read(one, changes))];
    const left = this.open.filter((one) => !tried.includes(one));
    this.open.splice(0, Infinity, ...left);
    for (const change of changes) if (change.actions.join() === "create") await this.want(change);
  }

  private read(candidate: Candidate, changes: readonly UnmaskedResource[]): readonly FoundObject[] {
    const { address, id, by } = candidate;
    const change = changes.find((one) => one.address === address);
    const wanted = this.wanted.get(address);
    if (change === undefined || wanted === undefined) return [];
    const { actions, before, after } = change;
    return [{ address, id, by, actions, values: record(before), planned: record(after), wanted }];
  }

  private async want({ address, type, after }: UnmaskedResource): Promise<void> {
    const wanted: Wanted = { address, type, values: record(after) };
    this.wanted.set(address, wanted);
    for (const candidate of await candidatesFor(wanted, this.sources)) {
      const key = `${address} ${candidate.id}`;
      if (!this.seen.has(key)) this.open.push(candidate);
      this.seen.add(key);
    }
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return Object(value) as Readonly<Record<string, unknown>>;
}
