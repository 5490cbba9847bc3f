import type { DataSource } from "../../engine/provider-definition";
import { account } from "./account";
import { catalogue } from "./catalogue";
import { lookups } from "./lookups";
import { policyDocument } from "./policy-document";

/** Data sources of AWS that are more than the one simulated object they describe. */
export const dataSources: Readonly<Record<string, DataSource | undefined>> = {
  ...account,
  ...lookups,
  ...catalogue,
  aws_iam_policy_document: policyDocument,
};
