import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { architectureOf } from "../../../lib/aws-facts/instance-families";
import { serviceTrust } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";

const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  // EC2 refuses tags in metadata whose keys have a slash or a space, which those of the settings can have; an account can
  // turn them on by default: https://github.com/eksctl-io/eksctl/issues/8446
  instanceMetadataTags: "disabled",
};

interface Bastion {
  readonly instanceType: string;
  readonly rootVolumeGiB: number;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly keyArn: string;
}

/** Adds the instance for SSM sessions: no key pair, no public IP address, no access other than SSM. */
export function addBastion(
  stack: LayerStack,
  bastion: Bastion,
): { readonly instanceId: string; readonly role: string } {
  const name = `${stack.environment.name}-bastion`;
  const template = addTemplate(stack, bastion);
  const role = addRole(stack);
  const { id } = new Instance(stack, "bastion", {
    launchTemplate: { id: template.id, version: template.getStringAttribute("latest_version") },
    instanceType: bastion.instanceType,
    subnetId: bastion.subnetId,
    vpcSecurityGroupIds: [bastion.securityGroupId],
    associatePublicIpAddress: false,
    iamInstanceProfile: addProfile(stack, role),
    metadataOptions,
    monitoring: true,
    ebsOptimized: true,
    tags: { Name: name },
    // The provider does not apply its default tags to volumes.
    volumeTags: { ...stack.tags, Name: name },
  });
  return { instanceId: id, role };
}

/**
 * EC2 resolves the latest image at launch. It is set in the template, because an image set on the instance itself
 * would be resolved in every plan and replace the bastion with every release of Amazon Linux.
 */
function addTemplate(stack: LayerStack, bastion: Bastion): LaunchTemplate {
  return new LaunchTemplate(stack, "bastion-template", {
    name: stack.named("launchTemplate", "bastion"),
    description: "Image and root volume of the bastion",
    imageId: `resolve:ssm:${imageParameter(bastion.instanceType)}`,
    blockDeviceMappings: [
      {
        deviceName: "/dev/xvda",
        ebs: {
          encrypted: "true",
          kmsKeyId: bastion.keyArn,
          volumeType: "gp3",
          volumeSize: bastion.rootVolumeGiB,
          deleteOnTermination: "true",
        },
      },
    ],
    metadataOptions,
  });
}

/** SSM parameter with the latest Amazon Linux 2023 image. */
function imageParameter(instanceType: string): string {
  const architecture = architectureOf(instanceType);
  // The layer's check refuses unknown families.
  if (architecture === undefined) throw new Error(`Unknown instance type "${instanceType}"`);
  return `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`;
}

function addRole(stack: LayerStack): string {
  const role = new IamRole(stack, "bastion-role", {
    name: stack.named("iamRole", "bastion"),
    description: "Allows SSM to manage the bastion",
    assumeRolePolicy: serviceTrust("ec2", stack.environment),
  });
  new IamRolePolicyAttachment(stack, "bastion-ssm", {
    role: role.name,
    policyArn: stack.arn("iam", "policy/AmazonSSMManagedInstanceCore", { region: "", account: "aws" }),
  });
  return role.name;
}

function addProfile(stack: LayerStack, role: string): string {
  return new IamInstanceProfile(stack, "bastion-profile", {
    name: stack.named("iamInstanceProfile", "bastion"),
    role,
  }).name;
}
