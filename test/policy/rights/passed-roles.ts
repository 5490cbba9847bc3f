import type { AccountContext } from "../../../policy/deployer/account";
import { type Params, valuesAt } from "../../../policy/deployer/forward-access/forwarded-calls";
import type { RecordedAccount } from "./recorded-account";
import type { RecordedCall } from "../../real/api/recorded-call";

/** A role that a request hands to a service. */
export interface PassedRole {
  readonly arn: string;
  readonly service: string;
}

/**
 * Parameters with a role, by operation, and the service that gets it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const passing: readonly (readonly [operations: RegExp, path: string, service: string])[] = [
  [/^autoscaling\.PutLifecycleHook$/, "RoleARN", "autoscaling"],
  [/^backup\.(Create|Update)BackupSelection$/, "BackupSelection.IamRoleArn", "backup"],
  [/^backup\.(Create|Update)RestoreTestingSelection$/, "RestoreTestingSelection.IamRoleArn", "backup"],
  [/^cloudtrail\.(Create|Update)Trail$/, "CloudWatchLogsRoleArn", "cloudtrail"],
  [/^ec2\.CreateFlowLogs$/, "DeliverLogsPermissionArn", "vpc-flow-logs"],
  [/^ecr\.(Create|Update)RepositoryCreationTemplate$/, "customRoleArn", "ecr"],
  [/^ecr\.(Create|Update)PullThroughCacheRule$/, "customRoleArn", "ecr"],
  [/^eks\.CreateCluster$/, "roleArn", "eks"],
  [/^eks\.CreateNodegroup$/, "nodeRole", "eks"],
  [/^eks\.(Create|Update)PodIdentityAssociation$/, "roleArn", "pods.eks"],
  [/^eks\.(Create|Update)Addon$/, "podIdentityAssociations.roleArn", "pods.eks"],
  [/^eks\.(Create|Update)Addon$/, "serviceAccountRoleArn", "eks"],
  [/^events\.PutTargets$/, "Targets.RoleArn", "events"],
  [/^lambda\.(CreateFunction|UpdateFunctionConfiguration)$/, "Role", "lambda"],
  [/^rds\.(Create|Modify)DB(Instance|Cluster)$/, "MonitoringRoleArn", "monitoring.rds"],
  [/^ssm\.StartAutomationExecution$/, "Parameters.AutomationAssumeRole", "ssm"],
];

/** Any other parameter with a role's ARN is a question to be answered here, unless it is named below. */
const notPassing =
  /^(iam|sts|kms)\.|^eks\.\w+(AccessEntry|AccessPolic(y|ies))$|^\w+\.(Describe|Get|List|Delete|Untag|Tag)/;

/** The roles that a request hands over. */
export function passedRoles(
  call: RecordedCall,
  account: RecordedAccount,
  context: Pick<AccountContext, "partition" | "account">,
): readonly PassedRole[] {
  const name = `${call.service}.${call.operation}`;
  const suffix = context.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const direct = passing.flatMap(([operations, path, service]) =>
    operations.test(name)
      ? valuesAt(call.params, path).map((arn) => ({ arn, service: `${service}.amazonaws.com` }))
      : [],
  );
  const inProfile = roleOfProfile(call, account).map((role) => ({
    arn: `arn:${context.partition}:iam::${context.account}:${account.roleResource(role)}`,
    service: `ec2.${suffix}`,
  }));
  return [...direct, ...inProfile];
}

function roleOfProfile(
  { service, operation, params }: RecordedCall,
  account: RecordedAccount,
): readonly string[] {
  if (service === "iam" && operation === "AddRoleToInstanceProfile") return valuesAt(params, "RoleName");
  if (service !== "ec2" || !/^(RunInstances|AssociateIamInstanceProfile)$/.test(operation)) return [];
  const profiles = [
    ...valuesAt(params, "IamInstanceProfile.Name"),
    ...valuesAt(params, "IamInstanceProfile.Arn"),
  ];
  return profiles.flatMap((profile) => account.roleIn(profile) ?? []);
}

/** Roles in a request that the table above does not know, so that nobody forgets one. */
export function unexplainedRoles(call: RecordedCall): readonly string[] {
  const name = `${call.service}.${call.operation}`;
  if (notPassing.test(name)) return [];
  const known = passing.flatMap(([operations, path]) =>
    operations.test(name) ? valuesAt(call.params, path) : [],
  );
  return rolesIn(call.params).filter((role) => !known.includes(role));
}

function rolesIn(params: Params): readonly string[] {
  const found = JSON.stringify(params).match(/"arn:[\w-]+:iam::\d+:role\/[^"\\]+"/g) ?? [];
  return found.map((text) => text.slice(1, -1));
}
