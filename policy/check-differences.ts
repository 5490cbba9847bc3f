/** A resource that a public check reports although the rule with the check's ID holds, and why it is no weakness. */
export interface CheckDifference {
  /** Of checkov (`CKV_AWS_8`), trivy (`AWS-0131`) or parliament (`RESOURCE_MISMATCH`). */
  readonly publicId: string;
  readonly layer: string;
  /** Address of the resource; `*` stands for any text. */
  readonly address: string;
  readonly reason: string;
}

/** What somebody who runs these scanners on an exported environment can ignore. */
export const checkDifferences: readonly CheckDifference[] = [
  {
    publicId: "CKV_AWS_8",
    layer: "network-operations",
    address: "aws_instance.bastion",
    reason: "Its launch template encrypts the volume; the check reads the instance's own arguments only",
  },
  {
    publicId: "AWS-0131",
    layer: "network-operations",
    address: "aws_instance.bastion",
    reason: "Its launch template encrypts the volume; the check does not follow the reference to it",
  },
  {
    publicId: "CKV_AWS_25",
    layer: "eks",
    address: "aws_vpc_security_group_ingress_rule.cluster-to-node-in",
    reason:
      "Its source is the cluster's security group; the check does not know referenced_security_group_id, and takes the source for any address",
  },
  {
    publicId: "CKV_AWS_61",
    layer: "pod-roles",
    address: "aws_iam_role.cert-manager-role",
    reason: "Its condition admits one role of the account; the check does not read conditions",
  },
  {
    publicId: "CKV2_AWS_19",
    layer: "lb-waf",
    address: "aws_eip.*-address-*",
    reason:
      "The subnet_mapping of a Network Load Balancer attaches it; the check knows instances, NAT gateways and associations only",
  },
  {
    publicId: "UNKNOWN_CONDITION_FOR_ACTION",
    layer: "release-service",
    address: "aws_iam_role_policy.proxy-policy",
    reason:
      "Lambda adds lambda:SourceFunctionArn to the calls of a function's code, whatever the action: https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html",
  },
  {
    publicId: "RESOURCE_MISMATCH",
    layer: "eks",
    address: "aws_iam_role_policy.log-rescue-policy",
    reason:
      "ssm:SendCommand needs the document and the instances, each in a statement of its own, since only instances have tags: https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html",
  },
  {
    publicId: "RESOURCE_MISMATCH",
    layer: "registry-cache",
    address: "aws_iam_policy.pull-policy",
    reason:
      "ecr:BatchImportUpstreamImage has repositories as resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html",
  },
];
