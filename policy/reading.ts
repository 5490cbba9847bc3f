import type { SynthesisedJson } from "../synthesis/environment";
import { textsAt, type Resource } from "../synthesis/resource";
import type { Statement } from "./statements";

/** Whether a subnet's route table leads to the internet without a NAT gateway. */
export function isPublicSubnet(synthesised: SynthesisedJson, subnet: Resource): boolean {
  return synthesised
    .referring(subnet, "aws_route_table_association", "subnet_id")
    .flatMap((association) => synthesised.targets(association, "route_table_id"))
    .flatMap((table) => synthesised.referring(table, "aws_route", "route_table_id"))
    .some((route) =>
      synthesised.targets(route, "gateway_id").some(({ type }) => type === "aws_internet_gateway"),
    );
}

/** The parameters that a database cluster is given, by name. */
export function databaseParameters(
  synthesised: SynthesisedJson,
  cluster: Resource,
): ReadonlyMap<string, string> {
  const groups = synthesised.targets(cluster, "db_cluster_parameter_group_name");
  const given = groups.flatMap((group) => group.values("parameter"));
  return new Map(
    given.map((parameter) => [textsAt(parameter, "name")[0] ?? "", textsAt(parameter, "value")[0] ?? ""]),
  );
}

/** Whether a statement allows or denies everyone, without a condition that identifies the principal. */
export function isForEveryone({ principals, narrowingKeys }: Statement): boolean {
  return principals.includes("*") && !narrowingKeys.some((key) => identifying.test(key));
}

/** Condition keys that only requests of certain accounts or networks fulfil; every account's requests come through AWS's services. */
const identifying =
  /^(aws:(principal(account|arn|orgid|orgpaths)|source(account|arn|ip|orgid|vpc|vpce|owner))|kms:calleraccount|elasticfilesystem:accessedviamounttarget)$/;
