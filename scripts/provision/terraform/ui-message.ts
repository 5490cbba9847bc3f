import { z } from "zod";
import { type Diagnostic, diagnosticShape } from "./diagnostics";
import { jsonOrUndefined } from "../run/json";
import type { Change } from "../run/plan";

/** One line of `terraform plan -json` or `apply -json`, with the fields that are used here. */
export type UiMessage =
  | {
      readonly kind: "planned" | "drift" | "started" | "done" | "errored";
      readonly change: Change;
      readonly text: string;
    }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic; readonly text: string }
  /** How many objects a plan changes; `planned`: it was of a plan, not of an apply. */
  | {
      readonly kind: "summary";
      readonly planned: boolean;
      readonly changes: number;
      readonly text: string;
    }
  /** The outputs, and how many of them a plan changes. */
  | { readonly kind: "outputs"; readonly changes: number; readonly text: string }
  /** A state that Terraform could not save anywhere; `text` does not have it. */
  | { readonly kind: "state dump"; readonly state: string; readonly text: string }
  | { readonly kind: "other"; readonly text: string };

const resource = z.object({ addr: z.string(), resource_type: z.string() });
const change = z.object({ resource, action: z.string(), id_value: z.string().optional() });
const line = z.object({
  "@message": z.string().default(""),
  type: z.string().default("log"),
  change: change.optional(),
  hook: z.unknown().optional(),
  diagnostic: diagnosticShape.optional(),
  changes: z
    .looseObject({ operation: z.string() })
    .catchall(z.union([z.number(), z.string()]))
    .optional(),
  outputs: z.record(z.string(), z.looseObject({ action: z.string().optional() })).optional(),
  state: z.looseObject({ serial: z.number(), lineage: z.string() }).optional(),
});

const changeKinds: Readonly<Record<string, "planned" | "drift">> = {
  planned_change: "planned",
  resource_drift: "drift",
};
const hookKinds: Readonly<Record<string, "started" | "done" | "errored">> = {
  apply_start: "started",
  apply_complete: "done",
  apply_errored: "errored",
};

/** Parses one line of Terraform's machine-readable output; other text is returned unchanged. */
export function readUiMessage(text: string): UiMessage {
  const parsed = line.safeParse(jsonOrUndefined(text));
  if (!parsed.success) return { kind: "other", text };
  const message = parsed.data;
  const said = message["@message"];
  if (message.diagnostic) return { kind: "diagnostic", diagnostic: message.diagnostic, text: said };
  if (message.state) return { kind: "state dump", state: JSON.stringify(message.state), text: said };
  const counted = countedMessage(message);
  if (counted !== undefined) return { ...counted, text: said };
  const changeKind = changeKinds[message.type];
  if (changeKind && message.change) return { kind: changeKind, change: toChange(message.change), text: said };
  const hookKind = hookKinds[message.type];
  const hook = change.safeParse(message.hook);
  if (hookKind && hook.success) return { kind: hookKind, change: toChange(hook.data), text: said };
  return { kind: "other", text: said };
}

/** https://developer.hashicorp.com/terraform/internals/machine-readable-ui#change-summary */
function countedMessage({ type, changes, outputs }: z.infer<typeof line>) {
  if (type === "change_summary" && changes !== undefined) {
    const counts = Object.values(changes).filter((count) => typeof count === "number");
    const sum = counts.reduce((total, count) => total + count, 0);
    return { kind: "summary" as const, planned: changes.operation === "plan", changes: sum };
  }
  if (type !== "outputs" || outputs === undefined) return undefined;
  const changing = Object.values(outputs).filter(({ action = "noop" }) => action !== "noop");
  return { kind: "outputs" as const, changes: changing.length };
}

function toChange({ resource, action, id_value: id }: z.infer<typeof change>): Change {
  const changed = { address: resource.addr, type: resource.resource_type, action };
  return id === undefined ? changed : { ...changed, id };
}
