/** What Terraform does to create, read, change and delete resources of one type. */
export interface Rights {
  /**
   * ARNs without `arn:<partition>:` that the actions are limited to. `{region}`, `{account}` and `{env}` are the
   * environment's; any other name in braces is an argument of the resource, or `*` where only AWS knows its value.
   */
  readonly on?: readonly string[];
  /** Actions on those. */
  readonly actions?: readonly string[];
  /** Actions that AWS can limit to no resource, and those that list. */
  readonly anywhere?: readonly string[];
  /** Service that the resource passes an IAM role to, and the arguments that name the role. */
  readonly passes?: { readonly to: string; readonly roles: readonly string[] };
  /** Services that get a service-linked role with the first such resource in an account. */
  readonly linkedRoles?: readonly string[];
}

/** Rights by resource type, e.g. `aws_sqs_queue`; those of data sources by `data.aws_ami`. */
export type RightsByType = Readonly<Record<string, Rights>>;

/** The actions of one service, named one after the other: `actions("ec2", "CreateVpc DeleteVpc")`. */
export function actions(service: string, names: string): readonly string[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => `${service}:${name}`);
}
