import { alarmRules } from "./rules/audit/alarms";
import { logRules } from "./rules/audit/logs";
import { trailRules } from "./rules/audit/trail";
import { databaseAccessRules } from "./rules/aurora/access";
import { databaseRecordRules } from "./rules/aurora/records";
import { databaseStorageRules } from "./rules/aurora/storage";
import { backupRules } from "./rules/backup";
import { dnsRules } from "./rules/dns";
import { ecrRules } from "./rules/ecr";
import { efsRules } from "./rules/efs";
import { eksRules } from "./rules/eks";
import { permissionRules } from "./rules/iam/permissions";
import { resourceRules } from "./rules/iam/resources";
import { trustRules } from "./rules/iam/trust";
import { instancesRules } from "./rules/instances";
import { kmsRules } from "./rules/kms";
import { lambdaRules } from "./rules/lambda";
import { loadBalancerRules } from "./rules/load-balancing/balancers";
import { listenerRules } from "./rules/load-balancing/listeners";
import { networkAclRules } from "./rules/network/acls";
import { securityGroupRules } from "./rules/network/groups";
import { routeRules } from "./rules/network/routes";
import { s3Rules } from "./rules/s3";
import { secretsRules } from "./rules/secrets";
import { sessionRules } from "./rules/sessions";
import { wafRules } from "./rules/waf";

/** Every rule, by topic. */
export const rules = [
  ...routeRules,
  ...networkAclRules,
  ...securityGroupRules,
  ...instancesRules,
  ...sessionRules,
  ...eksRules,
  ...databaseStorageRules,
  ...databaseAccessRules,
  ...databaseRecordRules,
  ...efsRules,
  ...s3Rules,
  ...loadBalancerRules,
  ...listenerRules,
  ...wafRules,
  ...dnsRules,
  ...kmsRules,
  ...trailRules,
  ...logRules,
  ...alarmRules,
  ...backupRules,
  ...permissionRules,
  ...resourceRules,
  ...trustRules,
  ...secretsRules,
  ...ecrRules,
  ...lambdaRules,
];

/** The ID of a rule, by which exceptions name it. */
export type RuleId = (typeof rules)[number]["id"];
