import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";
import { serviceName } from "../../../lib/aws-facts/endpoint-services";
import type { Network } from "./network";

/** What the proxy calls; it reads no file itself, so that S3 is not among them. */
const services = ["ecr.api", "ecr.dkr", "secretsmanager"] as const;

/** Adds the proxy's only ways out: one to each service that it calls, for this account's principals. */
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
