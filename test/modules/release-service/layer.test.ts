import { describe, expect, test } from "vitest";
import { releaseService } from "../../../modules/release-service/layer";
import { existingCertificate } from "../../everything-on";
import { synthLayer } from "../../synth";
import { readPolicy } from "../policies";

interface Raw {
  name: string;
  access: { publicCidrs: string[] };
  layers: Record<string, unknown>;
}

const enabled = {
  enabled: true,
  repositories: ["edge-orch/common/files"],
  anonymousPrefixes: ["edge-orch/common/"],
};
const withSettings = (settings: object, deletionProtection = true) =>
  synthLayer(releaseService, {
    deletionProtection,
    edit: (raw: Raw) => {
      raw.layers["release-service"] = settings;
      raw.access.publicCidrs = ["198.51.100.0/24"];
    },
  });
const layer = withSettings(enabled);
const repository = layer.resource("aws_ecr_repository", "edge-orch--common--files");
const statementsOf = (id: string) => readPolicy(layer.resource("aws_iam_role_policy", id));

test("creates no resources by default", () => {
  const off = withSettings({});
  expect(off.json.resource).toBeUndefined();
  expect(Object.values(off.json.output ?? {}).map(({ value }) => value)).toEqual([{}, {}, {}, {}, {}]);
});

test("builds in every partition and with the longest environment name", () => {
  const china = synthLayer(releaseService, {
    edit: (raw: Raw) => {
      const text = JSON.stringify(raw)
        .replaceAll("arn:aws:", "arn:aws-cn:")
        .replaceAll("us-west-2", "cn-north-1");
      Object.assign(raw, JSON.parse(text), { partition: "aws-cn", name: "a".repeat(20) });
      raw.layers["route53"] = { certificate: existingCertificate(raw) };
      raw.layers["release-service"] = enabled;
    },
  });
  expect(JSON.stringify({ ...china.json, terraform: {} }).match(/arn:aws:[^"]*/g)).toBeNull();
  expect(JSON.stringify(china.json.resource)).toContain("dkr.ecr.cn-north-1.amazonaws.com.cn");
});

describe("its network", () => {
  test("is a separate VPC with a route to the internet gateway from public subnets only", () => {
    const routes = Object.values(layer.all("aws_route"));
    expect(routes.map(({ route_table_id }) => route_table_id)).toEqual([
      "${aws_route_table.public-routes.id}",
    ]);
    expect(layer.all("aws_nat_gateway")).toEqual({});
    expect(layer.all("aws_vpc_peering_connection")).toEqual({});
  });

  test("allows the proxy to reach AWS endpoints only, and no traffic to the proxy", () => {
    expect(layer.all("aws_vpc_security_group_egress_rule")).toMatchObject({
      "proxy-to-endpoints": {
        referenced_security_group_id: "${aws_security_group.endpoints-security-group.id}",
        from_port: 443,
        to_port: 443,
      },
    });
    expect(Object.keys(layer.all("aws_vpc_security_group_egress_rule"))).toHaveLength(1);
    const toProxy = Object.values(layer.all("aws_vpc_security_group_ingress_rule")).filter(
      ({ security_group_id }) => security_group_id === "${aws_security_group.proxy-security-group.id}",
    );
    expect(toProxy).toEqual([]);
  });

  test("allows HTTPS from publicCidrs", () => {
    expect(
      layer.resource("aws_vpc_security_group_ingress_rule", "load-balancer-from-198-51-100-0-24"),
    ).toMatchObject({ cidr_ipv4: "198.51.100.0/24", from_port: 443, to_port: 443 });
  });

  test("allows HTTPS from the orchestrator's NAT addresses, which publicCidrs need not contain", () => {
    for (const zone of ["us-west-2a", "us-west-2b", "us-west-2c"]) {
      expect(
        layer.resource("aws_vpc_security_group_ingress_rule", `load-balancer-from-nat-${zone}`),
      ).toMatchObject({
        security_group_id: "${aws_security_group.load-balancer-security-group.id}",
        cidr_ipv4: `\${data.terraform_remote_state.vpc.outputs.natPublicIps["${zone}"]}/32`,
        from_port: 443,
        to_port: 443,
      });
    }
  });

  const existing = (natPublicIps: readonly [string, string, string], publicCidrs: string[]) => {
    const zone = (number: number, natPublicIp: string) => ({
      privateSubnetId: `subnet-a000000${number}`,
      privateCidr: `10.20.${4 * number}.0/22`,
      publicSubnetId: `subnet-b000000${number}`,
      privateRouteTableId: `rtb-0000000${number}`,
      natPublicIp,
    });
    return synthLayer(releaseService, {
      edit: (raw: Raw & { layers: { vpc: { network: unknown } } }) => {
        raw.access.publicCidrs = publicCidrs;
        raw.layers["release-service"] = enabled;
        raw.layers.vpc.network = {
          source: "existing",
          vpcId: "vpc-01230123",
          zones: {
            "us-west-2a": zone(1, natPublicIps[0]),
            "us-west-2b": zone(2, natPublicIps[1]),
            "us-west-2c": zone(3, natPublicIps[2]),
          },
        };
      },
    });
  };
  const allowed = (synthesised: typeof layer) =>
    Object.keys(synthesised.all("aws_vpc_security_group_ingress_rule")).filter((id) =>
      id.startsWith("load-balancer-from-"),
    );

  test("allows a NAT address once that the zones of an existing network share, because EC2 rejects the same rule twice", () => {
    expect(allowed(existing(["203.0.113.1", "203.0.113.1", "203.0.113.3"], []))).toEqual([
      "load-balancer-from-nat-us-west-2a",
      "load-balancer-from-nat-us-west-2c",
    ]);
  });

  test("allows a NAT address of an existing network once that publicCidrs list, too", () => {
    const listed = existing(["203.0.113.1", "203.0.113.1", "203.0.113.3"], ["203.0.113.1/32"]);
    expect(allowed(listed)).toEqual([
      "load-balancer-from-nat-us-west-2a",
      "load-balancer-from-nat-us-west-2c",
    ]);
  });

  test("allows a NAT address of a new network once that publicCidrs list, too, which Terraform knows first", () => {
    const listed = synthLayer(releaseService, {
      edit: (raw: Raw) => {
        raw.layers["release-service"] = enabled;
        raw.access.publicCidrs = ["198.51.100.0/24", "203.0.113.1/32"];
      },
    });
    const rule = (id: string) =>
      listed.resource("aws_vpc_security_group_ingress_rule", `load-balancer-from-${id}`);
    const addresses = ["us-west-2a", "us-west-2b", "us-west-2c"].map(
      (zone) => `"\${data.terraform_remote_state.vpc.outputs.natPublicIps["${zone}"]}/32"`,
    );
    expect(rule("203-0-113-1-32")["count"]).toBe(
      `\${contains([${addresses.join(", ")}], "203.0.113.1/32") ? 0 : 1}`,
    );
    expect(rule("198-51-100-0-24")["count"]).toBeUndefined();
    expect(rule("nat-us-west-2a")["count"]).toBeUndefined();
  });

  test("has further security groups for an access list that is longer than the rules of one", () => {
    const publicCidrs = Array.from({ length: 100 }, (_, index) => `10.0.${index}.0/24`);
    const long = synthLayer(releaseService, {
      edit: (raw: Raw) => {
        raw.layers["release-service"] = enabled;
        raw.access.publicCidrs = [...publicCidrs, "2001:db8::/32"];
      },
    });
    expect(long.resource("aws_lb", "load-balancer")["security_groups"]).toEqual([
      "${aws_security_group.load-balancer-security-group.id}",
      "${aws_security_group.load-balancer-2-security-group.id}",
    ]);
    const rule = (id: string) =>
      long.resource("aws_vpc_security_group_ingress_rule", `load-balancer-from-${id}`);
    expect(rule("10-0-57-0-24")["security_group_id"]).toContain("load-balancer-2-");
    expect(rule("2001-db8---32")).toMatchObject({
      security_group_id: "${aws_security_group.load-balancer-security-group.id}",
      cidr_ipv6: "2001:db8::/32",
    });
  });

  test("exempts the orchestrator's NAT addresses from the rate limit, since all nodes of a zone share one", () => {
    expect(layer.resource("aws_wafv2_ip_set", "nat-addresses")["addresses"]).toEqual(
      ["us-west-2a", "us-west-2b", "us-west-2c"].map(
        (zone) => `\${data.terraform_remote_state.vpc.outputs.natPublicIps["${zone}"]}/32`,
      ),
    );
    expect(layer.resource("aws_wafv2_web_acl", "web-acl")["rule"]).toContainEqual(
      expect.objectContaining({
        name: "rate-limit",
        statement: {
          rate_based_statement: {
            ...{ aggregate_key_type: "IP", limit: 5000, evaluation_window_sec: 300 },
            scope_down_statement: {
              not_statement: {
                statement: [{ ip_set_reference_statement: { arn: "${aws_wafv2_ip_set.nat-addresses.arn}" } }],
              },
            },
          },
        },
      }),
    );
  });

  test("has encrypted flow logs", () => {
    expect(layer.resource("aws_flow_log", "flow-log")).toMatchObject({ traffic_type: "ALL" });
    for (const group of Object.values(layer.all("aws_cloudwatch_log_group"))) {
      expect(group).toMatchObject({
        kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.logs}",
        retention_in_days: 365,
      });
    }
  });
});

describe("the stored content", () => {
  test("is encrypted with the layer's key: files, artefacts and tokens", () => {
    const key = "${aws_kms_alias.key-alias.target_key_arn}";
    expect(
      layer.resource("aws_s3_bucket_server_side_encryption_configuration", "releases-encryption")["rule"],
    ).toMatchObject([{ apply_server_side_encryption_by_default: { kms_master_key_id: key } }]);
    expect(repository["encryption_configuration"]).toEqual([{ encryption_type: "KMS", kms_key: key }]);
    expect(layer.resource("aws_secretsmanager_secret", "tokens")["kms_key_id"]).toBe(key);
  });

  test("is private: the bucket blocks public access and denies requests without TLS", () => {
    expect(layer.resource("aws_s3_bucket_public_access_block", "releases-public-access")).toMatchObject({
      block_public_policy: true,
      restrict_public_buckets: true,
    });
    const effects = readPolicy(layer.resource("aws_s3_bucket_policy", "releases-policy")).map(
      ({ Effect }) => Effect,
    );
    expect(new Set(effects)).toEqual(new Set(["Deny"]));
  });

  test("is scanned, and has immutable tags", () => {
    expect(repository).toMatchObject({
      name: "example-release/edge-orch/common/files",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
    });
  });

  test("is one per name, whatever Terraform makes of the name, and whatever else the layer calls so", () => {
    const repositories = ["a.b", "ab", "web-acl", "web", "web-lifecycle", "4711/files"];
    const named = withSettings({ ...enabled, repositories });
    expect(Object.keys(named.all("aws_ecr_repository"))).toEqual([
      "ab",
      "ab-fb8e20fc",
      "repository-4711--files",
      "web",
      "web-acl",
      "web-lifecycle",
    ]);
    expect(Object.keys(named.all("aws_ecr_lifecycle_policy"))).toHaveLength(repositories.length);
    expect(Object.keys(named.json.output?.["repositoryUrls"]?.value ?? {}).sort()).toEqual(
      repositories.toSorted(),
    );
  });

  test("expires untagged images after 14 days", () => {
    const policy = layer.resource("aws_ecr_lifecycle_policy", "edge-orch--common--files-lifecycle")["policy"];
    expect(JSON.parse(String(policy))).toMatchObject({
      rules: [{ selection: { tagStatus: "untagged", countNumber: 14 }, action: { type: "expire" } }],
    });
  });

  test("has deletion protection, except while the environment is destroyed", () => {
    const lifted = withSettings(enabled, false);
    const flags = (synthesised: typeof layer) => [
      synthesised.resource("aws_s3_bucket", "releases")["force_destroy"],
      synthesised.resource("aws_ecr_repository", "edge-orch--common--files")["force_delete"],
      synthesised.resource("aws_lb", "load-balancer")["enable_deletion_protection"],
      synthesised.resource("aws_secretsmanager_secret", "tokens")["recovery_window_in_days"],
    ];
    expect(flags(layer)).toEqual([false, false, true, 30]);
    expect(flags(lifted)).toEqual([true, true, false, 0]);
  });
});

describe("the proxy's role", () => {
  const allowed = statementsOf("proxy-policy").filter(({ Effect }) => Effect === "Allow");

  test("may read files/, the service's repositories and the tokens, and write its log only", () => {
    const writes = allowed
      .flatMap(({ Action }) => Action)
      .filter((action) => !/:(Get|List|Describe|BatchGet|BatchCheck|Decrypt)/.test(action));
    expect(writes.sort()).toEqual([
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:UnassignPrivateIpAddresses",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]);
    const reads = allowed.find(({ Action }) => Action === "s3:GetObject");
    expect(reads?.Resource).toBe("arn:aws:s3:::example-111122223333-releases/files/*");
  });

  test("allows Lambda to create the network interface, but not the function itself", () => {
    const denied = statementsOf("proxy-policy").find(({ Effect }) => Effect === "Deny");
    expect(denied?.Action).toEqual([
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:UnassignPrivateIpAddresses",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:DetachNetworkInterface",
    ]);
    expect(denied?.Condition).toEqual({
      ArnEquals: {
        "lambda:SourceFunctionArn":
          "arn:aws:lambda:us-west-2:111122223333:function:example-release-service-proxy",
      },
    });
  });
});

describe("its certificate", () => {
  test("is issued by ACM when that of the load balancers waits for the platform", () => {
    expect(layer.resource("aws_acm_certificate", "certificate")).toMatchObject({
      domain_name: "files-rs.example.edge.example.com",
      subject_alternative_names: ["registry-rs.example.edge.example.com"],
      validation_method: "DNS",
      options: { certificate_transparency_logging_preference: "ENABLED" },
      lifecycle: { create_before_destroy: true },
    });
    expect(layer.resource("aws_route53_record", "validation")).toMatchObject({
      for_each:
        "${{ for option in aws_acm_certificate.certificate.domain_validation_options : option.domain_name => option }}",
      zone_id: "${data.terraform_remote_state.route53.outputs.publicZoneId}",
    });
    expect(layer.resource("aws_acm_certificate_validation", "certificate-validation")["depends_on"]).toEqual([
      "aws_route53_record.validation",
    ]);
    expect(layer.resource("aws_lb_listener", "https")["certificate_arn"]).toBe(
      "${aws_acm_certificate_validation.certificate-validation.certificate_arn}",
    );
    expect(
      layer.resource("aws_cloudwatch_metric_alarm", "release-service-certificate-expiry-alarm"),
    ).toMatchObject({
      threshold: 30,
      dimensions: { CertificateArn: "${aws_acm_certificate.certificate.arn}" },
    });
  });

  test("is that of the load balancers if it comes from elsewhere", () => {
    const existing = synthLayer(releaseService, {
      edit: (raw: Raw) => {
        raw.layers["release-service"] = enabled;
        raw.layers["route53"] = { certificate: existingCertificate(raw) };
      },
    });
    expect(existing.all("aws_acm_certificate")).toEqual({});
    expect(existing.resource("aws_lb_listener", "https")["certificate_arn"]).toBe(
      "${data.terraform_remote_state.route53.outputs.certificateArn}",
    );
  });

  const refused = (change: (raw: Raw) => void) => () =>
    synthLayer(releaseService, {
      edit: (raw: Raw) => {
        raw.layers["release-service"] = enabled;
        change(raw);
      },
    });
  const authorities = (...certificateAuthorities: readonly string[]) =>
    refused((raw) => {
      raw.layers["route53"] = { zones: { source: "new", certificateAuthorities } };
    });

  test("needs ACM in CAA records, by any of its names", () => {
    expect(authorities("letsencrypt.org")).toThrow(
      'layers.route53.zones.certificateAuthorities: does not list "amazon.com", so ACM cannot issue the certificate of the release service\n    Add "amazon.com", or choose another source in layers.route53.certificate',
    );
    for (const name of ["amazon.com", "amazontrust.com; a=b", "awstrust.com", "amazonaws.com"])
      expect(authorities("letsencrypt.org", name)).not.toThrow();
  });

  test("needs a name of at most 64 characters", () => {
    const root = `${"a".repeat(44)}.example.com`;
    const rooted = (domain: string) =>
      refused((raw) => {
        Object.assign(raw, { domain: { root: domain } });
      });
    expect(rooted(root.slice(1))).not.toThrow();
    expect(rooted(root)).toThrow(
      `domain.root: "files-rs.${root}" has 65 characters, and a name for which ACM issues a certificate has at most 64\n    Shorten the domain by 1, or set layers.route53.certificate.source to "existing" or "pem"`,
    );
  });
});

describe("its load balancer", () => {
  test("invokes the proxy for the service's host names, and returns 404 for any other", () => {
    expect(layer.resource("aws_lb_listener_rule", "https-to-proxy")["condition"]).toEqual([
      {
        host_header: {
          values: ["files-rs.example.edge.example.com", "registry-rs.example.edge.example.com"],
        },
      },
    ]);
    expect(layer.resource("aws_lb_listener", "https")).toMatchObject({
      protocol: "HTTPS",
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "404" } }],
    });
  });

  test("has records for both names in the public and the private zone", () => {
    const records = Object.values(layer.all("aws_route53_record"))
      .filter(({ type }) => type === "A")
      .map(({ zone_id, name }) => [zone_id, name]);
    expect(records).toHaveLength(4);
  });

  test("has no records without Route 53, and publishes the target for them", () => {
    const elsewhere = synthLayer(releaseService, {
      edit: (raw: Raw) => {
        raw.layers["release-service"] = enabled;
        raw.layers["route53"] = {
          zones: { source: "none" },
          certificate: existingCertificate(raw),
        };
      },
    });
    expect(elsewhere.all("aws_route53_record")).toEqual({});
    expect(elsewhere.json.output?.["hosts"]?.value).toMatchObject({
      loadBalancer: "${aws_lb.load-balancer.dns_name}",
    });
  });

  test("has a web ACL, whose log redacts tokens", () => {
    expect(layer.resource("aws_wafv2_web_acl_association", "web-acl-association")).toMatchObject({
      resource_arn: "${aws_lb.load-balancer.arn}",
    });
    expect(
      layer.resource("aws_wafv2_web_acl_logging_configuration", "web-acl-log-configuration"),
    ).toMatchObject({
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      depends_on: ["aws_cloudwatch_log_resource_policy.web-acl-log-delivery"],
    });
  });

  test("writes access logs to the audit layer's bucket", () => {
    expect(layer.resource("aws_lb", "load-balancer")["access_logs"]).toMatchObject({
      bucket: "${data.terraform_remote_state.audit.outputs.accessLogBucketName}",
      enabled: true,
    });
  });
});

describe("the proxy", () => {
  const concurrency = (reservedConcurrency: unknown) =>
    withSettings({ enabled: true, reservedConcurrency }).resource("aws_lambda_function", "proxy")[
      "reserved_concurrent_executions"
    ];

  test("has reserved concurrency, unless there is none to reserve", () => {
    expect(layer.resource("aws_lambda_function", "proxy")["reserved_concurrent_executions"]).toBe(50);
    expect([concurrency(5), concurrency("none")]).toEqual([5, undefined]);
  });

  test("keeps its environment variables under the layer's key, which it may use through Lambda", () => {
    expect(layer.resource("aws_lambda_function", "proxy")["kms_key_arn"]).toBe(
      "${aws_kms_alias.key-alias.target_key_arn}",
    );
    const through = (statements: readonly { Condition?: unknown }[]) => JSON.stringify(statements);
    expect(through(statementsOf("proxy-policy"))).toContain('"lambda.us-west-2.amazonaws.com"');
    expect(through(readPolicy(layer.resource("aws_kms_key", "key")))).toContain(
      '"lambda.us-west-2.amazonaws.com"',
    );
  });

  test("receives every value of repeated headers", () => {
    expect(layer.resource("aws_lb_target_group", "proxy-target-group")).toMatchObject({
      target_type: "lambda",
      lambda_multi_value_headers_enabled: true,
    });
  });
});

test.each([
  ["100en", undefined],
  ["500en", "DROP"],
])("logs requests by default as fits the scale profile %s", (scaleProfile, behavior) => {
  const scaled = synthLayer(releaseService, {
    edit: (raw: Raw & { scaleProfile: string }) => {
      raw.scaleProfile = scaleProfile;
      raw.layers["release-service"] = enabled;
    },
  });
  const log = scaled.resource("aws_wafv2_web_acl_logging_configuration", "web-acl-log-configuration");
  expect((log["logging_filter"] as { default_behavior?: string } | undefined)?.default_behavior).toBe(
    behavior,
  );
});

test("passes the anonymous prefixes to the proxy", () => {
  const { environment } = layer.resource("aws_lambda_function", "proxy") as {
    environment: { variables: Record<string, string> };
  };
  expect(environment.variables["ANONYMOUS_PREFIXES"]).toBe('["edge-orch/common/"]');
  expect(environment.variables["REPOSITORIES"]).toBe(
    "https://111122223333.dkr.ecr.us-west-2.amazonaws.com/v2/example-release",
  );
});

test("stores new code with a new key, so that Lambda updates the function", () => {
  const code = layer.resource("aws_s3_object", "proxy-code");
  expect(code["key"]).toMatch(/^proxy\/[0-9a-f]{64}\.zip$/);
  expect(withSettings(enabled).resource("aws_s3_object", "proxy-code")).toEqual(code);
});

test.each([
  [{ repositories: ["Edge/Files"] }, "must be the name of a repository"],
  [{ anonymousPrefixes: [""] }, "must begin with a letter or digit and end with a slash"],
  [{ anonymousPrefixes: ["edge-orch"] }, "must begin with a letter or digit and end with a slash"],
])("rejects %j", (settings, message) => {
  expect(() => withSettings({ enabled: true, ...settings })).toThrow(message);
});
