import type { ITerraformDependable } from "cdktf";

/** An IAM role, and the policies that it needs to be effective. */
export interface Role {
  readonly arn: string;
  readonly permissions: readonly ITerraformDependable[];
}
