import { z } from "zod";
import { type Diagnostic, diagnosticShape } from "./diagnostics";
import { jsonOrUndefined } from "../run/json";

/** What Terraform means to do, or does, with one object. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** create, update, delete, replace, read, move, import, forget, noop */
  readonly action: string;
}

/** One line of `terraform plan -json` or `apply -json`, as far as we read it. */
export type Event =
  | {
      readonly kind: "planned" | "drift" | "started" | "done";
      readonly change: Change;
      readonly text: string;
    }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic; readonly text: string }
  | { readonly kind: "other"; readonly text: string };

const resource = z.object({ addr: z.string(), resource_type: z.string() });
const change = z.object({ resource, action: z.string() });
const line = z.object({
  "@message": z.string().default(""),
  type: z.string().default("log"),
  change: change.optional(),
  hook: z.unknown().optional(),
  diagnostic: diagnosticShape.optional(),
});

const changeKinds: Readonly<Record<string, "planned" | "drift">> = {
  planned_change: "planned",
  resource_drift: "drift",
};
const hookKinds: Readonly<Record<string, "started" | "done">> = {
  apply_start: "started",
  apply_complete: "done",
};

/** Reads one line of Terraform's machine-readable output; text that is none comes back as it is. */
export function readEvent(text: string): Event {
  const parsed = line.safeParse(jsonOrUndefined(text));
  if (!parsed.success) return { kind: "other", text };
  const event = parsed.data;
  const message = event["@message"];
  if (event.diagnostic) return { kind: "diagnostic", diagnostic: event.diagnostic, text: message };
  const changeKind = changeKinds[event.type];
  if (changeKind && event.change) return { kind: changeKind, change: toChange(event.change), text: message };
  const hookKind = hookKinds[event.type];
  const hook = change.safeParse(event.hook);
  if (hookKind && hook.success) return { kind: hookKind, change: toChange(hook.data), text: message };
  return { kind: "other", text: message };
}

function toChange({ resource, action }: z.infer<typeof change>): Change {
  return { address: resource.addr, type: resource.resource_type, action };
}
