import { blockType } from "../schema/types";
import type { Attributes, Context } from "./behaviour";
import { canonical } from "./canonical";
import type { CloudObject } from "./cloud";
import { conform } from "./conform";
import { type Diagnostic, problem } from "./diagnostic";
import { fillUnknown, takeComputed } from "./fill";
import { isUnset } from "./record";
import { danglingReferences, dependencyViolation } from "./references";
import type { Change, ResourceType } from "./resource-type";
import { isUnknown } from "./unknown";

/** The state after a change: the earlier one when it was refused. */
export interface Applied {
  readonly state: Attributes | null;
  readonly id?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Creates, updates or deletes an object of the simulated cloud. */
export function applyChange(type: ResourceType, { prior, planned, config }: Change, id: string): Applied {
  if (!planned) return prior ? remove(type, prior, id) : { state: null, diagnostics: [] };
  const verb = prior ? "updating" : "creating";
  const missing = danglingReferences(type.definition, type.context(id).cloud, config);
  if (missing.length > 0) {
    const detail = `no such object in the simulated cloud: ${missing.join(", ")}`;
    return { state: prior, diagnostics: [problem(`${verb} ${type.name}`, detail)] };
  }
  return prior ? update(type, { prior, planned, config }, id) : create(type, planned, config);
}

function create(type: ResourceType, planned: Attributes, config: Attributes): Applied {
  const seed = canonical(blockType(type.block), config);
  for (let attempt = 0; ; attempt++) {
    const id = newId(type, planned, `${seed}#${attempt}`);
    const context = type.context(id);
    const refusal = type.behaviour.check?.(planned, context);
    if (refusal) return refused("creating", { type, id, prior: null }, refusal);
    const state = settle(type, { planned, config }, context);
    const owner = type.behaviour.goesWith?.(state);
    const createdAt = new Date().toISOString();
    const object = { type: type.name, id, attributes: state, createdAt, ...(owner && { owner }) };
    if (type.behaviour.overwrites?.(planned)) context.cloud.remove(type.name, id);
    if (context.cloud.claim(object)) {
      createAlongside(type, object, context);
      return { state, id, diagnostics: [] };
    }
    // An id that stays the same is a name, and names are taken once; a hashed one is tried again with another seed.
    if (newId(type, planned, `${seed}#${attempt + 1}`) === id)
      return refused("creating", { type, id, prior: null }, `${type.name} ${id} already exists`);
  }
}

function newId({ behaviour, context }: ResourceType, planned: Attributes, seed: string): string {
  const undecided = context("", seed);
  if (typeof behaviour.id === "function") return behaviour.id(planned, undecided);
  if (typeof planned["id"] === "string") return planned["id"];
  return `${behaviour.id ?? ""}${undecided.hash("id")}`;
}

function createAlongside({ behaviour }: ResourceType, object: CloudObject, context: Context): void {
  for (const side of behaviour.also?.({ ...object.attributes }, context) ?? [])
    context.cloud.put({ ...side, createdAt: object.createdAt, owner: `${object.type} ${object.id}` });
}

function update(
  type: ResourceType,
  { prior, planned, config }: Change & { planned: Attributes },
  id: string,
): Applied {
  const context = type.context(id);
  const refusal = type.behaviour.check?.(planned, context);
  if (refusal) return refused("updating", { type, id, prior }, refusal);
  const before = context.cloud.get(type.name, id);
  const settled = settle(type, { planned, config }, context);
  const state = { ...settled, ...type.behaviour.afterUpdate?.(settled, context) };
  const createdAt = before?.createdAt ?? new Date().toISOString();
  context.cloud.put({ ...before, type: type.name, id, attributes: state, createdAt });
  return { state, diagnostics: [] };
}

function remove(type: ResourceType, prior: Attributes, id: string): Applied {
  const context = type.context(id);
  const refusal =
    protection(prior) ??
    type.behaviour.remove?.(prior, context) ??
    dependencyViolation(type.definition, context.cloud, { type: type.name, id });
  if (refusal) return refused("deleting", { type, id, prior }, refusal);
  const successor = context.cloud.get(type.name, id)?.successor;
  context.cloud.remove(type.name, id);
  if (successor) context.cloud.put(successor);
  const sides = context.cloud.all().filter(({ owner }) => owner === `${type.name} ${id}`);
  for (const side of sides) context.cloud.remove(side.type, side.id);
  return { state: null, diagnostics: [] };
}

/** Services differ in the name of the argument, not in the rule. */
function protection(state: Attributes): string | undefined {
  const name = ["deletion_protection", "enable_deletion_protection"].find((key) => state[key] === true);
  return name && `OperationNotPermitted: it cannot be deleted because ${name} is true`;
}

interface Refused {
  readonly type: ResourceType;
  readonly id: string;
  readonly prior: Attributes | null;
}

function refused(verb: string, { type, id, prior }: Refused, refusal: string): Applied {
  return { state: prior, diagnostics: [problem(`${verb} ${type.name} (${id})`, refusal)] };
}

/** Decides everything that was unknown in the plan. */
function settle(
  type: ResourceType,
  change: { planned: Attributes; config: Attributes },
  context: Context,
): Attributes {
  const values = { ...change.planned };
  for (const [name, value] of Object.entries(change.config))
    if (isUnknown(values[name]) && !isUnset(value)) values[name] = value;
  if (isUnknown(values["id"])) values["id"] = context.id;
  const computed = type.behaviour.computed?.(values, context) ?? {};
  const decided = takeComputed(type.block, values, computed);
  const filled = fillUnknown(type.block, decided, (open) => type.definition.fallback(open, context));
  return conform(type.block, filled) ?? decided;
}
