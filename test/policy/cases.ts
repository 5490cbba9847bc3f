import type { RuleId } from "../../policy/index";
import type { Case } from "./case";
import { auditCases } from "./cases/audit";
import { auroraCases } from "./cases/aurora";
import { backupCases } from "./cases/backup";
import { dnsCases } from "./cases/dns";
import { ecrCases } from "./cases/ecr";
import { efsCases } from "./cases/efs";
import { eksCases } from "./cases/eks";
import { iamCases } from "./cases/iam";
import { iamEntityCases } from "./cases/iam-entities";
import { iamTrustCases } from "./cases/iam-trust";
import { instancesCases } from "./cases/instances";
import { kmsCases } from "./cases/kms";
import { lambdaCases } from "./cases/lambda";
import { loadBalancingCases } from "./cases/load-balancing";
import { networkCases } from "./cases/network";
import { bucketObjectCases } from "./cases/s3";
import { bucketAccessCases } from "./cases/s3-access";
import { secretsCases } from "./cases/secrets";
import { stateCases } from "./cases/states";
import { wafCases } from "./cases/waf";

/** For each rule, resources that obey it and resources that do not. */
export const cases: Readonly<Record<RuleId, Case>> = {
  ...networkCases,
  ...instancesCases,
  ...eksCases,
  ...auroraCases,
  ...efsCases,
  ...bucketAccessCases,
  ...bucketObjectCases,
  ...loadBalancingCases,
  ...wafCases,
  ...dnsCases,
  ...kmsCases,
  ...auditCases,
  ...backupCases,
  ...iamCases,
  ...iamEntityCases,
  ...iamTrustCases,
  ...secretsCases,
  ...ecrCases,
  ...lambdaCases,
  ...stateCases,
};
