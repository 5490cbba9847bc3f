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
  readonly wanted: Wanted;
}

/**
 * Every object that exists and is of a resource that the plan of a layer would create. Terraform judges each; what it imports makes
 * further values known, by which more can be found.
 */
export async function findObjects(
  terraform: Terraform,
  files: Files,
  sources: Sources,
): Promise<readonly FoundObject[]> {
  const search = new Search(sources);
  for (;;) {
    const tried = search.next();
    const verdict = await judge(terraform, files, tried);
    if (verdict.kind === "refused") search.reject(verdict.candidates);
    else await search.accept(tried, verdict.changes);
    if (search.isOver) return search.found;
  }
}

/** What was found so far, and what is to be tried. */
class Search {
  readonly found: FoundObject[] = [];
  private readonly wanted = new Map<string, Wanted>();
  private readonly open: Candidate[] = [];
  private readonly seen = new Set<string>();
  private hasPlan = false;

  constructor(private readonly sources: Sources) {}

  get isOver(): boolean {
    return this.hasPlan && this.open.length === 0;
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
    for (const one of tried.filter((candidate) => this.open.includes(candidate))) {
      const change = changes.find(({ address }) => address === one.address);
      const wanted = this.wanted.get(one.address);
      if (change !== undefined && wanted !== undefined)
        this.found.push({ ...one, actions: change.actions, values: record(change.before), wanted });
    }
    const left = this.open.filter((one) => !tried.includes(one));
    this.open.splice(0, Infinity, ...left);
    for (const change of changes) if (change.actions.join() === "create") await this.want(change);
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
