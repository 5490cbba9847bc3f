import { actions, type RightsByType } from "../../lib/layer/rights";
import { ownTags } from "../../lib/layer/tag-conditions";
import { tagging } from "./tagging";

const ec2 = "ec2:{region}:{account}:*";
const cluster = "eks:{region}:{account}:cluster/{cluster_name}";
const tags = "ListTagsForResource TagResource UntagResource";

/** Rights for instances and the Kubernetes cluster. */
export const computeRights: RightsByType = {
  aws_ebs_encryption_by_default: {
    actionsOnAnyResource: actions(
      "ec2",
      "DisableEbsEncryptionByDefault EnableEbsEncryptionByDefault GetEbsEncryptionByDefault",
    ),
  },
  aws_eks_access_entry: {
    resources: [cluster, "eks:{region}:{account}:access-entry/{cluster_name}/*"],
    actions: actions(
      "eks",
      `CreateAccessEntry DeleteAccessEntry DescribeAccessEntry UpdateAccessEntry ${tags}`,
    ),
  },
  aws_eks_access_policy_association: {
    resources: [cluster, "eks:{region}:{account}:access-entry/{cluster_name}/*"],
    actions: actions("eks", "AssociateAccessPolicy DisassociateAccessPolicy ListAssociatedAccessPolicies"),
  },
  aws_eks_addon: {
    resources: [
      cluster,
      "eks:{region}:{account}:addon/{cluster_name}/*",
      "eks:{region}:{account}:podidentityassociation/{cluster_name}/*",
    ],
    actions: actions(
      "eks",
      `CreateAddon CreatePodIdentityAssociation DeleteAddon DeletePodIdentityAssociation DescribeAddon
      DescribePodIdentityAssociation ListPodIdentityAssociations UpdateAddon UpdatePodIdentityAssociation ${tags}`,
    ),
    passRole: { service: "pods.eks", roles: ["pod_identity_association.role_arn"] },
  },
  aws_eks_cluster: {
    resources: ["eks:{region}:{account}:cluster/{name}"],
    actions: actions(
      "eks",
      `AssociateEncryptionConfig DeleteCluster DescribeCluster DescribeUpdate UpdateClusterConfig
      UpdateClusterVersion ${tags}`,
    ),
    actionsOnAnyResource: [
      ...actions("eks", "CreateCluster"),
      ...actions("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs"),
    ],
    passRole: { service: "eks", roles: ["role_arn"] },
    serviceLinkedRoles: ["eks"],
  },
  aws_eks_node_group: {
    resources: [cluster, "eks:{region}:{account}:nodegroup/{cluster_name}/*", ec2, "ec2:{region}::image/*"],
    actions: [
      ...actions(
        "eks",
        `CreateNodegroup DeleteNodegroup DescribeNodegroup DescribeUpdate UpdateNodegroupConfig
        UpdateNodegroupVersion ${tags}`,
      ),
      // EKS tries the launch template as the caller.
      ...actions("ec2", "RunInstances"),
    ],
    actionsOnOtherResources: tagging,
    actionsOnAnyResource: actions("ec2", "DescribeLaunchTemplateVersions DescribeLaunchTemplates"),
    passRole: { service: "eks", roles: ["node_role_arn"] },
    serviceLinkedRoles: ["autoscaling", "eks-nodegroup"],
  },
  aws_eks_pod_identity_association: {
    resources: [cluster, "eks:{region}:{account}:podidentityassociation/{cluster_name}/*"],
    actions: actions(
      "eks",
      `CreatePodIdentityAssociation DeletePodIdentityAssociation DescribePodIdentityAssociation
      UpdatePodIdentityAssociation ${tags}`,
    ),
    passRole: { service: "pods.eks", roles: ["role_arn"] },
  },
  aws_instance: {
    resources: [ec2, "ec2:{region}::image/*", "ssm:{region}::parameter/aws/service/*"],
    actions: [
      ...actions("ec2", "ModifyNetworkInterfaceAttribute MonitorInstances RunInstances UnmonitorInstances"),
      // The launch template names its image by a public parameter.
      ...actions("ssm", "GetParameters"),
    ],
    actionsOnOtherResources: [
      ...tagging,
      // Who stops, changes and starts another instance runs commands with its role.
      {
        resources: ["ec2:{region}:{account}:instance/*"],
        actions: actions(
          "ec2",
          `ModifyInstanceAttribute ModifyInstanceMetadataOptions StartInstances StopInstances
          TerminateInstances`,
        ),
        condition: ownTags,
      },
      {
        resources: ["ec2:{region}:{account}:security-group/*", "ec2:{region}:{account}:volume/*"],
        actions: actions("ec2", "ModifyInstanceAttribute"),
      },
    ],
    actionsOnAnyResource: actions(
      "ec2",
      `DescribeImages DescribeInstanceAttribute DescribeInstanceCreditSpecifications DescribeInstanceTypes
      DescribeInstances DescribeTags DescribeVolumes`,
    ),
    passRole: { service: "ec2", roles: ["iam_instance_profile"] },
  },
  aws_launch_template: {
    resources: [ec2],
    actions: actions("ec2", "CreateLaunchTemplate"),
    actionsOnOtherResources: [
      ...tagging,
      // Who changes another launch template runs commands on the instances that are started by it.
      {
        resources: ["ec2:{region}:{account}:launch-template/*"],
        actions: actions("ec2", "CreateLaunchTemplateVersion DeleteLaunchTemplate ModifyLaunchTemplate"),
        condition: ownTags,
      },
    ],
    actionsOnAnyResource: actions("ec2", "DescribeLaunchTemplateVersions DescribeLaunchTemplates"),
  },
};
