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
import { platform } from "./platform/layer";
import { podRoles } from "./pod-roles/layer";
import { registryCache } from "./registry-cache/layer";
import { releaseService } from "./release-service/layer";
import { route53 } from "./route53/layer";
import { s3Backend } from "./s3-backend/layer";
import { vpc } from "./vpc/layer";

/**
 * Every layer, in the order of apply; destroy uses the reverse order. Beside what each needs: the cluster is destroyed before
 * the buckets, file systems and databases that its pods use until its nodes are gone.
 */
export const layers = inOrder([
  s3Backend,
  kms,
  account,
  platform,
  registryCache,
  audit,
  vpc,
  networkOperations,
  route53,
  objectStore,
  efs,
  aurora,
  eks,
  podRoles,
  lbWaf,
  backup,
  releaseService,
  argocd,
]);
