import type { EmulatedLayer } from "./emulated-environment";
import { apply, change, destroy, inState, lift, prepare, pendingKinds, secondPlan } from "./emulated-runs";
import { inOrder, type Step } from "./in-order";
import { forgotten, type Gap } from "./moto-gaps";
import { type Answers, everythingIn } from "./moto-lists";
import { RealInit } from "./real-init";
import type { Variables } from "./terraform";

/** What became of an environment, from its first apply to its end. */
export interface Life {
  /** Steps that failed, by their names, with Terraform's output. */
  readonly failures: readonly string[];
  /** What there was: types, addresses, and types by layer. */
  readonly created: ReadonlySet<string>;
  /** What a second plan would change although moto forgets nothing of it. */
  readonly unexplained: readonly string[];
  /** What is in the state of a layer when everything is destroyed. */
  readonly inStates: readonly string[];
  /** Objects that moto lists before the first apply, after the last apply, and after the destroy. */
  readonly lists: Readonly<Record<"before" | "between" | "after", Answers>>;
  /** The gaps that were met. */
  readonly met: ReadonlySet<Gap>;
}

/** How an environment goes through its full cycle. */
interface Course {
  /** Moto itself. */
  readonly url: string;
  /** What leads Terraform there. */
  readonly variables: Variables;
  /** Whether everything is planned again when it is applied. */
  readonly plansAgain: boolean;
}

/** Terraform runs at a time; most of them wait most of the time. */
const atOnce = 4;

/** Applies every layer, plans it again, changes and destroys it; several at a time, in the order of their needs. */
export async function fullCycle(layers: readonly EmulatedLayer[], course: Course): Promise<Life> {
  const { url, variables, plansAgain } = course;
  const met = new Set(layers.flatMap((layer) => layer.met));
  const unexplained: string[] = [];
  const planAgain = async (layer: EmulatedLayer) => {
    const found = [...(await secondPlan(layer, variables)), ...pendingKinds(layer)];
    for (const kind of found) {
      const gap = forgotten.find(({ type, attribute }) => isWithin(kind, `${type}.${attribute}`));
      if (gap === undefined) unexplained.push(`${layer.name}: ${kind}`);
      else met.add(gap);
    }
  };
  const init = new RealInit();
  const rise = layers.flatMap((layer): Step[] => {
    const { name, needs } = layer;
    const withReaders = [name, ...readersOf(layer, layers)];
    const applyFirst = async () => {
      await prepare(layer, variables, init);
      await apply(layer, variables);
    };
    return [
      { name: `apply ${name}`, after: to("apply", needs), run: applyFirst },
      // What reads from a layer may have changed it.
      {
        name: `plan ${name}`,
        after: to("apply", withReaders),
        run: plansAgain ? () => planAgain(layer) : rest,
      },
      {
        name: `change ${name}`,
        // The plans of those that read from a layer would see its change; and a state that is written cannot be read.
        after: [...to("plan", withReaders), ...to("lift", needs)],
        run: () => change(layer, variables),
      },
      { name: `lift ${name}`, after: to("change", [name]), run: () => lift(layer, variables) },
    ];
  });
  const fall = layers.map((layer): Step => {
    const after = to("destroy", readersOf(layer, layers));
    return { name: `destroy ${layer.name}`, after, run: () => destroy(layer, variables) };
  });

  const before = await everythingIn(url);
  const risen = await timed("apply, plan, change, lift", inOrder(rise, atOnce));
  const created = new Set(layers.flatMap(namesOf));
  const between = await everythingIn(url);
  const fallen = await timed("destroy", inOrder(fall, atOnce));
  const after = await everythingIn(url);
  const inStates = layers.flatMap((layer) =>
    inState(layer).map(({ type, name }) => `${layer.name}: ${type}.${name}`),
  );
  return {
    failures: [...risen, ...fallen],
    created,
    unexplained,
    inStates,
    lists: { before, between, after },
    met,
  };
}

async function rest(): Promise<void> {
  // Nothing is to be done.
}

function to(verb: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${verb} ${name}`);
}

function readersOf({ name }: EmulatedLayer, layers: readonly EmulatedLayer[]): readonly string[] {
  return layers.filter(({ needs }) => needs.includes(name)).map((reader) => reader.name);
}

function namesOf(layer: EmulatedLayer): readonly string[] {
  return inState(layer).flatMap(({ type, name }) => [type, `${type}.${name}`, `${layer.name}/${type}`]);
}

/** Whether a difference is that of an attribute, or of something in it. */
function isWithin(kind: string, attribute: string): boolean {
  return kind === attribute || kind.startsWith(`${attribute}.`) || kind.startsWith(`${attribute}[`);
}

/** Prints the duration, as progress of a long test run. */
async function timed<Result>(what: string, work: Promise<Result>): Promise<Result> {
  const start = Date.now();
  const result = await work;
  console.log(`${what}: ${Math.round((Date.now() - start) / 1000)} s`);
  return result;
}
