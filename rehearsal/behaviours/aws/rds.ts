import type { Attributes, Context } from "../../engine/behaviour";
import { listOf, textOf } from "../../engine/read-value";
import { uuidFrom } from "../../cloud/digest";
import { arn, endpointDomain } from "./arn";
import { deliverLateLogs } from "./late-logs";
import { attributeOf, zonesOf } from "./lookup";
import { named, nameFrom, type Behaviours } from "./naming";
import { installedVersion, refusedInstanceGroup, refusedVersion } from "./rds-upgrades";
import { exactVersion } from "./rds-versions";
import { zonesIn } from "./zones";

/** RDS and Aurora: clusters, instances, groups and event subscriptions. */
export const rds: Behaviours = {
  aws_db_subnet_group: named((name, context) => arn(context, "rds", `subgrp:${name}`), {
    check: ({ subnet_ids }, context) =>
      zonesOf(context, subnet_ids).size < 2
        ? "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 2 AZs."
        : undefined,
    computed: ({ subnet_ids }, context) => ({
      supported_network_types: ["IPV4"],
      vpc_id: attributeOf(context, "aws_subnet", [listOf(subnet_ids)[0], "vpc_id"]),
    }),
    remove: ({ name }, { cloud }) => {
      const user = cloud
        .list("aws_rds_cluster")
        .find(({ attributes }) => attributes.db_subnet_group_name === name);
      return (
        user &&
        `InvalidDBSubnetGroupStateFault: Cannot delete the subnet group because at least one database cluster: ${user.id} is still using it.`
      );
    },
  }),
  aws_rds_cluster_parameter_group: named((name, context) => arn(context, "rds", `cluster-pg:${name}`)),
  aws_db_parameter_group: named((name, context) => arn(context, "rds", `pg:${name}`)),
  aws_db_event_subscription: named((name, context) => arn(context, "rds", `es:${name}`), {
    prefix: "tf-",
    computed: (_planned, { account }) => ({ customer_aws_id: account }),
  }),
  aws_rds_cluster: {
    id: nameFrom("cluster_identifier", "tf-"),
    check: (planned, context) => missingSubnetGroup(planned, context) ?? refusedVersion(planned, context),
    computed: clusterValues,
    afterUpdate: installedVersion,
    remove: removeCluster,
  },
  aws_rds_cluster_instance: {
    id: nameFrom("identifier", "tf-"),
    check: (planned, context) => {
      const cluster = textOf(planned.cluster_identifier) ?? "";
      return context.cloud.get("aws_rds_cluster", cluster)
        ? refusedInstanceGroup(planned, context)
        : `DBClusterNotFoundFault: Could not find DB Cluster: ${cluster}`;
    },
    computed: clusterInstanceValues,
  },
  aws_db_instance: {
    id: nameFrom("identifier", "terraform-"),
    check: missingSubnetGroup,
    computed: instanceValues,
  },
};

function missingSubnetGroup({ db_subnet_group_name }: Attributes, { cloud }: Context): string | undefined {
  const group = textOf(db_subnet_group_name) ?? "";
  // Every account has a group "default" for its default VPC.
  const known = ["", "default"].includes(group) || cloud.get("aws_db_subnet_group", group) !== undefined;
  return known ? undefined : `DBSubnetGroupNotFoundFault: DB subnet group '${group}' does not exist.`;
}

const portOf = (engine: unknown): number => (textOf(engine)?.includes("postgres") === true ? 5432 : 3306);

const endpointOf = (context: Context, kind: string): string =>
  `${context.id}.${kind}${context.hash("endpoint", 12)}.${context.region}.rds.${endpointDomain(context)}`;

/** The secret that RDS keeps when it manages the master password. */
function masterSecret(planned: Attributes, context: Context, owner: string): readonly Attributes[] {
  if (planned.manage_master_user_password !== true) return [];
  const name = `rds!${owner}-${uuidFrom(context.hash("secret", 32))}-${context.hash("suffix", 6)}`;
  const own = arn(context, "kms", `key/${uuidFrom(context.hash("secret key", 32))}`);
  return [
    {
      secret_arn: arn(context, "secretsmanager", `secret:${name}`),
      kms_key_id: textOf(planned.master_user_secret_kms_key_id) ?? own,
      secret_status: "active",
    },
  ];
}

/** What clusters and instances alike are given when the configuration says nothing. */
const housekeeping = {
  hosted_zone_id: "Z2R2ITUGPM61AM",
  network_type: "IPV4",
  backup_retention_period: 1,
  preferred_backup_window: "07:00-07:30",
  preferred_maintenance_window: "sun:08:00-sun:08:30",
  ca_certificate_identifier: "rds-ca-rsa2048-g1",
  ca_cert_identifier: "rds-ca-rsa2048-g1",
  engine_lifecycle_support: "open-source-rds-extended-support",
  database_insights_mode: "standard",
};

function clusterValues(planned: Attributes, context: Context): Attributes {
  const version = textOf(planned.engine_version) ?? "16.6";
  return {
    ...housekeeping,
    arn: arn(context, "rds", `cluster:${context.id}`),
    cluster_identifier: context.id,
    cluster_resource_id: `cluster-${context.hash("resource", 26).toUpperCase()}`,
    endpoint: endpointOf(context, "cluster-"),
    reader_endpoint: endpointOf(context, "cluster-ro-"),
    port: portOf(planned.engine),
    engine_version: version,
    engine_version_actual: exactVersion(version),
    allocated_storage: 1,
    availability_zones: zonesIn(context.region),
    db_cluster_parameter_group_name: `default.${textOf(planned.engine) ?? ""}${version.split(".")[0] ?? ""}`,
    db_subnet_group_name: "default",
    master_user_secret: masterSecret(planned, context, "cluster"),
  };
}

function clusterInstanceValues({ cluster_identifier }: Attributes, context: Context): Attributes {
  const cluster = context.cloud.get("aws_rds_cluster", textOf(cluster_identifier) ?? "")?.attributes ?? {};
  const others = context.cloud
    .list("aws_rds_cluster_instance")
    .filter(({ attributes }) => attributes.cluster_identifier === cluster_identifier);
  return {
    ...housekeeping,
    arn: arn(context, "rds", `db:${context.id}`),
    identifier: context.id,
    dbi_resource_id: `db-${context.hash("resource", 26).toUpperCase()}`,
    endpoint: endpointOf(context, ""),
    port: cluster.port,
    engine_version: cluster.engine_version_actual,
    engine_version_actual: cluster.engine_version_actual,
    db_subnet_group_name: cluster.db_subnet_group_name,
    db_parameter_group_name: cluster.db_cluster_parameter_group_name,
    kms_key_id: cluster.kms_key_id,
    storage_encrypted: cluster.storage_encrypted,
    availability_zone: zonesIn(context.region)[others.length % 3],
    writer: others.length === 0,
  };
}

function instanceValues(planned: Attributes, context: Context): Attributes {
  const address = endpointOf(context, "");
  const port = typeof planned.port === "number" ? planned.port : portOf(planned.engine);
  return {
    ...housekeeping,
    arn: arn(context, "rds", `db:${context.id}`),
    identifier: context.id,
    resource_id: `db-${context.hash("resource", 26).toUpperCase()}`,
    address,
    endpoint: `${address}:${port}`,
    port,
    status: "available",
    engine_version_actual: planned.engine_version,
    availability_zone: zonesIn(context.region)[0],
    master_user_secret: masterSecret(planned, context, "db"),
  };
}

function removeCluster(
  { enabled_cloudwatch_logs_exports }: Attributes,
  context: Context,
): string | undefined {
  const members = context.cloud
    .list("aws_rds_cluster_instance")
    .filter(({ attributes }) => attributes.cluster_identifier === context.id);
  if (members.length > 0)
    return `InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state (${members.map((member) => member.id).join(", ")}).`;
  const exported = listOf(enabled_cloudwatch_logs_exports).map((kind) => textOf(kind) ?? "");
  deliverLateLogs(
    exported.map((kind) => `/aws/rds/cluster/${context.id}/${kind}`),
    context,
  );
  return undefined;
}
