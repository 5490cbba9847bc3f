import type { Environment } from "../../../lib/layer/environment-schema";

const homes = { aws: "us-east-1", "aws-us-gov": "us-gov-west-1", "aws-cn": "cn-northwest-1" } as const;

/** The region that Route 53, a global service, uses for query logs and DNSSEC keys. */
export function homeRegion(partition: Environment["partition"]): string {
  return homes[partition];
}
