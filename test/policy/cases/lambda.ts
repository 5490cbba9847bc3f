import type { Cases } from "../case";
import { policyOf } from "../resources";

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
