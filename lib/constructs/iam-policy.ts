import type { Environment } from "../layer/environment-schema";
import { servicePrincipal } from "../layer/partition";

type OneOrMore = string | readonly string[];

/** One statement of an IAM policy, with IAM's element names. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Partial<Record<"AWS" | "Service" | "Federated", OneOrMore>>>;
  readonly Action: OneOrMore;
  /** Absent only in trust policies. */
  readonly Resource?: OneOrMore;
  /** Operator, then key, then accepted values: `{ Bool: { "aws:SecureTransport": "false" } }`. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** A policy document as JSON. Terraform evaluates `${`, so write IAM's own variables as `$${aws:username}`. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Trust policy for an AWS service; `condition` restricts the account or resource it acts for. */
export function serviceTrust(
  service: string,
  environment: Environment,
  condition?: Statement["Condition"],
): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: servicePrincipal(service, environment) },
      Action: "sts:AssumeRole",
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ]);
}
