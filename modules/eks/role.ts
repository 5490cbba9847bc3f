import type { ITerraformDependable } from "cdktf";

/** An IAM role, and what must exist before it is good for anything. */
export interface Role {
  readonly arn: string;
  readonly permissions: readonly ITerraformDependable[];
}
