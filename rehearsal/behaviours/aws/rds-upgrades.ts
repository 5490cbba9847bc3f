import type { Attributes, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { attributeOf } from "./lookup";
import { exactVersion, isOlder, majorOf } from "./rds-versions";

/** How RDS refuses a cluster's version, or a parameter group that does not belong to it. */
export function refusedVersion(planned: Attributes, context: Context): string | undefined {
  const wanted = textOf(planned.engine_version);
  if (wanted === undefined) return undefined;
  const running = attributeOf(context, "aws_rds_cluster", [context.id, "engine_version_actual"]);
  return (
    (running === undefined ? undefined : refusedUpgrade(planned, context, { from: running, to: wanted })) ??
    foreignGroup(
      context,
      ["aws_rds_cluster_parameter_group", planned.db_cluster_parameter_group_name],
      wanted,
    )
  );
}

/** How RDS refuses an instance's parameter group that does not belong to the version of the cluster. */
export function refusedInstanceGroup(planned: Attributes, context: Context): string | undefined {
  const cluster = planned.cluster_identifier;
  const running = attributeOf(context, "aws_rds_cluster", [cluster, "engine_version_actual"]);
  return running === undefined
    ? undefined
    : foreignGroup(context, ["aws_db_parameter_group", planned.db_parameter_group_name], running);
}

/** What RDS has installed after a change: at once, or nothing until the maintenance window. */
export function installedVersion(state: Attributes, context: Context): Attributes {
  const wanted = textOf(state.engine_version) ?? "";
  const running = attributeOf(context, "aws_rds_cluster", [context.id, "engine_version_actual"]) ?? wanted;
  if (wanted === running || majorOf(running) === wanted) return {};
  // The provider reads the version that runs, not the one that is pending.
  if (state.apply_immediately !== true) return { engine_version: running, engine_version_actual: running };
  const version = exactVersion(wanted);
  for (const instance of instancesOf(context)) {
    const engine = { engine_version: version, engine_version_actual: version };
    context.cloud.put({ ...instance, attributes: { ...instance.attributes, ...engine } });
  }
  return { engine_version_actual: version };
}

function refusedUpgrade(
  planned: Attributes,
  context: Context,
  { from, to }: { readonly from: string; readonly to: string },
): string | undefined {
  // The provider sends the version whenever it is not literally the one that runs, with whatever else changes:
  // https://github.com/hashicorp/terraform-provider-aws/issues/45026
  if (to === from) return undefined;
  const target = exactVersion(to);
  if (isOlder(target, from))
    return `InvalidParameterCombination: Cannot upgrade ${textOf(planned.engine) ?? ""} from ${from} to ${target}`;
  if (majorOf(target) === majorOf(from)) return undefined;
  if (planned.allow_major_version_upgrade !== true)
    return "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.";
  const given = textOf(planned.db_instance_parameter_group_name);
  if (given !== undefined) return foreignGroup(context, ["aws_db_parameter_group", given], target);
  const custom = instancesOf(context)
    .map(({ attributes }) => textOf(attributes.db_parameter_group_name) ?? "")
    .find((name) => context.cloud.get("aws_db_parameter_group", name) !== undefined);
  // https://github.com/hashicorp/terraform-provider-aws/issues/35912
  return custom === undefined
    ? undefined
    : `InvalidParameterCombination: The current DB instance parameter group ${custom} is custom. You must explicitly specify a new DB instance parameter group, either default or custom, for the engine version upgrade.`;
}

function foreignGroup(
  context: Context,
  [type, name]: readonly [type: string, name: unknown],
  version: string,
): string | undefined {
  const family = attributeOf(context, type, [name, "family"]);
  if (family === undefined || family.endsWith(`postgresql${majorOf(version)}`)) return undefined;
  return `InvalidParameterCombination: The Parameter Group ${textOf(name) ?? ""} with DBParameterGroupFamily ${family} cannot be used for this instance. Please use a Parameter Group with DBParameterGroupFamily ${family.replace(/\d+$/, majorOf(version))}`;
}

function instancesOf({ cloud, id }: Context) {
  return cloud
    .list("aws_rds_cluster_instance")
    .filter(({ attributes }) => attributes["cluster_identifier"] === id);
}
