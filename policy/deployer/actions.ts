import { computeRights } from "./deployer/compute";
import { edgeRights } from "./deployer/edge";
import { eventRights } from "./deployer/events";
import { identityRights } from "./deployer/identity";
import { networkRights } from "./deployer/network";
import { oversightRights } from "./deployer/oversight";
import type { RightsByType } from "./deployer/rights";
import { storageRights } from "./deployer/storage";

/**
 * What Terraform needs for each type of resource: the API calls that the AWS provider makes, as actions of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export const deployerActions: RightsByType = {
  ...networkRights,
  ...computeRights,
  ...eventRights,
  ...identityRights,
  ...storageRights,
  ...edgeRights,
  ...oversightRights,
};
