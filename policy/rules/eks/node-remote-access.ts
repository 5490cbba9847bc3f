import { each } from "../../checks";
import type { Rule } from "../../rule";

export const nodeRemoteAccess: Rule = {
  id: "node-remote-access",
  title: "Node groups do not open SSH",
  publicIds: ["CKV_AWS_100"],
  reason: "EKS opens port 22 to everywhere when a key pair is given without a source",
  fix: "Remove remote_access",
  check: each(["aws_eks_node_group"], (nodes) => (nodes.has("remote_access") ? "it opens SSH" : undefined)),
};
