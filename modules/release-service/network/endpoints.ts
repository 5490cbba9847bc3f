import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { serviceName } from "../../../lib/aws-facts/endpoint-services";
import type { Network } from "./network";

/** Services that the proxy calls; S3 is not included, because clients download files directly. */
const services = ["ecr.api", "ecr.dkr", "secretsmanager"] as const;

/** Adds an interface endpoint for each service that the proxy calls, for principals of this account only. */
export function addEndpoints(stack: LayerStack, network: Network, securityGroupId: string): void {
  const { account, name } = stack.environment;
  for (const service of services) {
    new VpcEndpoint(stack, `endpoint-${service.replace(".", "-")}`, {
      vpcId: network.vpcId,
      vpcEndpointType: "Interface",
      serviceName: serviceName(service, stack.environment),
      privateDnsEnabled: true,
      subnetIds: [...network.privateSubnetIds],
      securityGroupIds: [securityGroupId],
      policy: policyDocument([
        {
          Effect: "Allow",
          Principal: "*",
          Action: "*",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": account } },
        },
      ]),
      tags: { Name: `${name}-release-service-${service}` },
    });
  }
}
