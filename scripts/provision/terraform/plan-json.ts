import { z } from "zod";
import type { PlannedChange as UnmaskedChange } from "../../../lib/layer/override";
import { jsonOrUndefined } from "../run/json";
import type { OutputChange, PlannedChange, PlannedValue, PlanReading } from "../run/plan";
import { attributeChanges } from "./attribute-changes";
import { planDigest } from "./plan-digest";
import { maskMarked } from "./plan-secrets";
import { PlanSide } from "./plan-side";

const change = z.object({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  importing: z.object({ id: z.string().default("") }).nullish(),
});

const resource = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string().default("managed"),
  type: z.string(),
  name: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});

/** The parts of a plan that are used: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const shape = z.object({
  // Another major version would mean something else by the same names.
  format_version: z.string().regex(/^1\./),
  resource_changes: z.array(resource).default([]),
  resource_drift: z.array(resource).default([]),
  output_changes: z.record(z.string(), change).default({}),
});

type Resource = z.infer<typeof resource>;
type Mask = (text: string) => string;

/** A plan as `terraform show -json` prints it. */
export interface PlanJson extends Pick<PlanReading, "changes" | "outputs" | "drift"> {
  readonly digest: string;
  /** Every value of what changes, also secret ones, for the layer's own correction of its plan alone. */
  readonly unmasked: readonly UnmaskedResource[];
}

/** What a plan changes of a resource, with every value. */
export interface UnmaskedResource extends UnmaskedChange {
  readonly address: string;
  /** Whether it takes an existing object into the state. */
  readonly isImport: boolean;
}

/** Reads the JSON of a plan; undefined if it is none, or of a format that is not known. */
export function readPlanJson(text: string, maskKnown: Mask): PlanJson | undefined {
  const parsed = shape.safeParse(jsonOrUndefined(text));
  if (!parsed.success) return undefined;
  const { resource_changes, resource_drift, output_changes } = parsed.data;
  const resources = [...resource_changes, ...resource_drift].map((one) => one.change);
  const maskFound = maskMarked([...resources, ...Object.values(output_changes)]);
  const mask = (value: string) => maskKnown(maskFound(value));
  const changing = resource_changes.filter((one) => actionOf(one) !== undefined);
  return {
    digest: planDigest({
      changes: changing.flatMap((one) => plannedChange({ ...one, change: unmarked(one.change) }, String)),
      outputs: Object.entries(output_changes).flatMap(([name, one]) =>
        outputChange(name, unmarked(one), String),
      ),
    }),
    changes: changing.flatMap((one) =>
      plannedChange(one, mask).map((changed) => ({ ...changed, ...insteadOf(one, resource_drift) })),
    ),
    drift: resource_drift.flatMap((one) => plannedChange(one, mask)).flatMap(withoutEmpty),
    outputs: Object.entries(output_changes).flatMap(([name, one]) => outputChange(name, one, mask)),
    unmasked: changing.map(({ address, type, name, change: { actions, before, after, importing } }) => ({
      ...{ address, type, name, actions, before, after },
      isImport: importing !== undefined && importing !== null,
    })),
  };
}

/** The object whose place a new one takes: it is replaced, or does not exist any more. */
function insteadOf(
  { address, change }: Resource,
  drift: readonly Resource[],
): Pick<PlannedChange, "instead"> {
  const isGone = ({ address: other, change: { actions } }: Resource) =>
    other === address && actions.join() === "delete";
  const { before } = change.actions.length > 1 ? change : (drift.find(isGone)?.change ?? {});
  const { id } = Object(before) as { readonly id?: unknown };
  return typeof id === "string" ? { instead: id } : {};
}

/** The same, in which nothing is secret. */
function unmarked(planned: z.infer<typeof change>): z.infer<typeof change> {
  return { ...planned, before_sensitive: undefined, after_sensitive: undefined };
}

function plannedChange(planned: Resource, mask: Mask): readonly PlannedChange[] {
  const action = actionOf(planned);
  if (action === undefined) return [];
  const { address, type, deposed, previous_address, action_reason } = planned;
  const importId = planned.change.importing?.id;
  return [
    {
      ...{ address, type, action, name: nameOf(planned) },
      // Without an object that is empty as a whole.
      attributes: attributesOf(planned.change, mask).filter(({ path }) => path !== ""),
      ...(previous_address === undefined ? {} : { previousAddress: previous_address }),
      ...(importId === undefined ? {} : { importId: mask(importId) }),
      ...(deposed === undefined ? reasonOf(action_reason) : { reason: "deposed" }),
    },
  ];
}

/** Providers read nothing where an empty text, list or map was written, and the other way round. */
function withoutEmpty(drifted: PlannedChange): readonly PlannedChange[] {
  const attributes = drifted.attributes.filter(({ before, after }) => !isEmpty(before) || !isEmpty(after));
  return drifted.action === "delete" || attributes.length > 0 ? [{ ...drifted, attributes }] : [];
}

function isEmpty(value: PlannedValue): boolean {
  if (value.kind !== "value") return value.kind === "absent";
  return ["null", '""', "[]", "{}"].includes(JSON.stringify(value.value));
}

function reasonOf(reason: string | undefined): Pick<PlannedChange, "reason"> {
  return reason === undefined ? {} : { reason };
}

/** As Terraform's messages call it; undefined for what changes no object. */
function actionOf({ mode, change: { actions, importing }, previous_address }: Resource): string | undefined {
  if (mode !== "managed") return undefined;
  if (actions.length > 1) return "replace";
  const [action] = actions;
  if (action === "forget") return "remove";
  if (action !== "no-op" && action !== undefined) return action;
  if (importing) return "import";
  return previous_address === undefined ? undefined : "move";
}

/** The address without the type, which a module may stand before. */
function nameOf({ address, type, name }: Resource): string {
  const start = address.indexOf(`${type}.${name}`);
  return start === -1 ? name : `${address.slice(0, start)}${address.slice(start + type.length + 1)}`;
}

function outputChange(name: string, planned: z.infer<typeof change>, mask: Mask): readonly OutputChange[] {
  const [action] = planned.actions;
  if (action !== "create" && action !== "update" && action !== "delete") return [];
  return [{ name, action, attributes: attributesOf(planned, mask) }];
}

function attributesOf(planned: z.infer<typeof change>, mask: Mask) {
  const { before, before_sensitive, after, after_sensitive, after_unknown, replace_paths } = planned;
  return attributeChanges({
    before: new PlanSide(before, before_sensitive),
    after: new PlanSide(after, after_sensitive, after_unknown),
    replacePaths: replace_paths,
    mask,
  });
}
