import { inOrder } from "../lib/layer";
import { argocd } from "./argocd/layer";
import { aurora } from "./aurora/layer";
import { efs } from "./efs/layer";
import { eks } from "./eks/layer";
import { kms } from "./kms/layer";
import { lbWaf } from "./lb-waf/layer";
import { route53 } from "./route53/layer";
import { s3Backend } from "./s3-backend/layer";
import { vpc } from "./vpc/layer";

/** Every layer, in the order it is applied; destroy runs it backwards. */
export const layers = inOrder([s3Backend, kms, vpc, route53, efs, aurora, eks, lbWaf, argocd]);
