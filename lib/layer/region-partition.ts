import type { Environment } from "./environment-schema";

/** The AWS partition that a region belongs to. */
export function partitionOf(region: string): Environment["partition"] {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}
