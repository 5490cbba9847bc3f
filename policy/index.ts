import type { Rule } from "./rule";
import { auditRules } from "./rules/audit/index";
import { auroraRules } from "./rules/aurora/index";
import { backupRules } from "./rules/backup/index";
import { dnsRules } from "./rules/dns/index";
import { ecrRules } from "./rules/ecr/index";
import { efsRules } from "./rules/efs/index";
import { eksRules } from "./rules/eks/index";
import { iamRules } from "./rules/iam/index";
import { instancesRules } from "./rules/instances/index";
import { kmsRules } from "./rules/kms/index";
import { loadBalancingRules } from "./rules/load-balancing/index";
import { networkRules } from "./rules/network/index";
import { s3Rules } from "./rules/s3/index";
import { secretsRules } from "./rules/secrets/index";
import { wafRules } from "./rules/waf/index";

/** Every rule, by topic. */
export const rules: readonly Rule[] = [
  ...networkRules,
  ...instancesRules,
  ...eksRules,
  ...auroraRules,
  ...efsRules,
  ...s3Rules,
  ...loadBalancingRules,
  ...wafRules,
  ...dnsRules,
  ...kmsRules,
  ...auditRules,
  ...backupRules,
  ...iamRules,
  ...secretsRules,
  ...ecrRules,
];
