import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { policyDocument } from "../../lib/constructs/iam-policy";
import type { LayerStack } from "../../lib/layer/stack";

/** Adds the gateway endpoint for S3, which is free and also serves ECR image layers; returns S3's prefix list. */
export function addS3Endpoint(
  stack: LayerStack,
  { vpcId, routeTableIds }: { readonly vpcId: string; readonly routeTableIds: readonly string[] },
): string {
  const { account, region, name } = stack.environment;
  const allow = { Effect: "Allow", Principal: "*", Resource: "*" } as const;
  const endpoint = new VpcEndpoint(stack, "endpoint-s3", {
    vpcId,
    vpcEndpointType: "Gateway",
    serviceName: `com.amazonaws.${region}.s3`,
    routeTableIds: [...routeTableIds],
    policy: policyDocument([
      {
        Sid: "OwnBuckets",
        ...allow,
        Action: "s3:*",
        Condition: { StringEquals: { "aws:ResourceAccount": account } },
      },
      // Image layers and packages are in buckets of other accounts: reads are allowed anywhere, writes only to own buckets.
      { Sid: "ReadAnywhere", ...allow, Action: ["s3:GetObject", "s3:GetObjectVersion"] },
    ]),
    tags: { Name: `${name}-s3` },
  });
  return endpoint.prefixListId;
}
