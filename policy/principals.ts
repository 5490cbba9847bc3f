import type { Statement } from "./statements";

/** Whether a statement is for everybody, with no condition on who they are. */
export function isAnybody({ principals, conditionKeys }: Statement): boolean {
  return principals.includes("*") && !conditionKeys.some((key) => identifying.test(key));
}

/** Condition keys that only some account's, network's or service's requests fulfil. */
const identifying =
  /^(aws:(principal(account|arn|orgid|orgpaths)|source(account|arn|ip|orgid|vpc|vpce|owner))|kms:(calleraccount|viaservice)|elasticfilesystem:accessedviamounttarget)$/;
