import type { Context } from "../../engine/behaviour";

type Place = Pick<Context, "partition" | "region" | "account">;

/** ARN of a regional resource of the rehearsed account. */
export const arn = (at: Place, service: string, resource: string): string =>
  `arn:${at.partition}:${service}:${at.region}:${at.account}:${resource}`;

/** ARN of a resource that belongs to no region, such as an IAM role. */
export const globalArn = (at: Place, service: string, resource: string): string =>
  arn({ ...at, region: "" }, service, resource);

/** Domain under which the endpoints of the partition live. */
export const endpointDomain = ({ partition }: Pick<Place, "partition">): string =>
  partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
