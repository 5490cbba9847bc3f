import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unknownValue } from "../engine/unknown";
import { checkValues } from "../facts/check-values";
import { readFacts, type TypeFacts } from "../facts/learned";
import { ruleFrom } from "../facts/observation";
import { providerPackage } from "../schema/provider-package";

const facts = readFacts("aws");
const summaries = (type: string, config: Record<string, unknown>): readonly string[] =>
  checkValues(facts.types[type] ?? {}, config, true).map(({ summary }) => summary);

describe("The facts", () => {
  it("were learned from the provider version of the bindings", () => {
    expect(facts.providerVersion).toBe(providerPackage("aws").providerVersion);
  });

  it("are small enough to be read at every start", () => {
    expect(statSync(join(__dirname, "../facts/aws.json")).size).toBeLessThan(150_000);
  });

  it("know what replaces an object and what a plan fills in", () => {
    expect(facts.types.aws_vpc?.knowledge?.forceNew).toContain("cidr_block");
    expect(facts.types.aws_lb?.knowledge?.defaults).toMatchObject({ idle_timeout: 60, enable_http2: true });
  });

  it("refuse what the real provider refuses", () => {
    expect(summaries("aws_lb", { load_balancer_type: "classic" })[0]).toContain(
      "expected load_balancer_type to be one of",
    );
    expect(summaries("aws_eks_cluster", { name: "edge!" })).toHaveLength(1);
    expect(summaries("aws_lb_target_group", { port: 70000 })[0]).toContain("in the range");
    expect(summaries("aws_iam_role", { assume_role_policy: "{" })[0]).toContain("invalid JSON");
    expect(summaries("aws_iam_role_policy_attachment", { policy_arn: "ReadOnly" })[0]).toContain(
      "invalid ARN",
    );
    expect(summaries("aws_subnet", { id: "subnet-1" })).toEqual(["Invalid or unknown key"]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["aws_lb", { name: "e".repeat(33) }, '"name" cannot be longer than 32 characters'],
    ["aws_lb_target_group", { name: "e".repeat(33) }, '"name" cannot be longer than 32 characters'],
    ["aws_security_group", { ingress: [{ cidr_blocks: ["10.0.0.0/33"] }] }, "not a valid IPv4 CIDR block"],
    ["aws_security_group", { egress: [{ cidr_blocks: ["10.0.0.1/8"] }] }, 'did you mean "10.0.0.0/8"?'],
    ["aws_security_group", { ingress: [{ ipv6_cidr_blocks: ["10.0.0.0/8"] }] }, "not a valid IPv6 CIDR"],
    ["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "10.1.2.3/16" }, 'did you mean "10.1.0.0/16"?'],
    ["aws_eks_node_group", { taint: [{ effect: "NoSchedule" }] }, "expected taint.effect to be one of"],
    ["aws_rds_cluster", { engine: "oracle" }, "expected engine to be one of"],
    ["aws_rds_cluster", { preferred_backup_window: "25:00-26:00" }, "format of"],
    ["aws_rds_cluster", { preferred_maintenance_window: "sunday" }, "format of"],
  ])("refuse in %s what the real provider refuses: %o", (type, config, message) => {
    expect(summaries(type, config)).toEqual([expect.stringContaining(message)]);
  });

  it.each<[string, Record<string, unknown>]>([
    ["aws_lb", { name: "e".repeat(32) }],
    ["aws_security_group", { ingress: [{ cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] }] }],
    ["aws_security_group", { egress: [{ ipv6_cidr_blocks: ["::/0", "2001:db8::/32"] }] }],
    ["aws_eks_node_group", { taint: [{ effect: "NO_SCHEDULE" }] }],
    ["aws_rds_cluster", { engine: "aurora-postgresql", preferred_maintenance_window: "Sun:04:00-Sun:05:00" }],
    ["aws_rds_cluster", { engine: "custom-oracle-ee", preferred_backup_window: "01:00-02:00" }],
  ])("take in %s what the real provider takes: %o", (type, config) => {
    expect(summaries(type, config)).toEqual([]);
  });

  it("refuse arguments that exclude each other", () => {
    const both = { availability_zone: "us-east-1a", availability_zone_id: "use1-az1" };
    const [conflict] = checkValues(facts.types.aws_subnet ?? {}, both, true);
    expect(conflict?.detail).toMatch(/^"availability_zone(_id)?": conflicts with availability_zone(_id)?$/);
  });

  it("take what is right, unknown or left out", () => {
    const right = {
      name: "edge",
      load_balancer_type: "network",
      subnets: unknownValue,
      name_prefix: null,
      ip_address_type: "",
    };
    expect(summaries("aws_lb", right)).toEqual([]);
  });
});

describe("Learned lists of values", () => {
  const type: TypeFacts = { rules: { kind: { oneOf: ["a"] }, "inner.size": { range: [1, 2] } } };

  it("only warn when another version is served, for lists grow", () => {
    const severities = [true, false].map((same) => checkValues(type, { kind: "b" }, same)[0]?.severity);
    expect(severities).toEqual(["error", "warning"]);
  });

  it("leave everything else an error, inside blocks too", () => {
    const found = checkValues(type, { inner: [{ size: 1 }, { size: 3 }] }, false);
    expect(found).toEqual([
      {
        severity: "error",
        summary: "expected inner.size to be in the range (1 - 2), got 3",
        path: ["inner"],
      },
    ]);
  });
});

describe("A message of the real provider", () => {
  const patternOf = (other: string): string | undefined => ruleFrom({ other }, "name")?.pattern?.[0];

  it("becomes a pattern when it lists characters or quotes one", () => {
    expect(patternOf('only lowercase alphanumeric characters and hyphens allowed in "name"')).toBe(
      "^[0-9a-z-]*$",
    );
    expect(patternOf('"name" doesn\'t comply with restrictions ("^[\\\\w.]+$"): "zz~nonsense"')).toBe(
      "^[\\w.]+$",
    );
    expect(patternOf("invalid value for name (must match [\\w+=,.@-])")).toBe("^[\\w+=,.@-]*$");
  });

  it("becomes a range or a length when it states one", () => {
    const range = "expected name to be in the range (0.500000 - 256.000000), got -98765.000000";
    expect(ruleFrom({ other: range }, "name")).toEqual({ range: [0.5, 256] });
    expect(ruleFrom({ other: '"name" cannot be longer than 6 characters: "zz~nonsense"' }, "name")).toEqual({
      maxLength: 6,
    });
  });

  it("is one of several reasons when there are more, and any of them will do", () => {
    const rule = ruleFrom(
      { oneOf: [10, 20, 30], other: "expected period to be divisible by 60, got: 1" },
      "period",
    );
    const broken = [20, 120, 50].map(
      (period) => checkValues({ rules: { period: rule ?? {} } }, { period }, true).length,
    );
    expect(broken).toEqual([0, 0, 1]);
    const unclear = {
      oneOf: ["aurora-postgresql"],
      other: "invalid value for engine (must begin with custom-)",
    };
    expect(ruleFrom(unclear, "engine")).toBeUndefined();
  });

  it("becomes nothing when it says more than a machine can hold", () => {
    expect(
      ruleFrom({ other: "only letters and digits allowed, and it must begin with a letter" }, "name"),
    ).toBeUndefined();
    expect(
      ruleFrom({ other: '(zz~nonsense) must satisfy the format of "hh24:mi-hh24:mi"' }, "name"),
    ).toBeUndefined();
  });
});
