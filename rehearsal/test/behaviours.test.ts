import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { providerDefinition } from "../behaviours/providers";
import { openBuckets } from "../cloud/file-cloud";
import { unknownValue } from "../engine/unknown";
import type { Nested } from "../behaviours/waf/nested-block";
import { statement } from "../behaviours/waf/statement";
import { SimulatedPlace } from "./simulated-place";

let place: SimulatedPlace;
beforeEach(() => {
  place = new SimulatedPlace();
});
afterEach(() => {
  place.end();
});

const vpcWithSubnets = (zones: readonly string[]) => {
  const vpc_id = place.create("aws_vpc", { cidr_block: "10.0.0.0/16" });
  const subnets = zones.map((zone, index) =>
    place.create("aws_subnet", {
      vpc_id,
      cidr_block: `10.0.${index}.0/24`,
      availability_zone: `us-east-1${zone}`,
    }),
  );
  return { vpc_id, subnets };
};

describe("Names of partitions", () => {
  it("stand in ARNs and endpoints", () => {
    const china = new SimulatedPlace({ partition: "aws-cn", region: "cn-north-1", account: "111122223333" });
    const key = china.create("aws_kms_key", {});
    expect(china.attributes("aws_kms_key", key).arn).toBe(
      `arn:aws-cn:kms:cn-north-1:111122223333:key/${key}`,
    );
    const role = china.create("aws_iam_role", { name: "eks", path: "/edge/" });
    expect(china.attributes("aws_iam_role", role).arn).toBe("arn:aws-cn:iam::111122223333:role/edge/eks");
    const files = china.create("aws_efs_file_system", {});
    expect(china.attributes("aws_efs_file_system", files).dns_name).toBe(
      `${files}.efs.cn-north-1.amazonaws.com.cn`,
    );
    china.end();
  });
});

describe("The log groups of a deleted cluster", () => {
  const group = (name: string) => {
    place.create("aws_cloudwatch_log_group", { name, retention_in_days: 365, kms_key_id: "key" });
    return () =>
      place.context("aws_cloudwatch_log_group").cloud.get("aws_cloudwatch_log_group", name)?.successor;
  };

  it("are created again without key and expiry, if the cluster delivers logs to them", () => {
    const [controlPlane, database] = ["/aws/eks/edge/cluster", "/aws/rds/cluster/db/postgresql"].map(group);
    place.create("aws_eks_cluster", { name: "edge", enabled_cluster_log_types: ["audit"] });
    place.create("aws_rds_cluster", {
      cluster_identifier: "db",
      enabled_cloudwatch_logs_exports: ["postgresql"],
    });
    expect(place.removal("aws_eks_cluster", "edge")).toBeUndefined();
    expect(place.removal("aws_rds_cluster", "db")).toBeUndefined();
    const bare = { attributes: { retention_in_days: 0, kms_key_id: "" } };
    expect([controlPlane?.(), database?.()]).toMatchObject([bare, bare]);
  });

  it("stay deleted, if the delivery is off", () => {
    const controlPlane = group("/aws/eks/edge/cluster");
    place.create("aws_eks_cluster", { name: "edge", enabled_cluster_log_types: [] });
    place.removal("aws_eks_cluster", "edge");
    expect(controlPlane()).toBeUndefined();
  });
});

describe("A trail", () => {
  it("returns the name of a topic in its own region, also if it was given the ARN", () => {
    expect(
      place.returned("aws_cloudtrail", { sns_topic_name: "arn:aws:sns:us-east-1:111122223333:trail" }),
    ).toEqual({
      sns_topic_name: "trail",
    });
    const elsewhere = { sns_topic_name: "arn:aws:sns:us-west-2:111122223333:trail" };
    expect(place.returned("aws_cloudtrail", elsewhere)).toEqual({});
  });
});

describe("The network", () => {
  it("takes a VPC of /16 to /28", () => {
    expect(place.refusal("aws_vpc", { cidr_block: "10.0.0.0/16" })).toBeUndefined();
    expect(place.refusal("aws_vpc", { cidr_block: "10.0.0.0/15" })).toContain("InvalidVpc.Range");
  });

  it("refuses a subnet outside its VPC, unless a further range of the VPC holds it", () => {
    const { vpc_id } = vpcWithSubnets([]);
    const subnet = { vpc_id, cidr_block: "100.64.0.0/24" };
    expect(place.refusal("aws_subnet", subnet)).toContain("InvalidSubnet.Range");
    place.create("aws_vpc_ipv4_cidr_block_association", { vpc_id, cidr_block: "100.64.0.0/20" });
    expect(place.refusal("aws_subnet", subnet)).toBeUndefined();
  });

  it("refuses a subnet that overlaps another of the same VPC", () => {
    const { vpc_id } = vpcWithSubnets(["a"]);
    const within = { vpc_id, cidr_block: "10.0.0.128/25" };
    expect(place.refusal("aws_subnet", within)).toContain("InvalidSubnet.Conflict");
    const elsewhere = place.create("aws_vpc", { cidr_block: "10.0.0.0/16", tags: {} });
    expect(place.refusal("aws_subnet", { ...within, vpc_id: elsewhere })).toBeUndefined();
  });

  it("refuses text that is no range, and host bits", () => {
    const validate = providerDefinition("aws").behaviour("aws_subnet")?.validate;
    const problems = ["10.0.0.0/24", "10.0.0.1/24", "10.0.0.0", unknownValue].map(
      (cidr_block) => validate?.({ cidr_block }, place.context("aws_subnet")).length,
    );
    expect(problems).toEqual([0, 1, 1, 0]);
  });

  it("adopts the default security group that the VPC came with", () => {
    const { vpc_id } = vpcWithSubnets([]);
    const group = place.create("aws_default_security_group", { vpc_id });
    expect(group).toBe(place.attributes("aws_vpc", vpc_id).default_security_group_id);
  });

  it("has one security group of a name in a VPC", () => {
    place.create("aws_security_group", { name: "db", vpc_id: "vpc-1" });
    expect(place.refusal("aws_security_group", { name: "db", vpc_id: "vpc-1" })).toContain(
      "InvalidGroup.Duplicate",
    );
    expect(place.refusal("aws_security_group", { name: "db", vpc_id: "vpc-2" })).toBeUndefined();
  });
});

describe("EKS", () => {
  it("wants subnets in two zones", () => {
    const { subnets } = vpcWithSubnets(["a", "a", "b"]);
    const cluster = (subnet_ids: readonly unknown[]) => ({ name: "edge", vpc_config: [{ subnet_ids }] });
    expect(place.refusal("aws_eks_cluster", cluster(subnets.slice(0, 2)))).toContain(
      "at least two different AZs",
    );
    expect(place.refusal("aws_eks_cluster", cluster(subnets))).toBeUndefined();
  });

  it("attaches nothing to a cluster that is not there", () => {
    for (const type of ["aws_eks_addon", "aws_eks_node_group", "aws_eks_access_entry"]) {
      expect(place.refusal(type, { cluster_name: "edge" })).toContain("No cluster found for name: edge");
    }
  });

  it("refuses a desired size outside of minimum and maximum", () => {
    place.create("aws_eks_cluster", { name: "edge", vpc_config: [] });
    const group = (desired_size: unknown) => ({
      cluster_name: "edge",
      scaling_config: [{ min_size: 2, desired_size, max_size: 4 }],
    });
    const refusals = [1, 2, 4, 5, unknownValue].map(
      (size) => place.refusal("aws_eks_node_group", group(size)) ?? "taken",
    );
    expect(refusals.map((refusal) => refusal === "taken")).toEqual([false, true, true, false, true]);
  });

  it("keeps a cluster that has node groups", () => {
    const cluster = place.create("aws_eks_cluster", { name: "edge", vpc_config: [] });
    place.create("aws_eks_node_group", { cluster_name: "edge", node_group_name: "main" });
    expect(place.removal("aws_eks_cluster", cluster)).toContain(
      "Cluster has nodegroups attached (edge:main)",
    );
  });
});

describe("Databases and files", () => {
  it("want a subnet group over two zones, and one that exists", () => {
    const { subnets } = vpcWithSubnets(["a", "b"]);
    expect(place.refusal("aws_db_subnet_group", { subnet_ids: subnets.slice(0, 1) })).toContain(
      "at least 2 AZs",
    );
    expect(place.refusal("aws_db_subnet_group", { subnet_ids: subnets })).toBeUndefined();
    expect(place.refusal("aws_rds_cluster", { db_subnet_group_name: "none" })).toContain(
      "DBSubnetGroupNotFoundFault",
    );
  });

  it("name the first instance of a cluster the writer, and keep a cluster that has instances", () => {
    const cluster_identifier = place.create("aws_rds_cluster", {
      cluster_identifier: "orch",
      engine: "aurora-postgresql",
    });
    const instances = ["0", "1"].map((identifier) =>
      place.create("aws_rds_cluster_instance", { identifier, cluster_identifier }),
    );
    const writers = instances.map((id) => place.attributes("aws_rds_cluster_instance", id).writer);
    expect(writers).toEqual([true, false]);
    expect(place.removal("aws_rds_cluster", cluster_identifier)).toContain("it still contains DB instances");
  });

  it("run the default minor version of a major one, and refuse to go back to it", () => {
    const engine = "aurora-postgresql";
    const id = place.create("aws_rds_cluster", { cluster_identifier: "orch", engine, engine_version: "16" });
    expect(place.attributes("aws_rds_cluster", id).engine_version_actual).toBe("16.6");
    const changed = { engine, engine_version: "16", deletion_protection: false };
    expect(place.refusal("aws_rds_cluster", changed, id)).toBeUndefined();
    place.upgrade(id, "16.9");
    expect(place.refusal("aws_rds_cluster", changed, id)).toBe(
      "InvalidParameterCombination: Cannot upgrade aurora-postgresql from 16.9 to 16.6",
    );
    expect(place.refusal("aws_rds_cluster", { ...changed, engine_version: "16.9" }, id)).toBeUndefined();
  });

  it("take a new major version with permission and with parameter groups of its family", () => {
    const groups = (major: number) => {
      const family = `aurora-postgresql${major}`;
      return {
        db_cluster_parameter_group_name: place.create("aws_rds_cluster_parameter_group", {
          name: `cluster${major}`,
          family,
        }),
        instance: place.create("aws_db_parameter_group", { name: `instance${major}`, family }),
      };
    };
    const old = groups(16);
    const { instance, ...group } = groups(17);
    const engine = "aurora-postgresql";
    const cluster_identifier = place.create("aws_rds_cluster", {
      ...{ cluster_identifier: "orch", engine, engine_version: "16.8" },
      db_cluster_parameter_group_name: old.db_cluster_parameter_group_name,
    });
    const member = { cluster_identifier, identifier: "0", db_parameter_group_name: old.instance };
    place.create("aws_rds_cluster_instance", member);
    const refusal = (planned: object) =>
      place.refusal(
        "aws_rds_cluster",
        { engine, engine_version: "17.7", ...group, ...planned },
        cluster_identifier,
      );
    const allowed = { allow_major_version_upgrade: true };
    const complete = { ...allowed, db_instance_parameter_group_name: instance };
    expect(refusal({})).toContain("The AllowMajorVersionUpgrade flag must be present");
    expect(refusal(allowed)).toContain("The current DB instance parameter group instance16 is custom");
    expect(refusal({ ...complete, db_cluster_parameter_group_name: "cluster16" })).toContain(
      "Please use a Parameter Group with DBParameterGroupFamily aurora-postgresql17",
    );
    expect(refusal(complete)).toBeUndefined();
    const moved = { ...member, db_parameter_group_name: instance };
    expect(place.refusal("aws_rds_cluster_instance", moved, "0")).toContain(
      "Please use a Parameter Group with DBParameterGroupFamily aurora-postgresql16",
    );
    place.upgrade(cluster_identifier, "17.7");
    expect(place.refusal("aws_rds_cluster_instance", moved, "0")).toBeUndefined();
  });

  it("have one mount target of a file system in a zone", () => {
    const { subnets } = vpcWithSubnets(["a", "a", "b"]);
    place.create("aws_efs_mount_target", { file_system_id: "fs-1", subnet_id: subnets[0] });
    const second = (subnet_id: unknown) =>
      place.refusal("aws_efs_mount_target", { file_system_id: "fs-1", subnet_id });
    expect(second(subnets[1])).toContain("MountTargetConflict");
    expect(second(subnets[2])).toBeUndefined();
  });
});

describe("Load balancers", () => {
  it("want subnets in two zones, and one subnet a zone", () => {
    const { subnets } = vpcWithSubnets(["a", "a", "b"]);
    const balancer = (...listed: unknown[]) => ({ load_balancer_type: "application", subnets: listed });
    expect(place.refusal("aws_lb", balancer(subnets[0], subnets[1]))).toContain("At least two subnets");
    expect(place.refusal("aws_lb", balancer(...subnets))).toContain(
      "multiple subnets in the same Availability Zone",
    );
    expect(place.refusal("aws_lb", balancer(subnets[1], subnets[2]))).toBeUndefined();
  });

  it("speak the protocols of their type only, and so do their target groups", () => {
    const network = place.create("aws_lb", { name: "tink", load_balancer_type: "network" });
    const http = place.create("aws_lb_target_group", { name: "web", protocol: "HTTP" });
    const tcp = place.create("aws_lb_target_group", { name: "tcp", protocol: "TCP" });
    const listener = (protocol: string, target_group_arn: string) =>
      place.refusal("aws_lb_listener", {
        load_balancer_arn: network,
        protocol,
        default_action: [{ target_group_arn }],
      });
    expect(listener("HTTPS", tcp)).toContain("Protocol 'HTTPS' is not supported by network load balancers");
    expect(listener("TCP", http)).toContain("The protocol 'HTTP' of target group");
    expect(listener("TCP", tcp)).toBeUndefined();
  });

  it("use a rule's priority once on a listener", () => {
    const load_balancer_arn = place.create("aws_lb", { name: "web", load_balancer_type: "application" });
    const listener_arn = place.create("aws_lb_listener", { load_balancer_arn, protocol: "HTTPS" });
    place.create("aws_lb_listener_rule", { listener_arn, priority: 10 });
    expect(place.refusal("aws_lb_listener_rule", { listener_arn, priority: 10 })).toContain("PriorityInUse");
    expect(place.refusal("aws_lb_listener_rule", { listener_arn, priority: 11 })).toBeUndefined();
  });
});

describe("Certificates and zones", () => {
  it("list the names to be validated at plan time", () => {
    const planned = providerDefinition("aws").behaviour("aws_acm_certificate")?.planned;
    const certificate = {
      domain_name: "edge.example.com",
      subject_alternative_names: ["*.edge.example.com", "edge.example.com"],
      validation_method: "DNS",
    };
    const { domain_validation_options: options } =
      planned?.(certificate, place.context("aws_acm_certificate")) ?? {};
    expect(options).toMatchObject([
      { domain_name: "edge.example.com" },
      { domain_name: "*.edge.example.com" },
    ]);
  });

  it("prove an apex and its wildcard with the same record, as ACM does", () => {
    const names = { domain_name: "example.com", subject_alternative_names: ["*.example.com"] };
    const id = place.create("aws_acm_certificate", { ...names, validation_method: "DNS" });
    const options = place.attributes("aws_acm_certificate", id).domain_validation_options as Record<
      string,
      string
    >[];
    expect(options.map((option) => option.resource_record_name)).toEqual([
      options[0]?.resource_record_name,
      options[0]?.resource_record_name,
    ]);
    expect(options[0]?.resource_record_name).toMatch(/^_[0-9a-f]{32}\.example\.com\.$/);
  });

  it("stay while a listener shows them", () => {
    const certificate_arn = place.create("aws_acm_certificate", { domain_name: "example.com" });
    const load_balancer_arn = place.create("aws_lb", { name: "web", load_balancer_type: "application" });
    expect(place.removal("aws_acm_certificate", certificate_arn)).toBeUndefined();
    place.create("aws_lb_listener", { load_balancer_arn, protocol: "HTTPS", certificate_arn });
    expect(place.removal("aws_acm_certificate", certificate_arn)).toContain("ResourceInUseException");
  });

  it("complete the name of a record, and keep a zone that has records", () => {
    const zone_id = place.create("aws_route53_zone", { name: "example.com" });
    const record = place.create("aws_route53_record", { zone_id, name: "www", type: "A" });
    expect(place.attributes("aws_route53_record", record).fqdn).toBe("www.example.com");
    expect(place.removal("aws_route53_zone", zone_id)).toContain("HostedZoneNotEmpty");
    expect(place.refusal("aws_route53_record", { zone_id: "Z0" })).toContain("NoSuchHostedZone");
  });
});

describe("Buckets", () => {
  it("keep their objects unless force_destroy is set", () => {
    const { cloud } = place.context("aws_s3_bucket");
    const store = (bucket: string) =>
      openBuckets(place.directory).put(bucket, "us-east-1/vpc/dev", { body: Buffer.from("{}") });
    const kept = place.create("aws_s3_bucket", { bucket: "states" });
    const lost = place.create("aws_s3_bucket", { bucket: "logs", force_destroy: true });
    store("states");
    store("logs");
    expect(place.removal("aws_s3_bucket", kept)).toContain("BucketNotEmpty");
    expect(place.removal("aws_s3_bucket", lost)).toBeUndefined();
    expect([cloud.keysIn("states"), cloud.keysIn("logs")]).toEqual([["us-east-1/vpc/dev"], []]);
  });

  it("are there before their settings are", () => {
    expect(place.refusal("aws_s3_bucket_policy", { bucket: "other" })).toContain("NoSuchBucket");
  });

  it("have names that S3 takes", () => {
    const check = providerDefinition("aws").behaviour("aws_s3_bucket")?.check;
    const taken = ["edge-states", "Edge", "a", "x".repeat(64)].map(
      (name) => check?.({}, place.context("aws_s3_bucket", name)) === undefined,
    );
    expect(taken).toEqual([true, false, false, false]);
  });
});

describe("References", () => {
  it("are objects whose id AWS created, and nothing else", () => {
    const reference = providerDefinition("aws").reference;
    expect(reference?.("sg-0123456789abcdef0")).toEqual({
      type: "aws_security_group",
      id: "sg-0123456789abcdef0",
    });
    expect(reference?.("sg-team")).toBeUndefined();
    expect(reference?.("arn:aws:kms:us-east-1:111122223333:key/1")).toBeUndefined();
  });
});

describe("The cluster", () => {
  it("accepts objects in namespaces that exist", () => {
    const settings = (namespace: string) => ({ metadata: [{ name: "settings", namespace }] });
    const refusal = () => place.refusal("kubernetes_config_map", settings("argocd"));
    expect(refusal()).toBe('namespaces "argocd" not found');
    expect(place.refusal("kubernetes_config_map", settings("kube-system"))).toBeUndefined();
    place.create("helm_release", { name: "argo-cd", namespace: "argocd", create_namespace: true });
    expect(refusal()).toBeUndefined();
  });

  it("has releases in namespaces that exist or that they create", () => {
    expect(place.refusal("helm_release", { namespace: "gitea" })).toBe('namespaces "gitea" not found');
    expect(place.refusal("helm_release", { namespace: "gitea", create_namespace: true })).toBeUndefined();
    place.create("kubernetes_namespace", { metadata: [{ name: "gitea" }] });
    expect(place.refusal("helm_release", { namespace: "gitea" })).toBeUndefined();
  });

  it("knows a manifest by what it says", () => {
    const manifest = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "edge", namespace: "default" },
    };
    expect(place.create("kubernetes_manifest", { manifest })).toBe(
      "apiVersion=argoproj.io/v1alpha1,kind=AppProject,namespace=default,name=edge",
    );
  });
});

describe("Statements of WAF rules", () => {
  const membersOf = (kind: "web acl" | "rule group", ...path: string[]): readonly string[] => {
    const at = path.reduce<Nested | undefined>(
      (block, name) => block?.block.block_types[name],
      statement(kind),
    );
    return Object.keys(at?.block.block_types ?? {});
  };

  it("hold managed rule groups in a web ACL, and not in a rule group", () => {
    expect(membersOf("web acl")).toContain("managed_rule_group_statement");
    expect(membersOf("rule group")).not.toContain("managed_rule_group_statement");
    expect(membersOf("rule group")).toContain("rate_based_statement");
  });

  it("stand inside one another to a depth that ends", () => {
    const down = ["and_statement", "statement", "not_statement", "statement"];
    expect(membersOf("web acl", ...down.slice(0, 2))).toContain("not_statement");
    expect(membersOf("web acl", ...down)).toContain("geo_match_statement");
    expect(membersOf("web acl", ...down)).not.toContain("not_statement");
  });
});
