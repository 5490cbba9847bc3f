import { computeRights } from "./compute";
import { edgeRights } from "./edge";
import { eventRights } from "./events";
import { identityRights } from "./identity";
import { keyRights } from "./keys";
import { networkRights } from "./network";
import { oversightRights } from "./oversight";
import type { RightsByType } from "../../lib/layer/rights";
import { readRights } from "./reads";
import { storageRights } from "./storage";

/**
 * What Terraform needs for each type of resource: the API calls of the AWS provider, as actions of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export const deployerActions: RightsByType = {
  ...networkRights,
  ...computeRights,
  ...eventRights,
  ...identityRights,
  ...keyRights,
  ...storageRights,
  ...edgeRights,
  ...oversightRights,
  ...readRights,
};
