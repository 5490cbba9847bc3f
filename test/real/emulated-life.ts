import type { EmulatedLayer } from "./emulated-environment";
import { apply, destroy, inState, lift, secondPlan } from "./emulated-runs";
import { inOrder, type Order } from "./in-order";
import { forgotten, type Gap } from "./moto-gaps";
import { everythingIn } from "./moto-lists";
import type { Variables } from "./terraform";

/** What became of an environment, from its first apply to its end. */
export interface Life {
  /** Layers for which a phase failed, with Terraform's words. */
  readonly failures: Readonly<Record<Phase, readonly string[]>>;
  /** What there was: types, addresses, and types by layer. */
  readonly made: ReadonlySet<string>;
  /** What a second plan would change although moto forgets nothing of it. */
  readonly unexplained: readonly string[];
  /** Addresses that are in a state when everything is destroyed. */
  readonly inStates: readonly string[];
  /** What moto lists before anything is made, when everything is, and when everything is destroyed. */
  readonly lists: Readonly<Record<"before" | "between" | "after", Readonly<Record<string, string>>>>;
  /** The gaps that were met. */
  readonly met: ReadonlySet<Gap>;
}

type Phase = "apply" | "second plan" | "lift" | "destroy";

/** Where an environment lives. */
interface Cloud {
  readonly url: string;
  /** What leads Terraform there. */
  readonly variables: Variables;
}

/** Applies every layer, plans it again and destroys it; several at a time, in the order of their needs. */
export async function wholeLife(layers: readonly EmulatedLayer[], cloud: Cloud): Promise<Life> {
  const { url, variables } = cloud;
  const failures: Record<Phase, readonly string[]> = { apply: [], "second plan": [], lift: [], destroy: [] };
  const phase = async (
    name: Phase,
    order: Order<EmulatedLayer>,
    job: (layer: EmulatedLayer) => Promise<void>,
  ) => {
    const started = Date.now();
    failures[name] = await inOrder(layers, order, job);
    console.log(`${name}: ${layers.length} layers in ${Math.round((Date.now() - started) / 1000)} s`);
  };

  const before = await everythingIn(url);
  await phase("apply", { after: ({ needs }) => needs, atOnce: 4 }, (layer) => apply(layer, variables));
  const made = new Set(layers.flatMap(namesOf));
  const between = await everythingIn(url);
  const met = new Set(layers.flatMap((layer) => layer.met));
  const unexplained: string[] = [];
  // Most of an apply is waiting, a plan is work.
  await phase("second plan", { after: () => [], atOnce: 3 }, async (layer) => {
    for (const kind of await secondPlan(layer, variables)) {
      const gap = forgotten.find(({ type, attribute }) => isWithin(kind, `${type}.${attribute}`));
      if (gap === undefined) unexplained.push(`${layer.name}: ${kind}`);
      else met.add(gap);
    }
  });
  await phase("lift", { after: () => [], atOnce: 4 }, (layer) => lift(layer, variables));
  await phase("destroy", { after: readersAmong(layers), atOnce: 4 }, async (layer) => {
    for (const gap of await destroy(layer, variables)) met.add(gap);
  });
  const inStates = layers.flatMap((layer) => inState(layer).map(({ type, name }) => `${type}.${name}`));
  return {
    failures,
    made,
    unexplained,
    inStates,
    lists: { before, between, after: await everythingIn(url) },
    met,
  };
}

function namesOf(layer: EmulatedLayer): readonly string[] {
  return inState(layer).flatMap(({ type, name }) => [type, `${type}.${name}`, `${layer.name}/${type}`]);
}

function readersAmong(layers: readonly EmulatedLayer[]): (layer: EmulatedLayer) => readonly string[] {
  return ({ name }) => layers.filter(({ needs }) => needs.includes(name)).map((reader) => reader.name);
}

/** Whether a difference is that of an attribute, or of something in it. */
function isWithin(kind: string, attribute: string): boolean {
  return kind === attribute || kind.startsWith(`${attribute}.`) || kind.startsWith(`${attribute}[`);
}
