import { z } from "zod";
import type { Terraform } from "./terraform";

/** A managed object in a state. */
export interface ListedObject {
  /** As in a plan, e.g. `aws_subnet.public["a"]`; without the path of a module: layers have none. */
  readonly address: string;
  readonly type: string;
  readonly id: string | undefined;
  /** As the provider stored them, also secret ones. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether it is replaced already, and only not deleted yet. */
  readonly isDeposed: boolean;
}

/** Summary of a Terraform state. */
export interface StateHead {
  readonly lineage: string;
  readonly serial: number;
  /** Managed objects in it. */
  readonly objects: number;
  readonly listed: readonly ListedObject[];
  /** Address and ID of each object: two states with equal contents have the same objects. */
  readonly contents: string;
  /** IDs of the managed objects of one type. */
  readonly ids: (type: string) => readonly string[];
  /** The managed objects of one type, and the default ones of a VPC, which have a type of their own and the IDs of this one. */
  readonly of: (type: string) => readonly ListedObject[];
  /** Whether an object is in it. */
  readonly has: (type: string, id: string) => boolean;
  /** ARNs of managed objects by address, without those of `count` and `for_each`. */
  readonly arns: Readonly<Record<string, string>>;
}

const stateShape = z.object({
  lineage: z.string(),
  serial: z.number(),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          index_key: z.union([z.string(), z.number()]).optional(),
          deposed: z.string().optional(),
          attributes: z.looseObject({ id: z.unknown(), arn: z.unknown() }).partial().nullish(),
        }),
      ),
    }),
  ),
});

/** Parses a state; undefined if it is empty, or what Terraform prints where there is none. */
export function readStateHead(text: string | undefined): StateHead | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const { lineage, serial, resources } = stateShape.parse(JSON.parse(text));
  // One that could not be saved has no lineage yet, either.
  if (lineage === "" && resources.length === 0) return undefined;
  const objects = resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ index_key: key, attributes, deposed }) => {
        const values = attributes ?? {};
        const { id, arn } = values;
        return { type, name, key, id, arn, values, isDeposed: deposed !== undefined };
      }),
    );
  const lines = objects.map(({ type, name, key, id }) => JSON.stringify([type, name, key, id]));
  const listed = objects.map(({ type, name, key, id, values, isDeposed }) => {
    const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
    const address = `${type}.${name}${index}`;
    return { type, address, id: typeof id === "string" ? id : undefined, values, isDeposed };
  });
  const of = (wanted: string) => listed.filter(({ type }) => withoutDefault(type) === withoutDefault(wanted));
  return {
    ...{ lineage, serial, objects: objects.length, contents: lines.toSorted().join("\n") },
    listed,
    arns: Object.fromEntries(
      objects.flatMap(({ type, name, key, arn }) =>
        key === undefined && typeof arn === "string" ? [[`${type}.${name}`, arn]] : [],
      ),
    ),
    of,
    has: (type, known) => of(type).some(({ id }) => id === known),
    ids: (wanted) =>
      objects.flatMap(({ type, id }) => (type === wanted && typeof id === "string" ? [id] : [])),
  };
}

function withoutDefault(type: string): string {
  return type.replace(/^aws_default_/, "aws_");
}

/** The summary of the state in the initialised backend. */
export async function pullStateHead(terraform: Terraform): Promise<StateHead | undefined> {
  return readStateHead(await terraform.document(["state", "pull"]));
}

const outputsShape = z.record(z.string(), z.object({ value: z.unknown() }));

/** The values of every output in the state, by name. */
export async function readOutputs(terraform: Terraform): Promise<Readonly<Record<string, unknown>>> {
  const printed = await terraform.document(["output", "-json"], { evenDraining: true });
  const outputs: unknown = JSON.parse(printed);
  outputsShape.parse(outputs);
  // The shape was checked on the line above; zod's copy would lose an output called __proto__.
  const entries = Object.entries(outputs as z.infer<typeof outputsShape>);
  return Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
}
