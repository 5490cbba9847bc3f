import { actions } from "../../../lib/layer/rights";
import { type ForwardedCalls, given, linkedRole, valuesAt } from "./forwarded-calls";

const balancing =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html";
const balancingTags =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/tagging-resources-during-creation.html";
const firewall = "https://docs.aws.amazon.com/waf/latest/developerguide";
const balancer = "elasticloadbalancing:{region}:{account}:loadbalancer";
const ofBalancer = ({ ResourceArn }: { readonly ResourceArn?: unknown }) =>
  String(ResourceArn).includes(":loadbalancer/");

/** What Elastic Load Balancing, WAF, Shield and Route 53 do as the caller. */
export const edgeCalls: readonly ForwardedCalls[] = [
  linkedRole(["elbv2.CreateLoadBalancer", "elbv2.CreateTargetGroup"], "elasticloadbalancing", balancing),
  {
    of: ["elbv2.CreateLoadBalancer"],
    actions: actions(
      "ec2",
      "DescribeAccountAttributes DescribeAddresses DescribeInternetGateways DescribeSecurityGroups DescribeSubnets DescribeVpcs",
    ),
    source: balancing,
  },
  {
    of: ["elbv2.CreateTargetGroup"],
    actions: actions("ec2", "DescribeInternetGateways DescribeVpcs"),
    source: balancing,
  },
  {
    of: ["elbv2.RegisterTargets"],
    actions: actions("ec2", "DescribeInstances DescribeInternetGateways DescribeSubnets DescribeVpcs"),
    source: balancing,
  },
  { of: ["elbv2.SetIpAddressType", "elbv2.SetSubnets"], actions: ["ec2:DescribeSubnets"], source: balancing },
  {
    of: ["elbv2.CreateLoadBalancer", "elbv2.SetSecurityGroups"],
    when: given("SecurityGroups"),
    actions: ["ec2:GetSecurityGroupsForVpc"],
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/releases/tag/v2.10.0",
  },
  {
    of: ["elbv2.CreateLoadBalancer"],
    when: given("Tags"),
    actions: ["elasticloadbalancing:AddTags"],
    resource: ({ Type }) => `${balancer}/${Type === "network" ? "net" : "app"}/{Name}/*`,
    source: balancingTags,
  },
  {
    of: ["elbv2.CreateListener"],
    when: given("Tags"),
    actions: ["elasticloadbalancing:AddTags"],
    resource: ({ LoadBalancerArn }) => `${String(LoadBalancerArn).replace(":loadbalancer/", ":listener/")}/*`,
    source: balancingTags,
  },
  {
    of: ["elbv2.CreateRule"],
    when: given("Tags"),
    actions: ["elasticloadbalancing:AddTags"],
    resource: ({ ListenerArn }) => `${String(ListenerArn).replace(":listener/", ":listener-rule/")}/*`,
    source: balancingTags,
  },
  {
    of: ["wafv2.AssociateWebACL"],
    when: ofBalancer,
    actions: actions("elasticloadbalancing", "CreateWebACLAssociation SetWebAcl"),
    resource: "{ResourceArn}",
    source: `${firewall}/security_iam_service-with-iam.html#security_iam_action-AssociateWebACL`,
  },
  {
    of: ["wafv2.DisassociateWebACL"],
    when: ofBalancer,
    actions: actions("elasticloadbalancing", "DeleteWebACLAssociation SetWebAcl"),
    resource: "{ResourceArn}",
    source: `${firewall}/security_iam_service-with-iam.html#security_iam_action-DisassociateWebACL`,
  },
  {
    of: ["wafv2.GetWebACLForResource"],
    when: ofBalancer,
    actions: ["elasticloadbalancing:GetLoadBalancerWebACL"],
    resource: "{ResourceArn}",
    source: `${firewall}/security_iam_service-with-iam.html#security_iam_action-GetWebACLForResource`,
  },
  linkedRole(["wafv2.PutLoggingConfiguration"], "wafv2", `${firewall}/using-service-linked-roles.html`),
  {
    of: ["wafv2.PutLoggingConfiguration"],
    when: (params) =>
      valuesAt(params, "LoggingConfiguration.LogDestinationConfigs").some((arn) => arn.includes(":logs:")),
    actions: actions(
      "logs",
      "CreateLogDelivery DescribeLogGroups DescribeResourcePolicies PutResourcePolicy",
    ),
    source: `${firewall}/logging-cw-logs.html`,
  },
  {
    of: ["wafv2.DeleteLoggingConfiguration"],
    actions: ["logs:DeleteLogDelivery"],
    source: `${firewall}/logging-cw-logs.html`,
  },
  linkedRole(["shield.CreateSubscription"], "shield", `${firewall}/shd-using-service-linked-roles.html`),
  {
    of: ["shield.CreateProtection"],
    when: ({ ResourceArn }) => String(ResourceArn).includes(":eip-allocation/"),
    actions: ["ec2:DescribeAddresses"],
    source: `${firewall}/shd-security_iam_service-with-iam.html`,
  },
  {
    of: ["shield.CreateProtection"],
    when: ofBalancer,
    actions: ["elasticloadbalancing:DescribeLoadBalancers"],
    source: `${firewall}/shd-security_iam_service-with-iam.html`,
  },
  {
    of: [
      "route53.CreateHostedZone",
      "route53.AssociateVPCWithHostedZone",
      "route53.DisassociateVPCFromHostedZone",
    ],
    when: given("VPC.VPCId"),
    actions: ["ec2:DescribeVpcs"],
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/r53-api-permissions-ref.html",
  },
  {
    of: ["route53.CreateQueryLoggingConfig"],
    actions: ["logs:DescribeLogGroups"],
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html",
  },
  {
    of: ["ec2.CreateVpcEndpoint"],
    when: (params) => valuesAt(params, "PrivateDnsEnabled").includes("true"),
    actions: ["route53:AssociateVPCWithHostedZone"],
    resource: "route53:::hostedzone/*",
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html",
  },
];
