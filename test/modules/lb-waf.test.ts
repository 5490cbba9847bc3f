import { describe, expect, test } from "vitest";
import { accessProblems } from "../../modules/lb-waf/checks/access";
import { releases } from "../../gitops/releases";
import { refusedReleases } from "../../gitops/releases/refused";
import { hostsOf } from "../../modules/lb-waf/hosts";
import { lbWaf } from "../../modules/lb-waf/layer";
import { applicationHosts, droppedHosts, type HostEntry, hostsOf2025v2 } from "./lb-waf-hosts";
import { existingCertificate } from "../everything-on";
import { type Block, loadConfig, type RawEnvironment, synthLayer } from "../synth";

const layer = synthLayer(lbWaf, { edit: (raw) => (raw.access.adminCidrs = ["203.0.113.0/24"]) });
const earlier = synthLayer(lbWaf, {
  edit: (raw) => void Object.assign(raw.layers.platform, { release: "2025.2", services: { vpro: true } }),
});
const withVpro = synthLayer(lbWaf, { edit: (raw) => (raw.layers.platform.services.vpro = true) });
const remote = (path: string) => `\${data.terraform_remote_state.${path}}`;
const domain = "example.edge.example.com";
const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
const ingress = Object.entries(layer.all("aws_vpc_security_group_ingress_rule"));
const sources = (group: string, from = ingress) =>
  from
    .filter(([id]) => id.startsWith(`${group}-443-from-`))
    .map(([, rule]) => rule["cidr_ipv4"] ?? rule["referenced_security_group_id"]);
// Written by the layer as a list of rules.
const rules = (id: string) => layer.resource("aws_wafv2_web_acl", id)["rule"] as Block[];
const ruleOf = (acl: readonly Block[], name: string): Block => {
  const found = acl.find((rule) => rule["name"] === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
};

describe("load balancers", () => {
  test("have deletion protection, except while the environment is destroyed", () => {
    const protection = (deletionProtection: boolean) =>
      Object.values(synthLayer(lbWaf, { deletionProtection }).all("aws_lb")).map(
        (balancer) => balancer["enable_deletion_protection"],
      );
    expect(protection(true)).toEqual([true, true, true]);
    expect(protection(false)).toEqual([false, false, false]);
  });

  test("are in the public subnets of all three zones", () => {
    for (const balancer of Object.values(layer.all("aws_lb"))) {
      expect(balancer["internal"]).toBe(false);
      expect(balancer["subnets"]).toEqual(
        zones.map((zone): unknown => expect.stringContaining(`publicSubnetIds["${zone}"]`)),
      );
    }
  });

  test("are in the private subnets if internal, and allow the cluster's own pods by security group", () => {
    const internal = synthLayer(lbWaf, { edit: (raw) => (raw.layers["lb-waf"].scheme = "internal") });
    expect(internal.resource("aws_lb", "traefik-load-balancer")).toMatchObject({
      internal: true,
      subnets: expect.arrayContaining([expect.stringContaining("privateSubnetIds")]),
    });
    const rule = internal.resource("aws_vpc_security_group_ingress_rule", "traefik-443-from-nodes");
    expect(rule["referenced_security_group_id"]).toContain("nodeSecurityGroupId");
  });

  test.each(["traefik", "argocd"])("drop invalid header fields of requests to %s", (name) => {
    expect(layer.resource("aws_lb", `${name}-load-balancer`)).toMatchObject({
      load_balancer_type: "application",
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
    });
  });

  test.each(["traefik", "argocd"])("redirect HTTP of %s to HTTPS with TLS 1.2 or later", (name) => {
    expect(layer.resource("aws_lb_listener", `${name}-http`)).toMatchObject({
      port: 80,
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", status_code: "HTTP_301" } }],
    });
    expect(layer.resource("aws_lb_listener", `${name}-https`)).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });

  test.each(["traefik", "argocd"])("write access logs of %s to the audit layer's bucket", (name) => {
    expect(layer.resource("aws_lb", `${name}-load-balancer`)["access_logs"]).toEqual({
      bucket: expect.stringContaining("accessLogBucketName"),
      enabled: true,
    });
  });

  test("forward TCP to Tinkerbell, with a security group from creation", () => {
    expect(layer.resource("aws_lb", "tinkerbell-load-balancer")).toMatchObject({
      load_balancer_type: "network",
      enable_cross_zone_load_balancing: true,
      security_groups: ["${aws_security_group.tinkerbell-security-group.id}"],
    });
    const listener = layer.resource("aws_lb_listener", "tinkerbell-tcp");
    expect(listener).toMatchObject({ port: 443, protocol: "TCP" });
    expect(listener).not.toHaveProperty("certificate_arn");
  });

  test("return 404 for unknown hosts on the administrators' load balancer", () => {
    expect(layer.resource("aws_lb_listener", "argocd-https")["default_action"]).toEqual([
      { type: "fixed-response", fixed_response: { content_type: "text/plain", status_code: "404" } },
    ]);
    expect(layer.resource("aws_lb_listener_rule", "gitea-host")["condition"]).toEqual([
      { host_header: { values: ["gitea.example.edge.example.com"] } },
    ]);
  });

  test("match any top-level domain where it is internationalised, which rules do not take", () => {
    const internationalised = synthLayer(lbWaf, {
      edit: (raw) => (raw.domain = { root: "orchestrator.xn--p1ai" }),
    });
    expect(internationalised.resource("aws_lb_listener_rule", "gitea-host")["condition"]).toEqual([
      { host_header: { values: ["gitea.orchestrator.*"] } },
    ]);
  });

  test("route gRPC by content type", () => {
    const rule = layer.resource("aws_lb_listener_rule", "traefik-grpc");
    expect(rule["condition"]).toEqual([
      { http_header: { http_header_name: "content-type", values: ["application/grpc*"] } },
    ]);
    expect(layer.resource("aws_lb_target_group", "traefik-grpc-targets")["protocol_version"]).toBe("GRPC");
  });
});

describe("target groups", () => {
  test("use TLS to the pods, except for TLS passthrough", () => {
    const protocols = Object.entries(layer.all("aws_lb_target_group")).map(([id, group]) => [
      id,
      group["protocol"],
      group["target_type"],
    ]);
    expect(protocols).toEqual([
      ["argocd-targets", "HTTPS", "ip"],
      ["gitea-targets", "HTTPS", "ip"],
      ["tinkerbell-targets", "TCP", "ip"],
      ["traefik-grpc-targets", "HTTPS", "ip"],
      ["traefik-targets", "HTTPS", "ip"],
    ]);
  });

  const targets = (name: string) => `\${aws_lb_target_group.${name}-targets.arn}`;

  test("get what listeners and rules of the same program receive", () => {
    // The type is a list, as written by the layer.
    const forwarded = (action: unknown) => (action as Block[])[0]!["target_group_arn"];
    const listener = (id: string) => forwarded(withVpro.resource("aws_lb_listener", id)["default_action"]);
    const rule = (id: string) => forwarded(withVpro.resource("aws_lb_listener_rule", id)["action"]);
    expect(listener("traefik-https")).toBe(targets("traefik"));
    expect(listener("tinkerbell-tcp")).toBe(targets("tinkerbell"));
    expect(listener("vpro-tcp")).toBe(targets("vpro"));
    expect(rule("traefik-grpc")).toBe(targets("traefik-grpc"));
    expect(rule("argocd-host")).toBe(targets("argocd"));
    expect(rule("gitea-host")).toBe(targets("gitea"));
  });

  test("are published under the name of the program whose pods they hold", () => {
    const output = (name: string) => withVpro.json.output?.[name]?.value as object;
    const published = { ...output("targetGroupArns"), ...output("optionalTargetGroupArns") };
    expect(published).toEqual(
      Object.fromEntries(
        ["traefik", "traefik-grpc", "tinkerbell", "argocd", "gitea", "vpro"].map((name) => [
          name,
          targets(name),
        ]),
      ),
    );
  });

  test("preserve client addresses for Tinkerbell", () => {
    expect(layer.resource("aws_lb_target_group", "tinkerbell-targets")["preserve_client_ip"]).toBe("true");
  });
});

const ranges = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`);
const ipv6 = (count: number) => Array.from({ length: count }, (_, index) => `2001:db8:${index + 1}::/48`);

describe("security groups", () => {
  const nat = zones.map((zone): unknown => expect.stringContaining(`natPublicIps["${zone}"]}/32`));

  test("allow only administrators and the cluster's own pods to reach Argo CD and Gitea", () => {
    expect(sources("argocd")).toEqual(["203.0.113.0/24", ...nat]);
  });

  test("allow a NAT address once that the zones of an existing network share, because EC2 rejects the same rule twice", () => {
    const zone = (number: number) => ({
      privateSubnetId: `subnet-a000000${number}`,
      privateCidr: `10.20.${4 * number}.0/22`,
      publicSubnetId: `subnet-b000000${number}`,
      privateRouteTableId: `rtb-0000000${number}`,
      natPublicIp: "203.0.113.1",
    });
    const existing = (adminCidrs: readonly string[]) => {
      const edit = (raw: RawEnvironment) => {
        raw.access.adminCidrs = adminCidrs;
        const inZones = Object.fromEntries(zones.map((name, index) => [name, zone(index + 1)]));
        raw.layers.vpc.network = { source: "existing", vpcId: "vpc-01230123", zones: inZones };
      };
      const rules = synthLayer(lbWaf, { edit }).all("aws_vpc_security_group_ingress_rule");
      return sources("argocd", Object.entries(rules));
    };
    expect(existing([])).toEqual(nat.slice(0, 1));
    // Listed by the user, too.
    expect(existing(["203.0.113.1/32", "203.0.113.2/32"])).toEqual(["203.0.113.2/32", ...nat.slice(0, 1)]);
  });

  test("allow IPv6 ranges, in the form that EC2 stores", () => {
    const edit = (raw: RawEnvironment) => (raw.access.adminCidrs = ["2001:DB8:0:0::/32", "203.0.113.0/24"]);
    const rules = synthLayer(lbWaf, { edit }).all("aws_vpc_security_group_ingress_rule");
    expect(rules["argocd-443-from-2001-db8---32"]).toMatchObject({
      cidr_ipv6: "2001:db8::/32",
      from_port: 443,
      description: "Port 443 from allow-list 2001:db8::/32",
    });
    expect(rules["argocd-443-from-2001-db8---32"]).not.toHaveProperty("cidr_ipv4");
    expect(rules["argocd-443-from-203-0-113-0-24"]).toHaveProperty("cidr_ipv4", "203.0.113.0/24");
  });

  test("are as many as the access list needs, each within the quotas of rules, and all at the load balancer", () => {
    const list = [...ranges(147), ...ipv6(147)];
    const long = synthLayer(lbWaf, { edit: (raw: RawEnvironment) => (raw.access.publicCidrs = list) });
    const rules = Object.values(long.all("aws_vpc_security_group_ingress_rule"));
    const counted = (group: string, family: string) =>
      rules.filter((rule) => rule["security_group_id"] === group && family in rule).length;
    for (const [name, needed] of [["traefik", 5] as const, ["tinkerbell", 3] as const]) {
      // Written by the layer as a list of references.
      const groups = long.resource("aws_lb", `${name}-load-balancer`)["security_groups"] as string[];
      expect(groups).toHaveLength(needed);
      expect(new Set(groups).size).toBe(needed);
      const counts = ["cidr_ipv4", "cidr_ipv6"].map((family) =>
        groups.map((group) => counted(group, family)),
      );
      expect(Math.max(...counts.flat())).toBe(60);
      const ports = name === "traefik" ? 2 : 1;
      const sum = (numbers: readonly number[] = []) => numbers.reduce((total, number) => total + number, 0);
      expect(counts.map(sum)).toEqual([150 * ports, 147 * ports]);
    }
    expect(Object.keys(long.all("aws_security_group")).filter((id) => id.startsWith("argocd"))).toEqual([
      "argocd-security-group",
    ]);
  });

  test("allow only the cluster to reach Argo CD and Gitea by default", () => {
    const closed = Object.entries(synthLayer(lbWaf).all("aws_vpc_security_group_ingress_rule"));
    expect(sources("argocd", closed)).toEqual(nat);
  });

  test("allow publicCidrs to reach the orchestrator", () => {
    expect(sources("traefik")).toEqual(["0.0.0.0/0", ...nat]);
    expect(sources("tinkerbell")).toEqual(["0.0.0.0/0", ...nat]);
  });

  test("allow outbound traffic to the nodes only, on the ports of the pods", () => {
    const egress = Object.entries(layer.all("aws_vpc_security_group_egress_rule")).map(([id, rule]) => [
      id,
      rule["from_port"],
      rule["to_port"],
      rule["referenced_security_group_id"],
    ]);
    const nodes = expect.stringContaining("nodeSecurityGroupId");
    expect(egress).toEqual([
      ["argocd-to-argocd", 8080, 8080, nodes],
      ["argocd-to-gitea", 3000, 3000, nodes],
      ["tinkerbell-to-haproxy", 8443, 8443, nodes],
      ["traefik-to-traefik", 8443, 8443, nodes],
    ]);
  });

  test("allow the port of nginx with release 2025.2, and keep the target group", () => {
    const rule = { from_port: 443, to_port: 443, ip_protocol: "tcp" };
    expect(earlier.resource("aws_vpc_security_group_egress_rule", "tinkerbell-to-nginx")).toMatchObject(rule);
    expect(earlier.resource("aws_vpc_security_group_ingress_rule", "nginx-from-tinkerbell")).toMatchObject(
      rule,
    );
    expect(Object.keys(earlier.all("aws_vpc_security_group_ingress_rule"))).not.toContain(
      "haproxy-from-tinkerbell",
    );
    expect(earlier.resource("aws_lb_target_group", "tinkerbell-targets")).toEqual(
      layer.resource("aws_lb_target_group", "tinkerbell-targets"),
    );
  });

  test("allow each of these ports on the nodes from that load balancer only", () => {
    const doors = ingress
      .filter(([, rule]) => String(rule["security_group_id"]).includes("nodeSecurityGroupId"))
      .map(([id, rule]) => [id, rule["from_port"], rule["referenced_security_group_id"]]);
    expect(doors).toEqual([
      ["argocd-from-argocd", 8080, "${aws_security_group.argocd-security-group.id}"],
      ["gitea-from-argocd", 3000, "${aws_security_group.argocd-security-group.id}"],
      ["haproxy-from-tinkerbell", 8443, "${aws_security_group.tinkerbell-security-group.id}"],
      ["traefik-from-traefik", 8443, "${aws_security_group.traefik-security-group.id}"],
    ]);
  });

  test("have descriptions with characters that EC2 accepts", () => {
    const accepted = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
    for (const type of [
      "aws_security_group",
      "aws_vpc_security_group_ingress_rule",
      "aws_vpc_security_group_egress_rule",
    ]) {
      for (const block of Object.values(layer.all(type))) expect(block["description"]).toMatch(accepted);
    }
  });
});

describe("firewall", () => {
  test.each(["traefik", "argocd"])("protects %s with a rate limit and AWS managed rules", (name) => {
    expect(
      rules(`${name}-web-acl`)
        .map((rule) => rule["name"])
        .slice(0, 5),
    ).toEqual([
      "rate-limit",
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesSQLiRuleSet",
    ]);
    expect(layer.resource("aws_wafv2_web_acl_association", `${name}-web-acl-association`)).toMatchObject({
      resource_arn: `\${aws_lb.${name}-load-balancer.arn}`,
      web_acl_arn: `\${aws_wafv2_web_acl.${name}-web-acl.arn}`,
    });
  });

  test.each(["traefik", "argocd"])(
    "blocks what the managed rules of %s find, unless they only count",
    (name) => {
      const managed = rules(`${name}-web-acl`).filter((rule) => String(rule["name"]).startsWith("AWS"));
      expect(managed.length).toBeGreaterThan(3);
      for (const rule of managed)
        expect([rule["name"], rule["override_action"]]).toEqual([rule["name"], { none: {} }]);
    },
  );

  test("blocks a source address above the rate limit", () => {
    const edited = synthLayer(lbWaf, {
      edit: (raw) => (raw.layers["lb-waf"].waf.rateLimit = { requests: 1000, windowSeconds: 60 }),
    });
    expect(edited.resource("aws_wafv2_web_acl", "traefik-web-acl")["rule"]).toContainEqual(
      expect.objectContaining({
        name: "rate-limit",
        action: { block: { custom_response: { response_code: 429 } } },
        statement: {
          rate_based_statement: {
            ...{ aggregate_key_type: "IP", limit: 1000, evaluation_window_sec: 60 },
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

  test("exempts the cluster's own NAT addresses from the rate limit, which internal load balancers do not see", () => {
    expect(layer.resource("aws_wafv2_ip_set", "nat-addresses")["addresses"]).toEqual(
      zones.map((zone): unknown => expect.stringContaining(`natPublicIps["${zone}"]}/32`)),
    );
    const internal = synthLayer(lbWaf, { edit: (raw) => (raw.layers["lb-waf"].scheme = "internal") });
    expect(internal.all("aws_wafv2_ip_set")).toEqual({});
    expect(JSON.stringify(internal.all("aws_wafv2_web_acl"))).not.toContain("scope_down_statement");
  });

  test("counts large request bodies to the orchestrator instead of blocking them", () => {
    expect(ruleOf(rules("traefik-web-acl"), "AWSManagedRulesCommonRuleSet")).toMatchObject({
      override_action: { none: {} },
      statement: {
        managed_rule_group_statement: {
          rule_action_override: expect.arrayContaining([
            { name: "SizeRestrictions_BODY", action_to_use: { count: {} } },
          ]),
        },
      },
    });
  });

  test("merges the rules to count from the settings without duplicates", () => {
    const edited = synthLayer(lbWaf, {
      edit: (raw) =>
        (raw.layers["lb-waf"].waf.countedRules = { common: ["NoUserAgent_HEADER", "SizeRestrictions_BODY"] }),
    });
    const text = JSON.stringify(edited.resource("aws_wafv2_web_acl", "traefik-web-acl"));
    expect(text.match(/NoUserAgent_HEADER/g)).toHaveLength(1);
    expect(text.match(/SizeRestrictions_BODY/g)).toHaveLength(1);
  });

  describe("for gRPC", () => {
    const exempt = ruleOf(rules("traefik-web-acl"), "bodies-except-grpc");
    const bodies = [
      ["AWSManagedRulesCommonRuleSet", "CrossSiteScripting_BODY", "core-rule-set:CrossSiteScripting_Body"],
      ["AWSManagedRulesCommonRuleSet", "EC2MetaDataSSRF_BODY", "core-rule-set:EC2MetaDataSSRF_Body"],
      ["AWSManagedRulesCommonRuleSet", "GenericLFI_BODY", "core-rule-set:GenericLFI_Body"],
      ["AWSManagedRulesCommonRuleSet", "GenericRFI_BODY", "core-rule-set:GenericRFI_Body"],
      ["AWSManagedRulesSQLiRuleSet", "SQLi_BODY", "sql-database:SQLi_Body"],
      ["AWSManagedRulesSQLiRuleSet", "SQLiExtendedPatterns_BODY", "sql-database:SQLiExtendedPatterns_Body"],
    ] as const;

    test.each(bodies)("only counts and labels %s of %s", (group, rule) => {
      expect(JSON.stringify(ruleOf(rules("traefik-web-acl"), group))).toContain(
        `{"action_to_use":{"count":{}},"name":"${rule}"}`,
      );
    });

    test("blocks labelled requests, unless their content type is gRPC", () => {
      const labelled = bodies.map(([, , label]) => ({
        label_match_statement: { scope: "LABEL", key: `awswaf:managed:aws:${label}` },
      }));
      const grpc = {
        search_string: "application/grpc",
        positional_constraint: "STARTS_WITH",
        field_to_match: { single_header: { name: "content-type" } },
      };
      expect(exempt).toMatchObject({
        action: { block: {} },
        statement: {
          and_statement: {
            statement: [
              { or_statement: { statement: labelled } },
              { not_statement: { statement: [{ byte_match_statement: grpc }] } },
            ],
          },
        },
      });
    });

    test("evaluates labels after the rules that add them", () => {
      expect(exempt["priority"]).toBe(5);
      expect(rules("traefik-web-acl").at(-1)).toBe(exempt);
    });

    test("does not block bodies for rules that the settings count", () => {
      const edited = synthLayer(lbWaf, {
        edit: (raw) => (raw.layers["lb-waf"].waf.countedRules = { sqlInjection: ["SQLi_BODY"] }),
      });
      const acl = JSON.stringify(edited.resource("aws_wafv2_web_acl", "traefik-web-acl"));
      expect(acl).not.toContain("sql-database:SQLi_Body");
      expect(acl).toContain("sql-database:SQLiExtendedPatterns_Body");
    });
  });

  describe("in count mode", () => {
    const trial = synthLayer(lbWaf, { edit: (raw) => (raw.layers["lb-waf"].waf.mode = "count") });
    // Written by the layer as a list of rules.
    const acls = Object.values(trial.all("aws_wafv2_web_acl")).map((acl) => acl["rule"] as Block[]);

    test("counts instead of blocking", () => {
      for (const acl of acls) {
        const harmless = acl.filter(({ name }) => name !== "AWSManagedRulesKnownBadInputsRuleSet");
        expect(harmless.map((rule) => rule["action"] ?? rule["override_action"])).toEqual(
          harmless.map(() => ({ count: {} })),
        );
      }
    });

    test("still blocks Log4j exploits, and counts the uncertain rules of known bad inputs", () => {
      for (const acl of acls) {
        const rule = ruleOf(acl, "AWSManagedRulesKnownBadInputsRuleSet");
        expect(rule["override_action"]).toEqual({ none: {} });
        expect(JSON.stringify(rule)).toContain("Host_localhost_HEADER");
        expect(JSON.stringify(rule)).not.toContain("Log4J");
      }
    });
  });

  test.each([
    ["common", "nouseragent_header", "NoUserAgent_HEADER"],
    ["common", "SizeRestriction_BODY", "SizeRestrictions_BODY"],
    ["knownBadInputs", "Propfind_Method", "PROPFIND_METHOD"],
    ["ipReputation", "AWSManagedIPDDosList", "AWSManagedIPDDoSList"],
    ["sqlInjection", "SQLi_Body", "SQLi_BODY"],
  ])("counts no rule of %s that WAF would ignore: %s", (group, name, meant) => {
    const load = (rule: string) => () =>
      loadConfig({ edit: (raw) => (raw.layers["lb-waf"].waf.countedRules = { [group]: [rule] }) });
    expect(load(name)).toThrow(`It must be "${meant}", if that rule is meant`);
    expect(load(meant)).not.toThrow();
    expect(load("AddedByAwsLater_HEADER")).not.toThrow();
  });

  test("never counts Log4j exploits", () => {
    expect(() =>
      loadConfig({
        edit: (raw) => (raw.layers["lb-waf"].waf.countedRules = { knownBadInputs: ["Log4JRCE_HEADER"] }),
      }),
    ).toThrow();
  });

  test.each(["traefik", "argocd"])("logs the requests to %s encrypted, without credentials", (name) => {
    expect(layer.resource("aws_cloudwatch_log_group", `${name}-web-acl-log`)).toMatchObject({
      name: `aws-waf-logs-example-${name}`,
      retention_in_days: 365,
      kms_key_id: expect.stringContaining("keyArns"),
    });
    const logging = `${name}-web-acl-log-configuration`;
    expect(layer.resource("aws_wafv2_web_acl_logging_configuration", logging)).toMatchObject({
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
    });
  });

  test.each([
    ["default", {}, undefined],
    ["500en", {}, "DROP"],
    ["1ken", { loggedRequests: "all" }, undefined],
    ["default", { loggedRequests: "blocked-and-counted" }, "DROP"],
  ])("logs for scale profile %s and %j what is worth its cost", (scaleProfile, waf, behavior) => {
    const scaled = synthLayer(lbWaf, {
      edit: (raw) => {
        raw.scaleProfile = scaleProfile;
        raw.layers["lb-waf"] = { waf };
      },
    });
    for (const log of Object.values(scaled.all("aws_wafv2_web_acl_logging_configuration"))) {
      const filter = log["logging_filter"] as { default_behavior?: string } | undefined;
      expect(filter?.default_behavior).toBe(behavior);
    }
  });

  test("keeps blocked and counted requests, also those that match counted rules of managed groups", () => {
    const scaled = synthLayer(lbWaf, { edit: (raw) => (raw.scaleProfile = "500en") });
    expect(
      scaled.resource("aws_wafv2_web_acl_logging_configuration", "traefik-web-acl-log-configuration"),
    ).toMatchObject({
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT"].map((action) => ({
              action_condition: { action },
            })),
          },
        ],
      },
    });
  });

  test("enables metrics and sampled requests for every rule", () => {
    for (const rule of [...rules("traefik-web-acl"), ...rules("argocd-web-acl")]) {
      expect(rule["visibility_config"]).toMatchObject({
        cloudwatch_metrics_enabled: true,
        sampled_requests_enabled: true,
      });
    }
  });
});

describe("alarms", () => {
  const alarm = (id: string) => layer.resource("aws_cloudwatch_metric_alarm", `${id}-alarm`);

  test("notify the topic of the audit layer", () => {
    for (const found of Object.values(layer.all("aws_cloudwatch_metric_alarm"))) {
      expect(found["alarm_actions"]).toEqual([expect.stringContaining("topicArn")]);
    }
  });

  test.each(["traefik", "argocd"])("fire on 5xx errors and blocked requests of %s", (name) => {
    expect(alarm(`${name}-load-balancer-errors`)).toMatchObject({
      metric_name: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: `\${aws_lb.${name}-load-balancer.arn_suffix}` },
      threshold: 50,
    });
    expect(alarm(`${name}-blocked-requests`)).toMatchObject({
      metric_name: "BlockedRequests",
      dimensions: { WebACL: `\${aws_wafv2_web_acl.${name}-web-acl.name}`, Region: "us-west-2", Rule: "ALL" },
      threshold: 1000,
    });
  });

  test("fire on unhealthy targets of every load balancer", () => {
    for (const target of ["traefik", "traefik-grpc", "argocd", "gitea", "tinkerbell"]) {
      expect(alarm(`${target}-unhealthy-targets`)).toMatchObject({
        namespace: target === "tinkerbell" ? "AWS/NetworkELB" : "AWS/ApplicationELB",
        metric_name: "UnHealthyHostCount",
        dimensions: { TargetGroup: `\${aws_lb_target_group.${target}-targets.arn_suffix}` },
        threshold: 0,
      });
    }
  });
});

describe("records", () => {
  const record = (id: string) => layer.resource("aws_route53_record", id);

  const entrances: Readonly<Record<HostEntry, string>> = {
    orchestrator: "traefik",
    administration: "argocd",
    tinkerbell: "tinkerbell",
    vpro: "vpro",
  };

  test.each([
    ["public", "2026.0", applicationHosts],
    ["private", "2026.0", applicationHosts],
    ["public", "2025.2", hostsOf2025v2],
    ["private", "2025.2", hostsOf2025v2],
  ] as const)(
    "of the %s zone resolve every host of the applications of release %s to its load balancer",
    (zone, release, hosts) => {
      const of = release === "2026.0" ? withVpro : earlier;
      const found = Object.entries(of.all("aws_route53_record"))
        .filter(([id]) => id.startsWith(`${zone}-`))
        .map(([, { name, alias }]) => [name, alias]);
      const wanted = Object.entries(hosts).map(([host, entry]): unknown[] => [
        host === "" ? domain : `${host}.${domain}`,
        expect.objectContaining({ name: `\${aws_lb.${entrances[entry]}-load-balancer.dns_name}` }),
      ]);
      const byName = (left: unknown[], right: unknown[]) => (String(left[0]) < String(right[0]) ? -1 : 1);
      expect(found.sort(byName)).toEqual(wanted.sort(byName));
    },
  );

  test.each(["public", "private"])("of the %s zone are in that zone alone", (zone) => {
    const all = Object.entries(withVpro.all("aws_route53_record")).filter(([id]) =>
      id.startsWith(`${zone}-`),
    );
    expect(all).not.toEqual([]);
    for (const [id, { zone_id }] of all)
      expect([id, zone_id]).toEqual([id, remote(`route53.outputs.${zone}ZoneId`)]);
  });

  test("do not include the vPro host while vPro is disabled", () => {
    expect(record("public-apex")).toMatchObject({ name: domain, type: "A" });
    expect(Object.keys(layer.all("aws_route53_record"))).not.toContain("public-mps");
  });

  test("do not include names that the platform no longer uses", () => {
    for (const release of [...Object.values(releases), ...Object.values(refusedReleases)]) {
      const all = Object.values(hostsOf(release)).flat();
      expect(all.filter((host) => droppedHosts.includes(host))).toEqual([]);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  test("include a wildcard only if wildcardRecord is true", () => {
    expect(Object.keys(layer.all("aws_route53_record"))).not.toContain("public-wildcard");
    const wildcard = synthLayer(lbWaf, { edit: (raw) => (raw.layers["lb-waf"].wildcardRecord = true) });
    for (const zone of ["public", "private"]) {
      expect(wildcard.resource("aws_route53_record", `${zone}-wildcard`)).toMatchObject({
        name: `*.${domain}`,
        alias: { name: "${aws_lb.traefik-load-balancer.dns_name}" },
      });
    }
  });
});

test("creates no records without Route 53", () => {
  const elsewhere = synthLayer(lbWaf, {
    edit: (raw) =>
      void Object.assign(raw.layers.route53, {
        zones: { source: "none" },
        certificate: existingCertificate(raw),
      }),
  });
  expect(elsewhere.all("aws_route53_record")).toEqual({});
  expect(Object.keys(elsewhere.all("aws_lb"))).toHaveLength(3);
});

describe("vPro", () => {
  test("has no load balancer unless it is enabled", () => {
    expect(Object.keys(layer.all("aws_lb"))).not.toContain("vpro-load-balancer");
    expect(layer.json.output?.["optionalTargetGroupArns"]?.value).toEqual({});
  });

  test("uses TCP port 4433 of a network load balancer", () => {
    expect(withVpro.resource("aws_lb", "vpro-load-balancer")).toMatchObject({
      load_balancer_type: "network",
      security_groups: ["${aws_security_group.vpro-security-group.id}"],
      enable_deletion_protection: true,
    });
    expect(withVpro.resource("aws_lb_listener", "vpro-tcp")).toMatchObject({ port: 4433, protocol: "TCP" });
    expect(withVpro.resource("aws_lb_target_group", "vpro-targets")).toMatchObject({
      port: 4433,
      protocol: "TCP",
      health_check: { protocol: "TCP" },
    });
  });

  test("reaches pods on port 4433, from publicCidrs", () => {
    const rule = withVpro.resource("aws_vpc_security_group_ingress_rule", "mps-from-vpro");
    expect(rule).toMatchObject({ from_port: 4433, to_port: 4433 });
    const clients = Object.entries(withVpro.all("aws_vpc_security_group_ingress_rule"));
    const ids = clients.map(([id]) => id).filter((id) => id.startsWith("vpro-"));
    expect(ids).toEqual(["vpro-4433-from-0-0-0-0-0", ...zones.map((zone) => `vpro-4433-from-nat-${zone}`)]);
  });

  test("publishes its target group, and has an alarm on unhealthy targets", () => {
    expect(withVpro.json.output?.["optionalTargetGroupArns"]?.value).toEqual({
      vpro: "${aws_lb_target_group.vpro-targets.arn}",
    });
    expect(withVpro.resource("aws_cloudwatch_metric_alarm", "vpro-unhealthy-targets-alarm")).toMatchObject({
      namespace: "AWS/NetworkELB",
    });
  });
});

describe("Elastic IP addresses", () => {
  const edited = synthLayer(lbWaf, {
    edit: (raw) => {
      raw.layers["lb-waf"].elasticIpAddresses = true;
      raw.layers.platform.services.vpro = true;
    },
  });

  test("are not allocated by default", () => {
    expect(layer.all("aws_eip")).toEqual({});
  });

  test.each(["tinkerbell", "vpro"])("assign one address per zone to the load balancer %s", (name) => {
    const balancer = edited.resource("aws_lb", `${name}-load-balancer`);
    expect(balancer).not.toHaveProperty("subnets");
    expect(balancer["subnet_mapping"]).toEqual(
      zones.map((zone): unknown => ({
        subnet_id: expect.stringContaining(`publicSubnetIds["${zone}"]`),
        allocation_id: `\${aws_eip.${name}-address-${zone}.allocation_id}`,
      })),
    );
  });
});

describe("Shield Advanced", () => {
  const acceptedPrice = "3000 USD a month for at least a year";
  const shielded = (shieldAdvanced: object) =>
    synthLayer(lbWaf, {
      edit: (raw) =>
        void Object.assign(raw.layers["lb-waf"], {
          elasticIpAddresses: true,
          shieldAdvanced: { enabled: true, ...shieldAdvanced },
        }),
    });

  test("is disabled by default, without a subscription", () => {
    expect(layer.all("aws_shield_protection")).toEqual({});
    expect(layer.all("aws_shield_subscription")).toEqual({});
  });

  test.each([{}, { acceptedPrice: "yes" }, { acceptedPrice: true, subscribe: true }])(
    "is rejected unless its price is accepted: %j",
    (given) => {
      expect(() => shielded(given)).toThrow(
        /layers\.lb-waf\.shieldAdvanced\.acceptedPrice[^]*3000 USD a month for at least a year/,
      );
    },
  );

  test("protects application load balancers, and the Elastic IP addresses of network load balancers", () => {
    const protections = Object.values(shielded({ acceptedPrice }).all("aws_shield_protection"));
    expect(protections.map(({ name, resource_arn }) => [name, resource_arn])).toEqual([
      ["example-argocd", "${aws_lb.argocd-load-balancer.arn}"],
      ...zones.map((zone) => [
        `example-tinkerbell-${zone}`,
        `arn:aws:ec2:us-west-2:111122223333:eip-allocation/\${aws_eip.tinkerbell-address-${zone}.allocation_id}`,
      ]),
      ["example-traefik", "${aws_lb.traefik-load-balancer.arn}"],
    ]);
  });

  test("subscribes only if configured, and does not unsubscribe on destroy", () => {
    expect(shielded({ acceptedPrice }).all("aws_shield_subscription")).toEqual({});
    const subscribed = shielded({ acceptedPrice, subscribe: true });
    expect(subscribed.resource("aws_shield_subscription", "shield-subscription")).toMatchObject({
      auto_renew: "ENABLED",
      skip_destroy: true,
    });
    expect(subscribed.resource("aws_shield_protection", "traefik-shield")["depends_on"]).toEqual([
      "aws_shield_subscription.shield-subscription",
    ]);
  });
});

describe("environment file", () => {
  const refused = (settings: object) =>
    expect(() => loadConfig({ edit: (raw) => void Object.assign(raw.layers["lb-waf"], settings) }));

  test("cannot give internal load balancers Elastic IP addresses", () => {
    refused({ scheme: "internal", elasticIpAddresses: true }).toThrow(
      /lb-waf\.elasticIpAddresses: is true, but internal load balancers have no public IP addresses/,
    );
  });

  test("cannot have Shield Advanced for internal load balancers", () => {
    const shieldAdvanced = { enabled: true, acceptedPrice: "3000 USD a month for at least a year" };
    refused({ scheme: "internal", shieldAdvanced }).toThrow(
      /shieldAdvanced\.enabled: is true, but internal load balancers cannot/,
    );
  });

  const problems = (adminCidrs: string[], publicCidrs: string[] = []) => {
    const { environment } = loadConfig();
    return accessProblems({ access: { ...environment.access, adminCidrs, publicCidrs } });
  };

  test("cannot allow all addresses to reach Argo CD and Gitea", () => {
    expect(problems(["203.0.113.0/24", "0.0.0.0/0"])).toEqual([
      {
        path: ["access", "adminCidrs", 1],
        message: '"0.0.0.0/0" opens Argo CD and Gitea to the whole internet',
        hint: "Specify the addresses of administrators, e.g. those of an office or VPN",
      },
    ]);
  });

  test("can allow private ranges of both families, as large as they are", () => {
    const adminCidrs = ["10.0.0.0/8", "fd00::/8", "fc00::/7"];
    const { environment } = loadConfig({ edit: (raw) => (raw.access.adminCidrs = adminCidrs) });
    expect(environment.access.adminCidrs).toEqual(adminCidrs);
  });

  test("cannot list more ranges of a family than the security groups of a load balancer allow", () => {
    expect(problems(ranges(147), [...ranges(147), ...ipv6(147)])).toEqual([]);
    expect(problems(ranges(148), ipv6(148))).toEqual([
      {
        path: ["access", "adminCidrs"],
        message: "has 148 IPv4 ranges, but the security groups of a load balancer allow 147",
        hint: "Merge adjacent ranges",
      },
      {
        path: ["access", "publicCidrs"],
        message: "has 148 IPv6 ranges, but the security groups of a load balancer allow 147",
        hint: "Merge adjacent ranges",
      },
    ]);
  });
});
