import { describe, expect, test } from "vitest";
import { efs } from "../../modules/efs/layer";
import { readPolicy } from "./policies";
import { type RawEnvironment, synthLayer } from "../synth";

const withSettings = (settings: object) => ({
  edit: (raw: RawEnvironment) => {
    raw.layers = { ...raw.layers, efs: settings };
  },
});
const layer = synthLayer(efs);

const statements = readPolicy(layer.resource("aws_efs_file_system_policy", "file-system-policy"));

describe("the file system", () => {
  const fileSystem = layer.resource("aws_efs_file_system", "file-system");

  test("is encrypted with the data key", () => {
    expect(fileSystem).toMatchObject({
      encrypted: true,
      kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.data}",
    });
  });

  test("moves files without access for a week to Infrequent Access, and back on access", () => {
    expect(fileSystem["lifecycle_policy"]).toEqual([
      { transition_to_ia: "AFTER_7_DAYS" },
      { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
    ]);
    const daily = synthLayer(efs, withSettings({ transitionToInfrequentAccessDays: 1 }));
    expect(JSON.stringify(daily.json)).toContain('"AFTER_1_DAY"');
  });

  test("has elastic throughput by default, and bursting throughput if configured", () => {
    expect(fileSystem["throughput_mode"]).toBe("elastic");
    const bursting = synthLayer(efs, withSettings({ throughputMode: "bursting" }));
    expect(bursting.resource("aws_efs_file_system", "file-system")["throughput_mode"]).toBe("bursting");
  });

  test("is backed up by the backup layer only, and protected against overwriting by replication", () => {
    expect(layer.resource("aws_efs_backup_policy", "file-system-backup")["backup_policy"]).toEqual({
      status: "DISABLED",
    });
    expect(fileSystem["protection"]).toEqual({ replication_overwrite: "ENABLED" });
  });

  test("denies every request without TLS", () => {
    expect(statements.filter(({ Effect }) => Effect === "Deny")).toMatchObject([
      { Principal: { AWS: "*" }, Action: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  test("allows clients of mount targets only, without root access", () => {
    const allowed = statements.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toMatchObject([
      { Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } } },
    ]);
    expect(allowed[0]!.Action).toEqual(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]);
  });
});

describe("its network", () => {
  test("has one mount target in the private subnet of every zone", () => {
    const subnets = Object.values(layer.all("aws_efs_mount_target")).map(({ subnet_id }) => subnet_id);
    expect(subnets).toEqual(
      ["a", "b", "c"].map(
        (zone) => `\${data.terraform_remote_state.vpc.outputs.privateSubnetIds["us-west-2${zone}"]}`,
      ),
    );
  });

  test("allows NFS from the nodes only, on both sides", () => {
    const nodes = "${data.terraform_remote_state.vpc.outputs.nodeSecurityGroupId}";
    const mountTargets = "${aws_security_group.mount-targets-group.id}";
    const nfs = { ip_protocol: "tcp", from_port: 2049, to_port: 2049 };
    expect(layer.resource("aws_security_group", "mount-targets-group")).not.toHaveProperty("ingress");
    expect(Object.values(layer.all("aws_vpc_security_group_ingress_rule"))).toMatchObject([
      { security_group_id: mountTargets, referenced_security_group_id: nodes, ...nfs },
    ]);
    expect(Object.values(layer.all("aws_vpc_security_group_egress_rule"))).toMatchObject([
      { security_group_id: nodes, referenced_security_group_id: mountTargets, ...nfs },
    ]);
  });
});

describe("monitoring", () => {
  test("has alarms on the I/O limit, and on burst credits in bursting mode", () => {
    const metrics = (settings: object) =>
      Object.values(synthLayer(efs, withSettings(settings)).all("aws_cloudwatch_metric_alarm"));
    expect(metrics({})).toMatchObject([
      {
        metric_name: "PercentIOLimit",
        dimensions: { FileSystemId: "${aws_efs_file_system.file-system.id}" },
        alarm_actions: ["${data.terraform_remote_state.audit.outputs.topicArn}"],
      },
    ]);
    expect(metrics({ throughputMode: "bursting" })).toContainEqual(
      expect.objectContaining({
        metric_name: "BurstCreditBalance",
        comparison_operator: "LessThanThreshold",
        threshold: 377_487_360_000,
      }),
    );
  });
});

test("the Name of an access point is a value that a tag can have", () => {
  const named = (length: number) => () =>
    synthLayer(
      efs,
      withSettings({ accessPoints: { ["a".repeat(length)]: { path: "/a", uid: 1000, gid: 1000 } } }),
    );
  expect(named(200)).not.toThrow();
  expect(named(201)).toThrow("It must have at most 200 characters");
});

test("an access point owns its directory and enforces its user", () => {
  const registry = { path: "/registry", uid: 1000, gid: 2000 };
  const { json } = synthLayer(efs, withSettings({ accessPoints: { registry } }));
  expect(json.resource?.["aws_efs_access_point"]?.["access-point-registry"]).toMatchObject({
    posix_user: { uid: 1000, gid: 2000 },
    root_directory: {
      path: "/registry",
      creation_info: { owner_uid: 1000, owner_gid: 2000, permissions: "0700" },
    },
  });
  expect(json.output?.["accessPointIds"]?.value).toEqual({
    registry: "${aws_efs_access_point.access-point-registry.id}",
  });
});
