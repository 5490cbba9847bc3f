import type { Environment } from "./environment-schema";

type Place = Pick<Environment, "partition" | "region">;

/** The DNS suffix of a partition's services. */
export function dnsSuffix(partition: Environment["partition"]): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** The principal a service acts as, e.g. `ec2.amazonaws.com`; most are the same in every partition. */
export function servicePrincipal(service: string, { partition, region }: Place): string {
  if (service === "ec2") return `ec2.${dnsSuffix(partition)}`;
  if (service === "logs") return `logs.${region}.${dnsSuffix(partition)}`;
  return `${service}.amazonaws.com`;
}

/** The value of `kms:ViaService` for a service, e.g. `rds.us-west-2.amazonaws.com`. */
export function viaService(service: string, { partition, region }: Place): string {
  return `${service}.${region}.${dnsSuffix(partition)}`;
}
