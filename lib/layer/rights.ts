/** Operators, each with condition keys and their values. `{env}` is the environment's name, `{environmentTag}` and `{layerTag}` are the keys of its tags. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Actions on some resources, of which IAM requires a condition. */
export interface LimitedActions {
  /** ARNs as `Rights` has them, or `*` for actions without resource-level permissions. */
  readonly resources: readonly string[];
  readonly actions: readonly string[];
  readonly condition?: Condition;
}

/** The IAM permissions that Terraform needs to create, read, change and delete resources of one type. */
export interface Rights {
  /**
   * ARNs without `arn:<partition>:` that the actions are limited to. `{region}`, `{account}` and `{env}` are the
   * environment's, `{path}` is the IAM path of the resource or of its role, with slashes on both sides, `{issuer}` is the
   * issuer of an OIDC provider without https://; any other name in braces is an argument of the resource, or `*` where only
   * AWS knows its value.
   */
  readonly resources?: readonly string[];
  /** Actions that are allowed on `resources`. */
  readonly actions?: readonly string[];
  /**
   * Actions that are limited to other resources than `resources`, e.g. `s3:DeleteObject` to the objects of a bucket, or
   * by a condition.
   */
  readonly actionsOnOtherResources?: readonly LimitedActions[];
  /** Actions without resource-level permissions, and actions that list. */
  readonly actionsOnAnyResource?: readonly string[];
  /** Service that the resource passes an IAM role to, and the arguments that contain the role. */
  readonly passRole?: { readonly service: string; readonly roles: readonly string[] };
  /** Services for which the first such resource in an account creates a service-linked role. */
  readonly serviceLinkedRoles?: readonly string[];
}

/** Rights by resource type, e.g. `aws_sqs_queue`; data sources have the prefix `data.`, e.g. `data.aws_ami`. */
export type RightsByType = Readonly<Record<string, Rights>>;

/** The actions of one service, from a list separated by spaces: `actions("ec2", "CreateVpc DeleteVpc")`. */
export function actions(service: string, names: string): readonly string[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => `${service}:${name}`);
}
