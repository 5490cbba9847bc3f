import type { Attributes, Context } from "../../engine/behaviour";
import { textOf } from "../../engine/read-value";
import { arn, endpointDomain } from "./arn";
import { attributeOf } from "./lookup";
import { put, type Behaviours } from "./naming";
import { validateJson } from "./policy-json";
import { zoneId } from "./zones";

/** EFS: file systems, mount targets and access points. */
export const efs: Behaviours = {
  aws_efs_file_system: {
    id: "fs-",
    computed: ({ tags }, context) => ({
      arn: fileSystemArn(context, context.id),
      dns_name: hostOf(context, context.id),
      owner_id: context.account,
      performance_mode: "generalPurpose",
      creation_token: `terraform-${context.hash("token", 26)}`,
      name: (tags as Attributes | null)?.Name,
      number_of_mount_targets: 0,
      size_in_bytes: [{ value: 6144, value_in_ia: 0, value_in_standard: 6144 }],
      protection: [{ replication_overwrite: "ENABLED" }],
    }),
  },
  aws_efs_mount_target: { id: "fsmt-", check: refuseSecondInZone, computed: mountTargetValues },
  aws_efs_access_point: {
    id: "fsap-",
    computed: ({ file_system_id }, context) => ({
      arn: arn(context, "elasticfilesystem", `access-point/${context.id}`),
      file_system_arn: fileSystemArn(context, file_system_id),
      owner_id: context.account,
    }),
  },
  aws_efs_file_system_policy: {
    ...put,
    id: ({ file_system_id }) => textOf(file_system_id) ?? "",
    validate: validateJson("policy"),
  },
  aws_efs_backup_policy: { ...put, id: ({ file_system_id }) => textOf(file_system_id) ?? "" },
};

const fileSystemArn = (context: Context, id: unknown): string =>
  arn(context, "elasticfilesystem", `file-system/${textOf(id) ?? ""}`);

const hostOf = (context: Context, id: unknown): string =>
  `${textOf(id) ?? ""}.efs.${context.region}.${endpointDomain(context)}`;

const zoneOf = (context: Context, subnet: unknown): string | undefined =>
  attributeOf(context, "aws_subnet", [subnet, "availability_zone"]);

function refuseSecondInZone({ file_system_id, subnet_id }: Attributes, context: Context): string | undefined {
  const zone = zoneOf(context, subnet_id);
  const other = context.cloud
    .list("aws_efs_mount_target")
    .find(
      ({ id, attributes }) =>
        id !== context.id &&
        attributes.file_system_id === file_system_id &&
        zoneOf(context, attributes.subnet_id) === zone,
    );
  return other && `MountTargetConflict: mount target already exists in this AZ (${zone ?? ""}: ${other.id})`;
}

function mountTargetValues({ file_system_id, subnet_id }: Attributes, context: Context): Attributes {
  const zone = zoneOf(context, subnet_id) ?? "";
  const network = attributeOf(context, "aws_subnet", [subnet_id, "cidr_block"])
    ?.split(".")
    .slice(0, 3)
    .join(".");
  return {
    file_system_arn: fileSystemArn(context, file_system_id),
    dns_name: hostOf(context, file_system_id),
    mount_target_dns_name: `${zone}.${hostOf(context, file_system_id)}`,
    network_interface_id: `eni-${context.hash("interface")}`,
    ip_address: `${network ?? "10.0.0"}.${parseInt(context.hash("address", 2), 16)}`,
    availability_zone_name: zone,
    availability_zone_id: zoneId(zone),
    owner_id: context.account,
  };
}
