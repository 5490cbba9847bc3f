import type { Environment } from "../layer/environment-schema";

/** Services whose endpoint service name has a different prefix in China (AWS CDK, `InterfaceVpcEndpointAwsService`). */
const chineseNames: ReadonlySet<string> = new Set([
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "elasticfilesystem",
  "monitoring",
  "rds",
  "sts",
]);

/** The service name of an endpoint, e.g. `com.amazonaws.us-west-2.ec2`. */
export function serviceName(
  service: string,
  { partition, region }: Pick<Environment, "partition" | "region">,
): string {
  const chinese = partition === "aws-cn" && chineseNames.has(service);
  return `${chinese ? "cn.com.amazonaws" : "com.amazonaws"}.${region}.${service}`;
}
