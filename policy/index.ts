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
import { boundRules } from "./rules/iam/bounds";
import { permissionRules } from "./rules/iam/permissions";
import { resourceRules } from "./rules/iam/resources";
import { entityRules, trustRules } from "./rules/iam/trust";
import { instancesRules } from "./rules/instances";
import { kmsRules } from "./rules/kms";
import { lambdaAccessRules } from "./rules/lambda/access";
import { lambdaFunctionRules } from "./rules/lambda/functions";
import { loadBalancerRules } from "./rules/load-balancing/balancers";
import { listenerRules } from "./rules/load-balancing/listeners";
import { networkAclRules } from "./rules/network/acls";
import { securityGroupRules } from "./rules/network/groups";
import { routeRules } from "./rules/network/routes";
import { bucketAccessRules } from "./rules/s3/access";
import { bucketObjectRules } from "./rules/s3/objects";
import { secretsRules } from "./rules/secrets";
import { sessionRules } from "./rules/sessions";
import { stateRules } from "./rules/states";
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
  ...bucketAccessRules,
  ...bucketObjectRules,
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
  ...boundRules,
  ...resourceRules,
  ...trustRules,
  ...entityRules,
  ...secretsRules,
  ...ecrRules,
  ...stateRules,
  ...lambdaFunctionRules,
  ...lambdaAccessRules,
];

/** The ID of a rule, by which exceptions name it. */
export type RuleId = (typeof rules)[number]["id"];
