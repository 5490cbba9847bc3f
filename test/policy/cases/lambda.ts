import type { Cases } from "../case";
import { accessKey, policyOf, secretKey } from "../resources";

const functionInVpc = (denied: readonly string[]) => ({
  aws_iam_role: { proxy: { name: "proxy" } },
  aws_iam_role_policy: {
    proxy: {
      role: "${aws_iam_role.proxy.name}",
      policy: policyOf({
        Effect: "Deny",
        Action: denied,
        Resource: "*",
        Condition: {
          ArnEquals: { "lambda:SourceFunctionArn": "arn:aws:lambda:us-west-2:111122223333:function:p" },
        },
      }),
    },
  },
  aws_lambda_function: {
    proxy: { role: "${aws_iam_role.proxy.arn}", vpc_config: { subnet_ids: ["subnet-1"] } },
  },
});

const described = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:Describe*"];
const assigned = ["ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"];

export const lambdaCases = {
  "function-concurrency": {
    passing: { aws_lambda_function: { proxy: { reserved_concurrent_executions: 50 } } },
    violating: { aws_lambda_function: { proxy: {} } },
  },
  "function-environment": {
    passing: {
      aws_lambda_function: {
        none: {},
        proxy: { environment: { variables: { BUCKET: "releases" } }, kms_key_arn: "${aws_kms_key.key.arn}" },
      },
    },
    violating: { aws_lambda_function: { proxy: { environment: { variables: { BUCKET: "releases" } } } } },
  },
  "function-credentials": {
    passing: {
      aws_lambda_function: {
        none: {},
        proxy: {
          environment: {
            variables: {
              BUCKET: "${aws_s3_bucket.releases.bucket}",
              HASH: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
              PREFIXES: '["releases/"]',
            },
          },
        },
      },
    },
    violating: [
      accessKey,
      secretKey,
      "-----BEGIN RSA PRIVATE KEY-----",
      Buffer.from(`key: ${accessKey}, and more`).toString("base64"),
    ].map((KEY) => ({ aws_lambda_function: { proxy: { environment: { variables: { KEY } } } } })),
  },
  "function-runtime": {
    passing: { aws_lambda_function: { proxy: { runtime: "nodejs22.x" }, image: { package_type: "Image" } } },
    violating: ["nodejs20.x", "python3.9", "provided", "provided.al2", "java8", "dotnet6"].map((runtime) => ({
      aws_lambda_function: { proxy: { runtime } },
    })),
  },
  "function-network": {
    passing: { aws_lambda_function: { proxy: { vpc_config: { subnet_ids: ["subnet-1"] } } } },
    violating: { aws_lambda_function: { proxy: {} } },
  },
  "function-dead-letters": {
    passing: { aws_lambda_function: { proxy: { dead_letter_config: { target_arn: "queue" } } } },
    violating: { aws_lambda_function: { proxy: {} } },
  },
  "function-tracing": {
    passing: { aws_lambda_function: { proxy: { tracing_config: { mode: "Active" } } } },
    violating: { aws_lambda_function: { proxy: { tracing_config: { mode: "PassThrough" } } } },
  },
  "function-signing": {
    passing: { aws_lambda_function: { proxy: { code_signing_config_arn: "signing" } } },
    violating: { aws_lambda_function: { proxy: {} } },
  },
  "function-public": {
    passing: { aws_lambda_permission: { proxy: { principal: "elasticloadbalancing.amazonaws.com" } } },
    violating: { aws_lambda_permission: { proxy: { principal: "*" } } },
  },
  "function-callers": {
    passing: {
      aws_lambda_permission: {
        proxy: { principal: "elasticloadbalancing.amazonaws.com", source_arn: "target-group" },
        account: { principal: "111122223333" },
      },
    },
    violating: ["events.amazonaws.com", "events.amazonaws.com.cn"].map((principal) => ({
      aws_lambda_permission: { proxy: { principal, source_account: "111122223333" } },
    })),
  },
  "function-url": {
    passing: {
      aws_lambda_function_url: {
        proxy: { authorization_type: "AWS_IAM", cors: { allow_origins: ["https://example.org"] } },
      },
    },
    violating: [
      { aws_lambda_function_url: { proxy: { authorization_type: "NONE" } } },
      {
        aws_lambda_function_url: { proxy: { authorization_type: "AWS_IAM", cors: { allow_origins: ["*"] } } },
      },
    ],
  },
  "function-interfaces": {
    passing: functionInVpc([...described, ...assigned, "ec2:DetachNetworkInterface"]),
    violating: functionInVpc([...described, ...assigned]),
  },
  "function-headers": {
    passing: {
      aws_lb_target_group: {
        pods: { target_type: "ip" },
        proxy: { target_type: "lambda", lambda_multi_value_headers_enabled: true },
      },
    },
    violating: { aws_lb_target_group: { proxy: { target_type: "lambda" } } },
  },
} satisfies Cases;
