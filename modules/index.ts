import { inOrder } from "../lib/layer/layer";
import { account } from "./account/layer";
import { argocd } from "./argocd/layer";
import { audit } from "./audit/layer";
import { aurora } from "./aurora/layer";
import { backup } from "./backup/layer";
import { efs } from "./efs/layer";
import { eks } from "./eks/layer";
import { kms } from "./kms/layer";
import { lbWaf } from "./lb-waf/layer";
import { networkOperations } from "./network-operations/layer";
import { objectStore } from "./object-store/layer";
import { podRoles } from "./pod-roles/layer";
import { registryCache } from "./registry-cache/layer";
import { releaseService } from "./release-service/layer";
import { route53 } from "./route53/layer";
import { s3Backend } from "./s3-backend/layer";
import { vpc } from "./vpc/layer";

/**
 * Every layer, in the order of apply; destroy uses the reverse order. What the longest chain consists of comes first:
 * network, cluster.
 */
export const layers = inOrder([
  s3Backend,
  kms,
  vpc,
  account,
  registryCache,
  audit,
  eks,
  networkOperations,
  route53,
  lbWaf,
  objectStore,
  efs,
  aurora,
  podRoles,
  backup,
  releaseService,
  argocd,
]);
