import type { Environment } from "./environment-schema";

type Place = Pick<Environment, "partition" | "region">;

/** The domain under which a partition's services answer. */
export function dnsSuffix(partition: Environment["partition"]): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/** The principal a service acts as, e.g. `ec2.amazonaws.com`; most are the same in every partition. */
export function servicePrincipal(service: string, { partition, region }: Place): string {
  if (service === "ec2") return `ec2.${dnsSuffix(partition)}`;
  if (service === "logs") return `logs.${region}.${dnsSuffix(partition)}`;
  return `${service}.amazonaws.com`;
}

/** A service as `kms:ViaService` names it, e.g. `rds.us-west-2.amazonaws.com`. */
export function viaService(service: string, { partition, region }: Place): string {
  return `${service}.${region}.${dnsSuffix(partition)}`;
}
