import type { Statement } from "../../../lib/constructs/iam-policy";
import { addPodRole } from "../../../lib/constructs/pod-role";
import { type PodIdentity, podTrust } from "../../../lib/constructs/pod-trust";
import type { Role } from "../../../lib/constructs/role";
import type { LayerStack } from "../../../lib/layer/stack";
import { managedPolicy } from "./arns";

/** The add-ons whose pods use AWS APIs: the service account that they run as, and the policy that AWS manages for them. */
const addons = {
  "vpc-cni": { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  "aws-ebs-csi-driver": {
    serviceAccount: "ebs-csi-controller-sa",
    policy: "service-role/AmazonEBSCSIDriverPolicy",
  },
  "aws-efs-csi-driver": {
    serviceAccount: "efs-csi-controller-sa",
    policy: "service-role/AmazonEFSCSIDriverPolicy",
  },
} as const;

/** The service account of an add-on, and its role. */
export interface AddonIdentity {
  readonly serviceAccount: string;
  readonly role: Role;
}

/** The identity of every add-on whose pods use AWS APIs. */
export type AddonIdentities = Readonly<Record<keyof typeof addons, AddonIdentity>>;

/** Adds the IAM roles of the add-ons; only their pods in this cluster can assume them. */
export function addAddonRoles(
  stack: LayerStack,
  identity: PodIdentity,
  volumeKeyArn: string,
): AddonIdentities {
  const add = (program: keyof typeof addons, statements: readonly Statement[] = []): AddonIdentity => {
    const { serviceAccount, policy } = addons[program];
    const role = addPodRole(stack, {
      program,
      roleName: stack.named("iamRole", program),
      trust: [podTrust(stack, identity, [{ namespace: "kube-system", name: serviceAccount }])],
      existing: { managed: managedPolicy(stack, policy) },
      statements,
    });
    return { serviceAccount, role };
  };
  return {
    "vpc-cni": add("vpc-cni"),
    "aws-ebs-csi-driver": add("aws-ebs-csi-driver", encryptedVolumes(volumeKeyArn)),
    "aws-efs-csi-driver": add("aws-efs-csi-driver"),
  };
}

/** Allows volumes encrypted with the key; AWS's managed policy for the driver includes no keys. */
function encryptedVolumes(keyArn: string): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: keyArn,
    },
    {
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Resource: keyArn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
