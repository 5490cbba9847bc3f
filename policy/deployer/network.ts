import { actions, type Rights, type RightsByType } from "../../lib/layer/rights";
import { firstTags } from "../../lib/layer/tag-conditions";
import { tagging } from "./tagging";

/** EC2 generates IDs, so that its resources are limited by account and region only. */
function ec2(changes: string, reads: string): Rights {
  return {
    resources: ["ec2:{region}:{account}:*"],
    actions: actions("ec2", changes),
    actionsOnOtherResources: tagging,
    actionsOnAnyResource: actions("ec2", reads),
  };
}

/**
 * What EC2 creates with a VPC, untagged; the provider tags it:
 * https://github.com/hashicorp/terraform-provider-aws/pull/44798
 */
function withVpc(type: string, { actionsOnOtherResources = [], ...rights }: Rights): Rights {
  const first = {
    resources: [`ec2:{region}:{account}:${type}/*`],
    actions: ["ec2:CreateTags"],
    condition: firstTags,
  };
  return { ...rights, actionsOnOtherResources: [...actionsOnOtherResources, first] };
}

const aclEntries =
  "CreateNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclEntry ReplaceNetworkAclAssociation";
/**
 * Network interfaces of functions outlive them by minutes, and the provider deletes them before their security group or
 * subnet: https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/vpc_network_interface.go
 */
const leftInterfaces = "DeleteNetworkInterface DetachNetworkInterface";
const openAndClose =
  "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress";

/** Rights for networks. */
export const networkRights: RightsByType = {
  aws_default_network_acl: withVpc("network-acl", ec2(aclEntries, "DescribeNetworkAcls")),
  aws_default_security_group: withVpc(
    "security-group",
    ec2(openAndClose, "DescribeSecurityGroups DescribeSecurityGroupRules"),
  ),
  aws_eip: ec2(
    "AllocateAddress AssociateAddress DisassociateAddress ReleaseAddress",
    "DescribeAddresses DescribeAddressesAttribute",
  ),
  aws_flow_log: {
    ...ec2("CreateFlowLogs DeleteFlowLogs", "DescribeFlowLogs"),
    passRole: { service: "vpc-flow-logs", roles: ["iam_role_arn"] },
  },
  aws_internet_gateway: ec2(
    "AttachInternetGateway CreateInternetGateway DeleteInternetGateway DetachInternetGateway",
    "DescribeInternetGateways",
  ),
  aws_nat_gateway: ec2("CreateNatGateway DeleteNatGateway", "DescribeNatGateways"),
  aws_network_acl: ec2(`CreateNetworkAcl DeleteNetworkAcl ${aclEntries}`, "DescribeNetworkAcls"),
  aws_network_acl_association: ec2("ReplaceNetworkAclAssociation", "DescribeNetworkAcls"),
  aws_network_acl_rule: ec2(aclEntries, "DescribeNetworkAcls"),
  aws_route: ec2("CreateRoute DeleteRoute ReplaceRoute", "DescribeRouteTables"),
  aws_route_table: ec2("CreateRouteTable DeleteRouteTable DisassociateRouteTable", "DescribeRouteTables"),
  aws_route_table_association: ec2(
    "AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation",
    "DescribeRouteTables",
  ),
  aws_security_group: ec2(
    `CreateSecurityGroup DeleteSecurityGroup ${leftInterfaces} ${openAndClose}`,
    "DescribeNetworkInterfaces DescribeSecurityGroups DescribeSecurityGroupRules",
  ),
  aws_subnet: ec2(
    `CreateSubnet DeleteSubnet ${leftInterfaces} ModifySubnetAttribute`,
    "DescribeAvailabilityZones DescribeNetworkInterfaces DescribeSubnets",
  ),
  aws_vpc: ec2(
    "CreateVpc DeleteVpc ModifyVpcAttribute",
    "DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups DescribeVpcAttribute DescribeVpcs",
  ),
  aws_vpc_endpoint: {
    resources: ["ec2:{region}:{account}:*", "route53:::hostedzone/*"],
    actions: [
      ...actions("ec2", "CreateVpcEndpoint DeleteVpcEndpoints ModifyVpcEndpoint"),
      // EC2 does it for the caller when an endpoint has a private name.
      ...actions("route53", "AssociateVPCWithHostedZone"),
    ],
    actionsOnOtherResources: tagging,
    actionsOnAnyResource: actions(
      "ec2",
      "DescribeNetworkInterfaces DescribePrefixLists DescribeVpcEndpoints",
    ),
  },
  aws_vpc_ipv4_cidr_block_association: ec2("AssociateVpcCidrBlock DisassociateVpcCidrBlock", "DescribeVpcs"),
  aws_vpc_security_group_egress_rule: ec2(
    "AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress",
    "DescribeSecurityGroupRules DescribeSecurityGroups",
  ),
  aws_vpc_security_group_ingress_rule: ec2(
    "AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress",
    "DescribeSecurityGroupRules DescribeSecurityGroups",
  ),
};
