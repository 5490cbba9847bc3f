import type { Handlers, Request } from "../protocol/tfplugin";
import { applyChange } from "./apply";
import type { Attributes } from "./behaviour";
import { conform } from "./conform";
import { unconfigurableValues } from "./configurable";
import { problem } from "./diagnostic";
import { injectedFailure } from "./faults";
import { identityOf, privateId } from "./identity";
import { importObject } from "./import";
import { planChange } from "./plan";
import type { SimulatedProvider } from "./provider";
import { isRecord } from "./record";
import { fromWire, toWire } from "./wire";
import { wireDiagnostics } from "./wire-diagnostics";
import { keepWriteOnly, withoutWriteOnlyVersions } from "./write-only";

type ResourceCall =
  | "ValidateResourceConfig"
  | "UpgradeResourceState"
  | "ReadResource"
  | "PlanResourceChange"
  | "ApplyResourceChange"
  | "ImportResourceState";

/** Calls about resources. */
export function resourceHandlers(provider: SimulatedProvider): Pick<Handlers, ResourceCall> {
  return {
    ValidateResourceConfig: (request) => validate(provider, request),
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const state: unknown = JSON.parse(Buffer.from(raw_state?.json ?? []).toString("utf8"));
      return { upgraded_state: toWire(conform(provider.resourceType(type_name).block, state)) };
    },
    ReadResource: (request) => read(provider, request),
    PlanResourceChange: (request) => plan(provider, request),
    ApplyResourceChange: (request) => apply(provider, request),
    ImportResourceState: ({ type_name, id }) => importObject(provider, type_name, id),
  };
}

function validate(provider: SimulatedProvider, request: Request<"ValidateResourceConfig">): Answer {
  const type = provider.resourceType(request.type_name);
  const config = attributes(request.config) ?? {};
  return {
    diagnostics: wireDiagnostics([
      ...unconfigurableValues(type.block, config),
      ...type.definition.checkValues(type.name, config),
      ...(type.behaviour.validate?.(config, type.context("")) ?? []),
    ]),
  };
}

function read(provider: SimulatedProvider, request: Request<"ReadResource">): Answer {
  const type = provider.resourceType(request.type_name);
  const { block, name, behaviour, context } = type;
  const current = attributes(request.current_state) ?? {};
  const object = provider.parts.cloud.get(name, identityOf(current, request.private));
  const returned = object && behaviour.returned?.({ ...object.attributes }, context(object.id));
  // Timeouts are the configuration's own; no service stores them.
  const timeouts = block.block_types["timeouts"] && { timeouts: current["timeouts"] };
  const state = object && {
    ...conform(block, { ...current, ...withoutWriteOnlyVersions(type, object.attributes), ...returned }),
    ...timeouts,
  };
  return { new_state: toWire(state ?? null), private: request.private };
}

function plan(provider: SimulatedProvider, request: Request<"PlanResourceChange">): Answer {
  const type = provider.resourceType(request.type_name);
  const { planned, replace } = planChange(type, {
    prior: attributes(request.prior_state),
    planned: attributes(request.proposed_new_state),
    config: attributes(request.config) ?? {},
  });
  return {
    planned_state: toWire(planned),
    requires_replace: replace.map((name) => ({ steps: [{ attribute_name: name }] })),
    planned_private: request.prior_private,
    legacy_type_system: type.definition.legacyTypeSystem,
  };
}

async function apply(provider: SimulatedProvider, request: Request<"ApplyResourceChange">): Promise<Answer> {
  const type = provider.resourceType(request.type_name);
  const { faults, keepWriteOnly: keepValues = false } = provider.parts.settings;
  const prior = attributes(request.prior_state);
  const planned = attributes(request.planned_state);
  const legacy_type_system = type.definition.legacyTypeSystem;
  const verb = prior ? (planned ? "updating" : "deleting") : "creating";
  const begins = await provider.stopper.wait(faults.latencyMs);
  const failure = begins ? planned && injectedFailure(faults, type.name, planned) : cancelled;
  if (failure) {
    const diagnostics = wireDiagnostics([problem(`${verb} ${type.name}`, failure)]);
    return { new_state: toWire(prior), private: request.planned_private, diagnostics, legacy_type_system };
  }
  const change = { prior, planned, config: attributes(request.config) ?? {} };
  const known = identityOf(prior, request.planned_private);
  const { state, id, diagnostics } = applyChange(type, change, known);
  if (state) keepWriteOnly(type, { id: id ?? known, keepValues }, change.config);
  const ready = diagnostics.length > 0 || (await provider.stopper.wait(faults.readyMs));
  const unseen = ready ? [] : [problem(`waiting for ${type.name} after ${verb} it`, cancelled)];
  return {
    // Terraform marks as tainted what a creation returns with an error; a deletion whose end nobody saw stays in the state.
    new_state: toWire(ready ? state : (state ?? prior)),
    private: id === undefined ? request.planned_private : privateId(id),
    diagnostics: wireDiagnostics([...diagnostics, ...unseen]),
    legacy_type_system,
  };
}

/** What the AWS provider says when Terraform is interrupted. */
const cancelled = "context canceled";

type Answer = Readonly<Record<string, unknown>>;

function attributes(message: Parameters<typeof fromWire>[0]): Attributes | null {
  const value = fromWire(message);
  return isRecord(value) ? value : null;
}
