import type { AwsCall } from "./aws-call";
import type { Asked, Subject } from "./question";

/** A resource that stays in the account while something that outlives it needs it: in a destroy, or when its part is switched off. */
export interface Retained {
  /** Terraform address, e.g. `aws_kms_key.data-key`. */
  readonly address: string;
  /** As in `Key for data is kept`, with its cost. */
  readonly what: string;
  /** Looks for what needs it; `arns` are those of the layer's objects by address. */
  dependents(arns: Readonly<Record<string, string>>): readonly Dependents[];
  /** The command that removes it once nothing needs it. */
  removal(arn: string): string;
}

/** A read-only call of AWS that finds what needs a resource. */
export type Dependents = Asked & Subject & Found<unknown>;

interface Found<Answer> {
  /** Each as in `snapshot "final" needs it`. */
  found(answer: Answer): readonly string[];
}

/** A call of the AWS API that finds what needs a resource; the type of the answer is inferred. */
export function dependents<Output>(
  given: Subject & Found<Output> & { readonly call: AwsCall<Output> },
): Dependents {
  return given;
}
