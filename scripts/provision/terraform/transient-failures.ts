import type { TerraformFailure } from "./failures";
import { errorsIn } from "./error-text";

/** A command of Terraform that is repeated. */
export type Phase = "init" | "plan" | "apply";

/** A failure that passes by itself. */
export interface TransientFailure {
  readonly phases: readonly Phase[];
  /** How one error says it, with its line breaks as spaces. */
  readonly sign: RegExp;
  /** For the operator, as a sentence without its end. */
  readonly reason: string;
  /** Where it was seen. */
  readonly source: string;
  /** It passes only if the run has just changed an object of such a type; else it is a mistake. */
  readonly after?: { readonly type: RegExp; readonly seconds: number };
}

/** How long IAM may take to know a new role everywhere: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency */
const newPrincipal = { type: /^aws_iam_(role|user)$/, seconds: 300 };

/** Everything that is tried again, and nothing else is; see docs/decisions/0056-what-is-tried-again.md. */
export const transientFailures: readonly TransientFailure[] = [
  {
    phases: ["apply"],
    sign: /WAFUnavailableEntityException/,
    reason: "AWS WAF does not know a new object yet",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/29080",
  },
  {
    phases: ["plan", "apply"],
    sign: /\b(?:Throttling(?:Exception)?: |RequestLimitExceeded\b|TooManyRequestsException: Rate exceeded)/i,
    reason: "AWS has had too many requests of this account",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/5171",
  },
  {
    phases: ["apply"],
    sign: /ResourceInUseException: .*\bcurrently has (?:an )?update\b.* in progress/,
    reason: "the EKS cluster is still being updated",
    source: "https://github.com/elastic/cloudbeat/issues/3093",
  },
  {
    phases: ["apply"],
    sign: /ResourceInUseException: Addon \S+ cannot be updated as it is currently in (?:CREATING|UPDATING) state/,
    reason: "an add-on of the EKS cluster is still being updated",
    source: "https://github.com/eksctl-io/eksctl/issues/8091",
  },
  {
    phases: ["apply"],
    sign: /MalformedPolicyDocument(?:Exception)?: (?:Policy contains a statement with one or more invalid principals|Invalid principal in policy)/,
    reason: "a new role is not known everywhere yet",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/14449",
    after: newPrincipal,
  },
  {
    phases: ["apply"],
    sign: /The role defined for the function cannot be assumed by Lambda|The specified principalArn is invalid: invalid principal/,
    reason: "a new role is not known everywhere yet",
    source: "https://github.com/ubergeek42/lambda-letsencrypt/issues/30",
    after: newPrincipal,
  },
  {
    phases: ["apply"],
    sign: /DependencyViolation: /,
    reason: "something that is being deleted is still in use",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/1671",
  },
  {
    phases: ["apply"],
    sign: /another operation \(install\/upgrade\/rollback\) is in progress/,
    reason: "Helm is still at work on the release",
    source: "https://github.com/helm/helm/issues/8987",
  },
  {
    phases: ["init"],
    sign: /please try again later: 50[234] .* returned from/,
    reason: "the registry of providers does not answer",
    source: "https://github.com/snowflakedb/terraform-provider-snowflake/issues/4861",
  },
  {
    phases: ["init"],
    sign: /Failed to (?:query available provider packages|install provider).*TLS handshake timeout/,
    reason: "the registry of providers does not answer",
    source: "https://github.com/hashicorp/terraform/issues/30528",
  },
];

/** Why a failed command may succeed if it is repeated; undefined unless each of its errors is in the table. */
export function transientReason(
  { command, kind, output }: Pick<TerraformFailure, "command" | "kind" | "output">,
  hasChanged: (type: RegExp, withinSeconds: number) => boolean,
): string | undefined {
  // Another kind has a cure of its own.
  if (kind !== "unknown" && kind !== "other") return undefined;
  const reasons = errorsIn(output).map(
    (error) =>
      transientFailures.find(
        ({ phases, sign, after }) =>
          phases.some((phase) => phase === command) &&
          sign.test(error) &&
          (after === undefined || hasChanged(after.type, after.seconds)),
      )?.reason,
  );
  return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join(", and ") || undefined;
}
