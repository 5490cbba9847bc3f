import { z } from "zod";
import { jsonOrUndefined } from "../run/json";

/** One object that a state holds. */
export interface StoredObject {
  /** As Terraform calls it, without the key of `count` or `for_each`: `aws_vpc.vpc`. */
  readonly address: string;
  readonly type: string;
  /** Of an object of `count` or `for_each`, as in its whole address: `["a"]`; otherwise empty. */
  readonly index: string;
  readonly keyed: boolean;
  readonly inModule: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Names of attributes that hold something sensitive. */
  readonly sensitive: readonly string[];
  /** `tainted`: its creation failed, so the next apply replaces it. `deposed`: it is replaced already, but not deleted. */
  readonly fault: "tainted" | "deposed" | undefined;
}

/** A state as it is stored in the bucket. */
export interface StoredState {
  readonly lineage: string | undefined;
  readonly serial: number;
  /** The Terraform that wrote it. */
  readonly terraformVersion: string | undefined;
  /** Names alone: a value may be sensitive. */
  readonly outputs: readonly string[];
  /** Those that Terraform manages; data sources are not among them. */
  readonly objects: readonly StoredObject[];
}

/** The format since Terraform 0.12: https://developer.hashicorp.com/terraform/internals/json-format */
const formatVersion = 4;
const sensitivePath = z.array(z.looseObject({ value: z.unknown() }));
const instance = z.object({
  index_key: z.union([z.string(), z.number()]).nullish(),
  status: z.string().optional(),
  deposed: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  sensitive_attributes: z.array(sensitivePath).nullish(),
});
const resource = z.object({
  module: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  instances: z.array(instance),
});
const shape = z.object({
  version: z.number(),
  terraform_version: z.string().optional(),
  lineage: z.string().optional(),
  serial: z.number(),
  outputs: z.record(z.string(), z.unknown()).default({}),
  resources: z.array(resource),
});

/** Reads the text of a state; returns a clause that says what is wrong with it, without quoting any of it. */
export function readStoredState(text: string): StoredState | string {
  if (text.trim() === "") return "the object is empty";
  const json = jsonOrUndefined(text);
  if (json === undefined) return "the object is not JSON";
  const read = shape.safeParse(json);
  if (!read.success) return "the object is not a Terraform state";
  const { version, serial, lineage, terraform_version: terraformVersion, outputs, resources } = read.data;
  if (version !== formatVersion)
    return `its format is version ${version} of Terraform's, and this release reads version ${formatVersion}`;
  const managed = resources.filter(({ mode }) => mode === "managed");
  return {
    ...{ serial, lineage, terraformVersion, outputs: Object.keys(outputs) },
    objects: managed.flatMap((each) => each.instances.map((one) => storedObject(each, one))),
  };
}

const outputsShape = z.object({
  outputs: z.record(z.string(), z.looseObject({ value: z.unknown(), sensitive: z.boolean().optional() })),
});

/** The values of the outputs in the text of a state, without sensitive ones; a clause when it cannot be read. */
export function readStoredOutputs(text: string): Readonly<Record<string, unknown>> | string {
  const state = readStoredState(text);
  if (typeof state === "string") return state;
  const read = outputsShape.safeParse(jsonOrUndefined(text));
  if (!read.success) return "its outputs are not those of a Terraform state";
  const open = Object.entries(read.data.outputs).filter(([, { sensitive }]) => sensitive !== true);
  return Object.fromEntries(open.map(([name, { value }]) => [name, value]));
}

/** The values of all outputs in the text of a state, also of sensitive ones; undefined when it cannot be read. */
export function readEveryOutput(text: string): Readonly<Record<string, unknown>> | undefined {
  const read = outputsShape.safeParse(jsonOrUndefined(text));
  if (!read.success) return undefined;
  return Object.fromEntries(Object.entries(read.data.outputs).map(([name, { value }]) => [name, value]));
}

function storedObject(
  { module, type, name }: z.infer<typeof resource>,
  given: z.infer<typeof instance>,
): StoredObject {
  const paths = given.sensitive_attributes ?? [];
  return {
    address: `${module === undefined ? "" : `${module}.`}${type}.${name}`,
    type,
    index: isKeyed(given) ? `[${JSON.stringify(given.index_key)}]` : "",
    keyed: isKeyed(given),
    inModule: module !== undefined,
    attributes: given.attributes ?? {},
    sensitive: paths.flatMap(([first]) => (typeof first?.value === "string" ? [first.value] : [])),
    fault: faultOf(given),
  };
}

function isKeyed({ index_key: key }: z.infer<typeof instance>): boolean {
  return key !== undefined && key !== null;
}

function faultOf({ deposed, status }: z.infer<typeof instance>): StoredObject["fault"] {
  if (deposed !== undefined) return "deposed";
  return status === "tainted" ? "tainted" : undefined;
}
