import { actions } from "../../../lib/layer/rights";
import { type ForwardedCalls, given, linkedRole } from "./forwarded-calls";

const eks = "https://docs.aws.amazon.com/eks/latest/userguide";
const ecr = "https://docs.aws.amazon.com/AmazonECR/latest/userguide";
const nodegroupRole =
  "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/823#issuecomment-605812343";
const launchTemplate =
  "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html";

/** What EC2, EKS and ECR do as the caller. */
export const computeCalls: readonly ForwardedCalls[] = [
  {
    // The launch template names the image by a parameter of AWS.
    of: ["ec2.RunInstances"],
    when: given("LaunchTemplate"),
    actions: ["ssm:GetParameters"],
    resource: "ssm:{region}::parameter/aws/service/*",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html",
  },
  {
    of: ["ec2.RunInstances"],
    when: given("LaunchTemplate"),
    actions: actions(
      "kms",
      "CreateGrant Decrypt DescribeKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo",
    ),
    source: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html",
  },
  linkedRole(["eks.CreateCluster"], "eks", `${eks}/using-service-linked-roles-eks.html`),
  linkedRole(
    ["eks.CreateNodegroup"],
    "eks-nodegroup",
    `${eks}/using-service-linked-roles-eks-nodegroups.html`,
  ),
  {
    of: ["eks.CreateCluster", "eks.AssociateEncryptionConfig"],
    when: given("encryptionConfig.provider.keyArn"),
    actions: actions("kms", "CreateGrant DescribeKey"),
    resource: "{encryptionConfig.provider.keyArn}",
    source: `${eks}/enable-kms.html`,
  },
  {
    of: ["eks.CreateCluster"],
    actions: ["iam:GetRole"],
    resource: "iam::{account}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
    source: nodegroupRole,
  },
  {
    of: ["eks.CreateNodegroup"],
    actions: ["iam:GetRole"],
    resource:
      "iam::{account}:role/aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup",
    source: nodegroupRole,
  },
  {
    of: ["eks.CreateNodegroup"],
    actions: actions("iam", "GetRole ListAttachedRolePolicies"),
    resource: "{nodeRole}",
    source: "https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2018",
  },
  ...["instance", "volume", "network-interface", "launch-template", "subnet", "security-group"].map(
    (type) => ({
      of: ["eks.CreateNodegroup", "eks.UpdateNodegroupVersion"],
      when: given("launchTemplate"),
      actions: ["ec2:RunInstances"],
      resource: `ec2:{region}:{account}:${type}/*`,
      source: launchTemplate,
    }),
  ),
  {
    of: ["eks.CreateNodegroup", "eks.UpdateNodegroupVersion"],
    when: given("launchTemplate"),
    actions: ["ec2:RunInstances"],
    resource: "ec2:{region}::image/*",
    source: launchTemplate,
  },
  {
    of: ["eks.CreateNodegroup", "eks.UpdateNodegroupVersion"],
    when: given("launchTemplate"),
    actions: ["ec2:CreateTags"],
    resource: "ec2:{region}:{account}:instance/*",
    source: launchTemplate,
  },
  {
    of: ["eks.CreatePodIdentityAssociation", "eks.UpdatePodIdentityAssociation"],
    when: given("roleArn"),
    actions: ["iam:GetRole"],
    resource: "{roleArn}",
    source: `${eks}/pod-id-association.html`,
  },
  templateRights("CreateRepository"),
  templateRights("PutLifecyclePolicy", "lifecyclePolicy"),
  templateRights("SetRepositoryPolicy", "repositoryPolicy"),
  linkedRole(["ecr.CreatePullThroughCacheRule"], "pullthroughcache.ecr", `${ecr}/slr-pullthroughcache.html`),
  linkedRole(["ecr.CreateRepositoryCreationTemplate"], "ecr", `${ecr}/slr-rct.html`),
  {
    of: ["ecr.CreateRepository"],
    when: given("encryptionConfiguration.kmsKey"),
    actions: actions("kms", "CreateGrant DescribeKey RetireGrant"),
    resource: "{encryptionConfiguration.kmsKey}",
    source: `${ecr}/encryption-at-rest.html`,
  },
];

/** What ECR asks of who writes a template for repositories, if the template has this. */
function templateRights(action: string, parameter = "prefix"): ForwardedCalls {
  return {
    of: ["ecr.CreateRepositoryCreationTemplate", "ecr.UpdateRepositoryCreationTemplate"],
    when: given(parameter),
    actions: [`ecr:${action}`],
    resource: "ecr:{region}:{account}:repository/{prefix}/*",
    source: `${ecr}/repository-creation-templates-create.html`,
  };
}
