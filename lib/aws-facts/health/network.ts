import { awsCall } from "../../layer/aws-call";
import { health, type HealthByType } from "../../layer/health";

/** What traffic passes, and what it is encrypted with. */
export const networkHealth: HealthByType = {
  aws_acm_certificate: health({
    action: "acm:DescribeCertificate",
    call: (id) => awsCall("acm", "DescribeCertificate", { CertificateArn: id }),
    state: ({ Certificate }) => Certificate?.Status,
    // Another resource waits for its validation.
    healthy: ["ISSUED", "PENDING_VALIDATION"],
    busy: [],
  }),
  aws_lb: health({
    action: "elasticloadbalancing:DescribeLoadBalancers",
    call: (id) => awsCall("elastic-load-balancing-v2", "DescribeLoadBalancers", { LoadBalancerArns: [id] }),
    state: ({ LoadBalancers }) => LoadBalancers?.[0]?.State?.Code,
    healthy: ["active"],
    busy: ["provisioning"],
  }),
  aws_nat_gateway: health({
    action: "ec2:DescribeNatGateways",
    call: (id) => awsCall("ec2", "DescribeNatGateways", { NatGatewayIds: [id] }),
    state: ({ NatGateways }) => NatGateways?.[0]?.State,
    healthy: ["available"],
    busy: ["pending"],
  }),
  aws_vpc_endpoint: health({
    action: "ec2:DescribeVpcEndpoints",
    call: (id) => awsCall("ec2", "DescribeVpcEndpoints", { VpcEndpointIds: [id] }),
    // The API answers in lower case, and documents upper case.
    state: ({ VpcEndpoints }) => VpcEndpoints?.[0]?.State?.toLowerCase(),
    healthy: ["available"],
    busy: ["pending"],
  }),
};
