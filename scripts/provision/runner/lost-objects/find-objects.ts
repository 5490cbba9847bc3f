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

/** What may exist beside what the state has. */
export interface Displaced extends Candidate {
  readonly type: string;
  /** Whether the object in the state exists, and is to be replaced; otherwise it is gone. */
  readonly isReplaced: boolean;
}

/** What exists, and what the plan would do. */
export interface FoundObjects {
  readonly found: readonly FoundObject[];
  /** What it would create. */
  readonly wanted: readonly Wanted[];
  /** Addresses whose objects in the state it would replace, and delete last. */
  readonly replaced: readonly string[];
  /** Addresses whose objects in the state it would delete. */
  readonly ended: readonly string[];
  /** For resources that the state has: their objects do not exist any more, or are to be replaced. Terraform imports nothing in their place. */
  readonly displaced: readonly Displaced[];
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
    if (search.isOver) return search;
  }
}

/** What was found so far, and what is to be tried. */
class Search implements FoundObjects {
  found: readonly FoundObject[] = [];
  ended: readonly string[] = [];
  replaced: readonly string[] = [];
  readonly displaced: Displaced[] = [];
  private readonly wants = new Map<string, Wanted>();
  private readonly open: Candidate[] = [];
  private readonly seen = new Set<string>();
  private hasPlan = false;

  constructor(private readonly sources: Sources) {}

  get isOver(): boolean {
    return this.hasPlan && this.open.length === 0;
  }

  get wanted(): readonly Wanted[] {
    return [...this.wants.values()];
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
    this.ended = changes.filter(({ actions }) => actions.includes("delete")).map(({ address }) => address);
    const news = tried.filter((candidate) => this.open.includes(candidate));
    // What is found later makes values known of what was found before.
    const known = this.found.flatMap((one) => (tried.includes(one) ? this.read(one, changes) : [one]));
    this.found = [...known, ...news.flatMap((one) => this.read(one, changes))];
    for (const { address, type, actions } of changes.filter(({ isImport }) => !isImport)) {
      const isReplaced = actions.length > 1;
      const beside = news.filter((candidate) => candidate.address === address);
      this.displaced.push(...beside.map((candidate) => ({ ...candidate, type, isReplaced })));
    }
    const left = this.open.filter((one) => !tried.includes(one));
    this.open.splice(0, Infinity, ...left);
    for (const change of changes.filter(({ actions }) => actions.join() === "create"))
      await this.want(change);
    // Unless the old object goes first, the new one may exist beside it.
    const replaced = changes.filter(
      ({ actions, isImport }) => actions.join() === "create,delete" && !isImport,
    );
    for (const change of replaced) await this.offer(wantedOf(change), ["record", "tags"]);
    this.replaced = replaced.map(({ address }) => address);
  }

  private read(candidate: Candidate, changes: readonly UnmaskedResource[]): readonly FoundObject[] {
    const { address, id, by } = candidate;
    const change = changes.find((one) => one.address === address);
    const wanted = this.wants.get(address);
    if (change?.isImport !== true || wanted === undefined) return [];
    const { actions, before, after } = change;
    return [{ address, id, by, actions, values: record(before), planned: record(after), wanted }];
  }

  private async want(change: UnmaskedResource): Promise<void> {
    const wanted = wantedOf(change);
    this.wants.set(wanted.address, wanted);
    await this.offer(wanted);
  }

  private async offer(
    wanted: Wanted,
    by: readonly Candidate["by"][] = ["record", "tags", "key", "name"],
  ): Promise<void> {
    for (const candidate of await candidatesFor(wanted, this.sources)) {
      if (!by.includes(candidate.by)) continue;
      const key = `${wanted.address} ${candidate.id}`;
      if (!this.seen.has(key)) this.open.push(candidate);
      this.seen.add(key);
    }
  }
}

function wantedOf({ address, type, after }: UnmaskedResource): Wanted {
  return { address, type, values: record(after) };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return Object(value) as Readonly<Record<string, unknown>>;
}
