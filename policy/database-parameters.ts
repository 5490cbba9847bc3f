import type { SynthesisedJson } from "../synthesis/environment";
import { textsAt, type Resource } from "../synthesis/resource";

/** The parameters that a database cluster is given, by name. */
export function parameters(document: SynthesisedJson, cluster: Resource): ReadonlyMap<string, string> {
  const groups = document.targets(cluster, "db_cluster_parameter_group_name");
  const given = groups.flatMap((group) => group.values("parameter"));
  return new Map(
    given.map((parameter) => [textsAt(parameter, "name")[0] ?? "", textsAt(parameter, "value")[0] ?? ""]),
  );
}
