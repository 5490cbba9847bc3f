import type { AccountContext } from "../../../policy/deployer/account";
import { forwardedCalls } from "../../../policy/deployer/forward-access/index";
import { type ForwardedCalls, valuesAt } from "../../../policy/deployer/forward-access/forwarded-calls";
import type { IamPolicy } from "../../../policy/deployer/statements";
import { contextOf } from "./context";
import { type Reason, whyDenied } from "./evaluation";
import { actionsOf } from "./operations";
import { passedRoles, unexplainedRoles } from "./passed-roles";
import { RecordedAccount } from "./recorded-account";
import type { RecordedCall } from "../../real/api/recorded-call";
import type { Reference } from "./reference";
import { resourcesOf } from "./resources";

/** What a call needs and the policies do not allow. */
export interface Denial {
  readonly call: RecordedCall;
  readonly action: string;
  readonly resource: string | undefined;
  readonly reason: Reason | "AWS has no such action" | "it is not known whether the role is passed";
  /** Where the need comes from: the operation itself, a role that it hands over, or the page that documents it. */
  readonly because: string;
}

type Need = Pick<Denial, "action" | "resource" | "because"> & {
  readonly known?: Readonly<Record<string, string>>;
};

/** Judges recorded calls, in their order, against the policies of the role that made them. */
export interface Judgement {
  readonly policies: readonly IamPolicy[];
  readonly reference: Reference;
  readonly context: Pick<AccountContext, "partition" | "account">;
}

/** The calls that the policies do not allow, each need once. */
export function deniedCalls(calls: readonly RecordedCall[], judgement: Judgement): readonly Denial[] {
  const account = new RecordedAccount();
  const denials = new Map<string, Denial>();
  for (const call of calls) {
    for (const denial of deniedBy(call, account, judgement)) denials.set(identity(denial), denial);
    account.observe(call);
  }
  return [...denials.values()];
}

function deniedBy(call: RecordedCall, account: RecordedAccount, judgement: Judgement): readonly Denial[] {
  const { policies, reference } = judgement;
  const unexplained = unexplainedRoles(call).map((resource): Denial => {
    const reason = "it is not known whether the role is passed";
    return { call, action: "iam:PassRole", resource, reason, because: "a role in the request" };
  });
  const denied = needsOf(call, account, judgement).flatMap(({ known, ...need }): readonly Denial[] => {
    if (reference(need.action) === undefined) return [{ call, ...need, reason: "AWS has no such action" }];
    const context = contextOf(call, account, known)(need.resource);
    const wish = {
      action: need.action,
      context,
      ...(need.resource === undefined ? {} : { resource: need.resource }),
    };
    const reason = whyDenied(policies, wish);
    return reason === undefined ? [] : [{ call, ...need, reason }];
  });
  return [...unexplained, ...denied];
}

function needsOf(
  call: RecordedCall,
  account: RecordedAccount,
  { reference, context }: Judgement,
): readonly Need[] {
  const own = actionsOf(call).flatMap((action): readonly Need[] => {
    const resources = resourcesOf(account.completed(call), reference(action) ?? [], context);
    const because = "the operation";
    if (resources.length === 0) return [{ action, resource: undefined, because }];
    return resources.map((resource) => ({ action, resource, because }));
  });
  const passed = passedRoles(call, account, context).map(({ arn, service }) => ({
    action: "iam:PassRole",
    resource: arn,
    because: `the role is passed to ${service}`,
    known: { "iam:PassedToService": service },
  }));
  const forwarded = forwardedCalls
    .filter(
      ({ of, when }) => of.includes(`${call.service}.${call.operation}`) && (when?.(call.params) ?? true),
    )
    .flatMap((row) => forwardedNeeds(row, call, context));
  return [...own, ...passed, ...forwarded];
}

function forwardedNeeds(
  { actions, resource, conditionKeys = {}, source }: ForwardedCalls,
  call: RecordedCall,
  context: Judgement["context"],
): readonly Need[] {
  const template = typeof resource === "function" ? resource(call.params) : resource;
  const named = template === undefined ? undefined : completed(template, call, context);
  return actions.map((action) => ({ action, resource: named, because: source, known: conditionKeys }));
}

function completed(template: string, call: RecordedCall, context: Judgement["context"]): string {
  const fixed: Readonly<Record<string, string>> = { region: call.region, account: context.account };
  const text = template.replace(
    /\{([^}]+)\}/g,
    (_, path: string) => fixed[path] ?? valuesAt(call.params, path)[0] ?? "*",
  );
  return text.startsWith("arn:") ? text : `arn:${context.partition}:${text}`;
}

const identity = ({ call, action, resource, reason, because }: Denial) =>
  [call.service, call.operation, action, resource, reason, because].join(" ");

/** One line for each denial, as a person reads it. */
export function describeDenial({ call, action, resource, reason, because }: Denial): string {
  const { layer, phase, service, operation } = call;
  return `${service}.${operation} (${layer}, ${phase}) needs ${action} on ${resource ?? "any resource"}: ${reason}; needed for ${because}`;
}
