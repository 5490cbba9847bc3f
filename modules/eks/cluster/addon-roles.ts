import type { Statement } from "../../../lib/constructs/iam-policy";
import { addPodRole } from "../../../lib/constructs/pod-role";
import { type PodIdentity, podTrust } from "../../../lib/constructs/pod-trust";
import type { Role } from "../../../lib/constructs/role";
import type { LayerStack } from "../../../lib/layer/stack";
import { addonPrograms } from "./addon-programs";
import { managedPolicy } from "./arns";

/** The service account of an add-on, and its role. */
export interface AddonIdentity {
  readonly serviceAccount: string;
  readonly role: Role;
}

/** The identity of every add-on whose pods use AWS APIs. */
export type AddonIdentities = Readonly<Record<keyof typeof addonPrograms, AddonIdentity>>;

/** Adds the IAM roles of the add-ons; only their pods in this cluster can assume them. */
export function addAddonRoles(
  stack: LayerStack,
  identity: PodIdentity,
  volumeKeyArn: string,
): AddonIdentities {
  const add = (program: keyof typeof addonPrograms, statements: readonly Statement[] = []): AddonIdentity => {
    const { serviceAccount, policy } = addonPrograms[program];
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
