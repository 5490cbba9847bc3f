import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { viaService } from "../../../lib/layer/partition";
import { policyDocument, serviceTrust, type Statement } from "../../../lib/constructs/iam-policy";
import type { LayerStack } from "../../../lib/layer/stack";

/** Resources that the proxy reads, and its log group. */
export interface Reach {
  readonly bucketArn: string;
  readonly filePrefix: string;
  readonly repositoriesArn: string;
  readonly tokensSecretArn: string;
  readonly keyArn: string;
  readonly logGroupArn: string;
}

/** Adds the proxy's role, which may read the served content only; also returns its policy. */
export function addProxyRole(
  stack: LayerStack,
  functionName: string,
  reach: Reach,
): { readonly role: IamRole; readonly policy: IamRolePolicy } {
  const role = new IamRole(stack, "proxy-role", {
    name: stack.named("iamRole", "release-service-proxy"),
    description: "Reads the content that the release service serves",
    // Without conditions: Lambda provides no source keys, and accepts only roles of the function's account.
    assumeRolePolicy: serviceTrust("lambda", stack.environment),
  });
  const policy = new IamRolePolicy(stack, "proxy-policy", {
    name: "read-releases",
    role: role.name,
    policy: policyDocument([
      ...reading(stack, reach),
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${reach.logGroupArn}:*`,
      },
      ...connecting(stack, functionName),
    ]),
  });
  return { role, policy };
}

function reading({ environment }: LayerStack, reach: Reach): readonly Statement[] {
  // Lambda decrypts the environment variables with the role, or with the grant that it creates for it.
  const through = ["lambda", "s3", "secretsmanager"].map((service) => viaService(service, environment));
  return [
    { Effect: "Allow", Action: "s3:GetObject", Resource: `${reach.bucketArn}/${reach.filePrefix}*` },
    // Without ListBucket, S3 returns 403 instead of 404 for missing objects.
    { Effect: "Allow", Action: "s3:ListBucket", Resource: reach.bucketArn },
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: reach.tokensSecretArn },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: reach.keyArn,
      Condition: { StringEquals: { "kms:ViaService": through } },
    },
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:ListImages",
      ],
      Resource: reach.repositoriesArn,
    },
  ];
}

/**
 * Lets Lambda attach the function to the VPC, but denies that to the function's code, with the list that AWS recommends:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function connecting(stack: LayerStack, functionName: string): readonly Statement[] {
  const interfaces = ["network-interface/*", "subnet/*", "security-group/*"];
  const change = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ];
  const look = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
  return [
    {
      Effect: "Allow",
      Action: change,
      Resource: interfaces.map((resource) => stack.arn("ec2", resource)),
    },
    { Effect: "Allow", Action: look, Resource: "*" },
    {
      Effect: "Deny",
      Action: [...change, ...look, "ec2:DetachNetworkInterface"],
      Resource: "*",
      Condition: {
        ArnEquals: { "lambda:SourceFunctionArn": stack.arn("lambda", `function:${functionName}`) },
      },
    },
  ];
}
