import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CloudObject } from "../../rehearsal/engine/cloud";
import { identityOf } from "../../rehearsal/engine/identity";
import type { Account } from "./account";

/** What is wrong with an account after a run; each list names what it counts. */
export interface Found {
  /** Locks of Terraform's or of the environment's. */
  readonly locks: readonly string[];
  /** Objects that no state knows. */
  readonly orphans: readonly string[];
  /** Objects that a state knows, and that do not exist. */
  readonly lost: readonly string[];
  /** Finished objects that do not exist any more, or anew. */
  readonly replaced: readonly string[];
  /** States that could not be saved, and still wait for it. */
  readonly unsaved: readonly string[];
}

/** Looks at an account and at the folder of its runs. `finished` is what the disturbance must not have cost. */
export function inspect(account: Account, work: string, finished: readonly CloudObject[]): Found {
  const objects = account.objects();
  const stored = account.stored();
  const known = statesIn(stored);
  const existing = new Map(objects.map((object) => [nameOf(object), object]));
  return {
    locks: [...locksIn(stored), ...filesBelow(work, /^run\.lock/)],
    // What a service creates beside an object goes with it.
    orphans: objects.filter((object) => object.owner === undefined && !known.has(nameOf(object))).map(nameOf),
    lost: [...known].filter((name) => !existing.has(name)),
    replaced: finished
      .filter((object) => existing.get(nameOf(object))?.createdAt !== object.createdAt)
      .map(nameOf),
    unsaved: filesBelow(work, /^errored\.tfstate$/),
  };
}

/** The objects that the provider had reported as finished `readyMs` before now. */
export function finishedObjects(account: Account, now: number, readyMs: number): readonly CloudObject[] {
  const slack = 500;
  return account.objects().filter(({ createdAt }) => Date.parse(createdAt) + readyMs + slack < now);
}

/** How many objects there are of each type, so that two accounts can be compared. */
export function census(objects: readonly CloudObject[]): string {
  const counts = new Map<string, number>();
  for (const { type } of objects) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => `${type} ${count}`)
    .sort()
    .join("\n");
}

function nameOf({ type, id }: Pick<CloudObject, "type" | "id">): string {
  return `${type} ${id}`;
}

/** What a run leaves on purpose: the lock of an environment that is released, and a probe of the bucket. */
const noLock = /"kind":"released"|^\{\}\s*$/;

function locksIn(stored: ReadonlyMap<string, string>): readonly string[] {
  return [...stored]
    .filter(([key, text]) => key.endsWith(".tflock") && !noLock.test(text))
    .map(([key]) => key);
}

interface State {
  readonly version: 4;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: unknown; readonly private?: string }[];
  }[];
}

function statesIn(stored: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = [...stored.values()].flatMap((text) => {
    const state = stateIn(text);
    if (state === undefined) return [];
    return (
      state.resources
        // Terraform's own terraform_data exists in states alone.
        .filter(({ mode, type }) => mode === "managed" && !type.startsWith("terraform_"))
        .flatMap(({ type, instances }) =>
          instances.map(({ attributes, private: bytes = "" }) =>
            nameOf({ type, id: identityOf(attributes, Buffer.from(bytes, "base64")) }),
          ),
        )
    );
  });
  return new Set(names);
}

/** A state of Terraform; undefined if the text is something else. */
function stateIn(text: string): State | undefined {
  try {
    // Of all that a state bucket holds, only states have both.
    const found = JSON.parse(text) as Partial<State> | null;
    return found?.version === 4 && Array.isArray(found.resources) ? (found as State) : undefined;
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string, name: RegExp): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ".terraform" ? [] : filesBelow(path, name);
    return name.test(entry.name) ? [path] : [];
  });
}
