import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from "node:crypto";
import { describe, expect, test } from "vitest";
import { ConfigError } from "../../lib/environment/config-error";
import { firstCertificate } from "../../modules/route53/certificate/first";
import { missingRoot } from "../../modules/route53/certificate/missing-root";
import { certificateProblems } from "../../modules/route53/checks/certificate";
import { chainProblem } from "../../modules/route53/checks/chain";
import { route53 } from "../../modules/route53/layer";
import { Settings } from "../../modules/route53/settings";
import { filesOf, valueOf } from "../../lib/layer/secret-files";
import { issue, type Issued, type Request } from "../certificates";
import { moveTo } from "../everything-on";
import { loadConfig, type RawEnvironment, type SynthesisOptions, synthLayer } from "../synth";
import { readPolicy } from "./policies";

const synth = (options: SynthesisOptions = {}) => synthLayer(route53, options);
const withSettings = (settings: object): SynthesisOptions => ({
  edit: (raw: RawEnvironment) => {
    raw.layers.route53 = settings;
  },
});
const withZones = (zones: object) => withSettings({ zones: { source: "new", ...zones } });
const existingZones = { source: "existing", publicZoneId: "Z0PUBLIC", privateZoneId: "Z0PRIVATE" };
const existingCertificate = {
  source: "existing",
  arn: "arn:aws:acm:us-west-2:111122223333:certificate/12345678-1234-1234-1234-123456789012",
  secretArn: "arn:aws:secretsmanager:us-west-2:111122223333:secret:certificate-AbCdEf",
};
const example = synth();
const domain = "example.edge.example.com";
const rooted: SynthesisOptions = {
  edit: (raw: RawEnvironment) => {
    raw.domain = { root: "orchestrator.example.com" };
  },
};

test("has a public and a private zone of the domain", () => {
  expect(example.resource("aws_route53_zone", "public-zone")).toMatchObject({ name: domain });
  expect(example.resource("aws_route53_zone", "public-zone")).not.toHaveProperty("vpc");
  expect(example.resource("aws_route53_zone", "private-zone")).toMatchObject({
    name: domain,
    vpc: [{ vpc_id: "${data.terraform_remote_state.vpc.outputs.vpcId}" }],
  });
});

test("sets force_destroy of the zones only while the environment is destroyed", () => {
  const kept = (options?: SynthesisOptions) =>
    ["public-zone", "private-zone"].map(
      (id) => synth(options).resource("aws_route53_zone", id)["force_destroy"],
    );
  expect(kept()).toEqual([false, false]);
  expect(kept({ deletionProtection: false })).toEqual([true, true]);
});

test("delegates the domain in the parent's public zone, found by name", () => {
  expect(example.json.data?.["aws_route53_zone"]).toMatchObject({
    "parent-zone": { name: "edge.example.com" },
  });
  expect(example.resource("aws_route53_record", "delegation")).toMatchObject({
    zone_id: "${data.aws_route53_zone.parent-zone.zone_id}",
    name: domain,
    type: "NS",
    ttl: 900,
    records: "${aws_route53_zone.public-zone.name_servers}",
  });
  expect(synth(withZones({ nsTtlSeconds: 60 })).resource("aws_route53_record", "delegation")["ttl"]).toBe(60);
});

test("uses the parent zone's ID if set", () => {
  const given = synth(withZones({ parentZoneId: "Z0123456789ABC" }));
  expect(given.json.data).not.toHaveProperty("aws_route53_zone");
  expect(given.resource("aws_route53_record", "delegation")["zone_id"]).toBe("Z0123456789ABC");
});

test("adds no delegation for a root domain", () => {
  const root = synth(rooted);
  expect(root.all("aws_route53_record")).not.toHaveProperty("delegation");
  expect(root.resource("aws_route53_zone", "public-zone")["name"]).toBe("orchestrator.example.com");
});

test("declares existing zones, and the secret of an existing certificate, as preconditions", () => {
  const asked = (options?: SynthesisOptions) => {
    const { environment, settings } = loadConfig(options);
    return route53.preconditions?.({ environment, settings: Settings.parse(settings["route53"]) });
  };
  expect(asked()).toEqual([{ type: "aws_route53_zone", attributes: { name: "edge.example.com" } }]);
  expect(asked(withZones({ parentZoneId: "Z0123456789ABC" }))).toEqual([
    { type: "aws_route53_zone", attributes: { name: "edge.example.com", id: "Z0123456789ABC" } },
  ]);
  expect(asked(withSettings({ zones: existingZones }))).toEqual([
    { type: "aws_route53_zone", attributes: { name: domain, id: "Z0PUBLIC" } },
    { type: "aws_route53_zone", attributes: { name: domain, id: "Z0PRIVATE" } },
  ]);
  expect(asked(rooted)).toEqual([]);
  const { secretArn } = existingCertificate;
  expect(asked(withSettings({ zones: { source: "none" }, certificate: existingCertificate }))).toMatchObject([
    { type: "aws_secretsmanager_secret", attributes: { id: secretArn } },
    { type: "aws_secretsmanager_secret_version", attributes: { secret_id: secretArn } },
  ]);
});

describe("the certificate of Let's Encrypt", () => {
  const certificate = example.resource("aws_acm_certificate", "platform-certificate");

  test("is found by the platform by its tag, and what the platform imports stays", () => {
    expect(certificate).toMatchObject({
      tags: { Name: "acm-certificate-example" },
      lifecycle: { ignore_changes: ["certificate_body", "certificate_chain", "private_key"] },
    });
    expect(certificate).not.toHaveProperty("domain_name");
    expect(example.json.output?.["certificateArn"]?.value).toBe(
      "${aws_acm_certificate.platform-certificate.arn}",
    );
    expect(example.json.output?.["certificateSecretArns"]?.value).toEqual({});
  });

  test("is preceded by a generated one, which is in no JSON", () => {
    expect(example.json.variable?.["first_certificate"]).toMatchObject({ sensitive: true, nullable: false });
    expect(certificate).toMatchObject({
      certificate_body: "${var.first_certificate.certificate}",
      private_key: "${var.first_certificate.private_key}",
    });
    const { environment, settings } = loadConfig();
    const given = { environment, settings: Settings.parse(settings["route53"]) };
    const values =
      route53.generatedValues?.(given, { now: new Date("2026-03-01T10:00:00Z"), randomBytes }) ?? {};
    expect(Object.keys(values)).toEqual(["first_certificate"]);
    const first = JSON.parse(values["first_certificate"]!) as Record<string, string>;
    expect(new X509Certificate(first["certificate"]!).subjectAltName).toBe(`DNS:${domain}, DNS:*.${domain}`);
  });

  test("is not generated for another source", () => {
    const { environment, settings } = loadConfig(withSettings({ certificate: existingCertificate }));
    const given = { environment, settings: Settings.parse(settings["route53"]) };
    expect(route53.generatedValues?.(given, { now: new Date(0), randomBytes })).toEqual({});
  });
});

describe("the first certificate", () => {
  const now = new Date("2026-03-01T10:00:00Z");
  const { certificate, private_key: key } = firstCertificate(domain, { now, randomBytes });
  const parsed = new X509Certificate(certificate);

  test("has the type of key with which the platform replaces it, and signs itself", () => {
    expect(parsed.publicKey.asymmetricKeyType).toBe("ec");
    expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "secp384r1" });
    expect(parsed.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
  });

  // X.509 as of RFC 5280, section 4.2.1.3: a critical key usage of digitalSignature alone.
  const digitalSignature = Buffer.from("0603551d0f040403020780", "hex");

  test("has no other extensions than a certificate of Let's Encrypt", () => {
    expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(parsed.raw.includes(digitalSignature)).toBe(true);
    expect(parsed.ca).toBe(false);
  });

  test("is valid now, also for a clock that is behind, and for less than 90 days", () => {
    expect(new Date(parsed.validFrom)).toEqual(new Date("2026-02-28T10:00:00Z"));
    expect(new Date(parsed.validTo)).toEqual(new Date("2026-05-29T10:00:00Z"));
    const late = firstCertificate(domain, { now: new Date("2050-06-01T00:00:00Z"), randomBytes });
    expect(new Date(new X509Certificate(late.certificate).validTo)).toEqual(new Date("2050-08-29T00:00:00Z"));
  });

  test("has the domain as its name, unless that is too long", () => {
    expect(parsed.subject).toContain(`CN=${domain}`);
    const long = `${"a".repeat(60)}.example.com`;
    const { subject, subjectAltName } = new X509Certificate(
      firstCertificate(long, { now, randomBytes }).certificate,
    );
    expect(subject).not.toContain("CN=");
    expect(subjectAltName).toBe(`DNS:${long}, DNS:*.${long}`);
  });

  test("has another key each time", () => {
    expect(firstCertificate(domain, { now, randomBytes }).private_key).not.toBe(key);
  });
});

test("uses an existing certificate", () => {
  const existing = synth(withSettings({ certificate: existingCertificate }));
  expect(existing.all("aws_acm_certificate")).toEqual({});
  expect(existing.json.output?.["certificateArn"]?.value).toBe(existingCertificate.arn);
});

test.each([
  ["region", "us-west-2", "us-east-1"],
  ["account", "111122223333", "999999999999"],
  ["partition", "arn:aws:", "arn:aws-cn:"],
])("rejects a certificate of another %s", (_, ours, another) => {
  const arn = existingCertificate.arn.replace(ours, another);
  expect(() => loadConfig(withSettings({ certificate: { ...existingCertificate, arn } }))).toThrow(
    `layers.route53.certificate.arn: "${arn}" is not in account "111122223333" and region "us-west-2"`,
  );
});

test("has an alarm that fires 30 days before the certificate expires, for every source", () => {
  const alarm = (options?: SynthesisOptions) =>
    synth(options).resource("aws_cloudwatch_metric_alarm", "certificate-expiry-alarm");
  expect(alarm()).toMatchObject({
    metric_name: "DaysToExpiry",
    comparison_operator: "LessThanThreshold",
    threshold: 30,
    dimensions: { CertificateArn: "${aws_acm_certificate.platform-certificate.arn}" },
    alarm_actions: ["${data.terraform_remote_state.audit.outputs.topicArn}"],
  });
  expect(alarm(withSettings({ certificate: existingCertificate }))["dimensions"]).toEqual({
    CertificateArn: existingCertificate.arn,
  });
});

describe("the query log", () => {
  test("is in the region that Route 53 requires, encrypted with a key of that region", () => {
    const group = example.resource("aws_cloudwatch_log_group", "query-log-group");
    expect(group).toMatchObject({
      provider: "aws.us-east-1",
      kms_key_id: "${aws_kms_key.query-log-key.arn}",
      retention_in_days: 365,
    });
    expect(example.resource("aws_kms_key", "query-log-key")).toMatchObject({
      provider: "aws.us-east-1",
      enable_key_rotation: true,
    });
    const users = readPolicy(example.resource("aws_kms_key", "query-log-key"));
    expect(users.map(({ Principal }) => Principal)).toContainEqual({
      Service: "logs.us-east-1.amazonaws.com",
    });
    expect(example.resource("aws_route53_query_log", "query-log")).toMatchObject({
      zone_id: "${aws_route53_zone.public-zone.zone_id}",
      cloudwatch_log_group_arn: "${aws_cloudwatch_log_group.query-log-group.arn}",
      depends_on: ["aws_cloudwatch_log_resource_policy.query-log-permission"],
    });
  });

  test("can be written by Route 53 for zones of this account only", () => {
    const { policy_document } = example.resource(
      "aws_cloudwatch_log_resource_policy",
      "query-log-permission",
    );
    expect(readPolicy({ policy: policy_document })).toMatchObject([
      {
        Principal: { Service: "route53.amazonaws.com" },
        Resource: "${aws_cloudwatch_log_group.query-log-group.arn}:*",
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:route53:::hostedzone/*" },
        },
      },
    ]);
  });

  test("uses the key of the kms layer if it is in the same region", () => {
    const home = synth({
      edit: (raw: RawEnvironment) => {
        raw.region = "us-east-1";
        raw.zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
      },
    });
    expect(home.all("aws_kms_key")).toEqual({});
    expect(home.resource("aws_cloudwatch_log_group", "query-log-group")["kms_key_id"]).toBe(
      "${data.terraform_remote_state.kms.outputs.keyArns.logs}",
    );
  });

  test("has the configured retention, or can be disabled", () => {
    const log = (queryLog: object) =>
      Object.values(synth(withZones({ queryLog })).all("aws_cloudwatch_log_group"));
    expect(log({ enabled: true, retentionDays: 30 })).toMatchObject([{ retention_in_days: 30 }]);
    expect(log({ enabled: false })).toEqual([]);
  });
});

test("keeps the provider of the query log's region without query log and zones, so that Terraform can delete them", () => {
  const aliases = (zones: object) =>
    (synth(withSettings(zones)).json.provider?.["aws"] ?? []).flatMap(({ alias }) => alias ?? []);
  expect(aliases({ zones: { source: "new", queryLog: { enabled: false } } })).toEqual(["us-east-1"]);
  expect(aliases({ zones: existingZones })).toEqual(["us-east-1"]);
});

test("has a CAA record with the parameters of an authority", () => {
  const entry =
    "letsencrypt.org; validationmethods=dns-01; accounturi=https://acme-v02.api.letsencrypt.org/acme/acct/1";
  const zones = { source: "new", certificateAuthorities: ["amazon.com; account=1", entry] };
  const records = synth(withSettings({ zones, certificate: existingCertificate })).all("aws_route53_record");
  expect(records["certificate-authorities"]).toMatchObject({
    records: ['0 issue "amazon.com; account=1"', `0 issue "${entry}"`],
  });
});

test.each(["letsencrypt.org; dns-01", "a_b", "letsencrypt.org; a=${x}", 'letsencrypt.org; a="b"', ""])(
  "refuses %j as a certificate authority",
  (entry) => {
    expect(() => loadConfig(withZones({ certificateAuthorities: ["amazon.com", entry] }))).toThrow(
      "certificateAuthorities[1]: ",
    );
  },
);

test("has a CAA record, unless certificateAuthorities is empty", () => {
  const records = (certificateAuthorities?: string[]) =>
    synth(withZones({ certificateAuthorities })).all("aws_route53_record")["certificate-authorities"];
  expect(records()).toMatchObject({
    name: domain,
    type: "CAA",
    records: ['0 issue "amazon.com"', '0 issue "letsencrypt.org"'],
  });
  expect(records(["letsencrypt.org"])?.["records"]).toEqual(['0 issue "letsencrypt.org"']);
  expect(records([])).toBeUndefined();
});

describe("DNSSEC", () => {
  const signed = synth(withZones({ dnssec: "signed" }));

  test("is disabled by default", () => {
    expect(example.all("aws_route53_hosted_zone_dnssec")).toEqual({});
    expect(example.json.output?.["dsRecords"]?.value).toEqual({});
  });

  test("signs the public zone with a key that only Route 53 may use, for zones of this account", () => {
    expect(signed.resource("aws_route53_hosted_zone_dnssec", "dnssec")).toMatchObject({
      hosted_zone_id: "${aws_route53_zone.public-zone.zone_id}",
      depends_on: ["aws_route53_key_signing_key.key-signing-key"],
    });
    const key = signed.resource("aws_kms_key", "dnssec-key");
    expect(key).toMatchObject({
      provider: "aws.us-east-1",
      customer_master_key_spec: "ECC_NIST_P256",
      key_usage: "SIGN_VERIFY",
    });
    const [, ...users] = readPolicy(key);
    for (const user of users)
      expect(user).toMatchObject({
        Principal: { Service: "dnssec-route53.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      });
  });

  test("adds the DS record only if delegated, and after the zone is signed", () => {
    expect(signed.all("aws_route53_record")).not.toHaveProperty("delegation-signer");
    expect(signed.json.output?.["dsRecords"]?.value).toEqual({
      public: "${aws_route53_key_signing_key.key-signing-key.ds_record}",
    });
    const delegated = synth(withZones({ dnssec: "delegated" }));
    expect(delegated.resource("aws_route53_record", "delegation-signer")).toMatchObject({
      zone_id: "${data.aws_route53_zone.parent-zone.zone_id}",
      type: "DS",
      records: ["${aws_route53_key_signing_key.key-signing-key.ds_record}"],
      depends_on: ["aws_route53_hosted_zone_dnssec.dnssec"],
    });
  });
});

test("adds nothing to existing zones", () => {
  const existing = synth(withSettings({ zones: existingZones }));
  expect(existing.all("aws_route53_zone")).toEqual({});
  expect(existing.all("aws_route53_record")).toEqual({});
  expect(existing.json.output).toMatchObject({
    publicZoneId: { value: "Z0PUBLIC" },
    privateZoneId: { value: "Z0PRIVATE" },
  });
});

test("works without Route 53", () => {
  const without = synth(withSettings({ zones: { source: "none" }, certificate: existingCertificate }));
  expect(Object.keys(without.json.resource ?? {})).toEqual(["aws_cloudwatch_metric_alarm"]);
  expect(without.json.output).toMatchObject({
    publicZoneId: { value: "none" },
    privateZoneId: { value: "none" },
  });
});

function refusal(edit: NonNullable<SynthesisOptions["edit"]>): string {
  try {
    loadConfig({ edit });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("The configuration was accepted");
}

test("rejects settings with which validation or delegation cannot succeed", () => {
  const zones = (given: object) => (raw: RawEnvironment) => {
    raw.layers.route53 = { zones: given };
  };
  expect(refusal(zones({ source: "none" }))).toMatch(
    /layers\.route53\.zones\.source: is "none", so there is no zone in which the platform can prove the domain to Let's Encrypt/,
  );
  expect(refusal(zones({ source: "new", certificateAuthorities: ["amazon.com"] }))).toMatch(
    /certificateAuthorities: does not list "letsencrypt\.org", so Let's Encrypt cannot issue the certificate/,
  );
  const signedInChina = (raw: RawEnvironment) => {
    moveTo(raw, "aws-cn");
    raw.layers.route53 = { zones: { source: "new", dnssec: "signed" } };
  };
  expect(refusal(signedInChina)).toMatch(
    /zones\.dnssec: requires DNSSEC signing, which Route 53 does not offer in China/,
  );
  const delegatedRoot = (raw: RawEnvironment) => {
    rooted.edit?.(raw);
    raw.layers.route53 = { zones: { source: "new", dnssec: "delegated" } };
  };
  expect(refusal(delegatedRoot)).toMatch(
    /zones\.dnssec: is "delegated", but the parent zone of a root domain/,
  );
  expect(refusal(zones({ ...existingZones, privateZoneId: existingZones.publicZoneId }))).toMatch(
    /zones\.privateZoneId: is the public zone/,
  );
});

test.each([
  ["letsencrypt.org"],
  ["letsencrypt.org; validationmethods=http-01,dns-01"],
  ["letsencrypt.org; accounturi=https://acme.example.com/1", "letsencrypt.org"],
])(
  "accepts CAA records with which the platform can have a certificate: %j, %j",
  (...certificateAuthorities) => {
    expect(() => loadConfig(withZones({ certificateAuthorities }))).not.toThrow();
  },
);

test("says why a certificate of ACM is refused, and what to choose", () => {
  const acm = (raw: RawEnvironment) => {
    raw.layers.route53 = { certificate: { source: "acm" } };
  };
  expect(refusal(acm)).toContain(
    `certificate.source: "acm" is no longer offered: programs of the platform and edge nodes trust only a certificate that is also in the cluster, and ACM gives out no private key of one that it issues\n    Set it to "lets-encrypt" in the partition aws; or to "pem" or "existing", with a certificate of yours`,
  );
  const acn = (raw: RawEnvironment) => {
    raw.layers.route53 = { certificate: { source: "acn" } };
  };
  expect(refusal(acn)).toContain(
    '"acn" is not accepted\n    It must be one of "lets-encrypt", "pem", "existing"',
  );
});

test.each([
  "letsencrypt.org; validationmethods=http-01",
  "LetsEncrypt.org; AccountURI=https://acme.example.com/1",
])("refuses %j, with which the platform cannot have a certificate", (authority) => {
  expect(() => loadConfig(withZones({ certificateAuthorities: ["amazon.com", authority] }))).toThrow(
    `zones.certificateAuthorities: lists "letsencrypt.org" with parameters that exclude the platform, which creates an account of its own and proves the domain by dns-01\n    List "letsencrypt.org" without accounturi, and without validationmethods or with "dns-01" in it`,
  );
});

test.each([
  [
    "aws-us-gov",
    "the charts with which the platform requests it are written for the partition aws, and were tried in no other",
  ],
  [
    "aws-cn",
    "the platform asks the resolver dns.google about the domain, which cannot be reached from China",
  ],
] as const)("refuses Let's Encrypt in %s, with the reason", (partition, reason) => {
  const moved = (raw: RawEnvironment) => {
    moveTo(raw, partition);
    delete raw.layers.route53;
  };
  expect(refusal(moved)).toContain(
    `layers.route53.certificate.source: is "lets-encrypt" in the partition "${partition}": ${reason}\n    Set it to "existing" or "pem"`,
  );
});

test("refuses a secret of another region, as Terraform reads it", () => {
  const secretArn = "arn:aws:secretsmanager:us-east-1:999999999999:secret:certificate-AbCdEf";
  expect(() => loadConfig(withSettings({ certificate: { ...existingCertificate, secretArn } }))).toThrow(
    `layers.route53.certificate.secretArn: "${secretArn}" is not in region "us-west-2", where Terraform reads it\n    Replicate the secret there, and specify the ARN of the replica, which begins with "arn:aws:secretsmanager:us-west-2:"`,
  );
});

describe("the domain", () => {
  const label = "a".repeat(63);
  const withDomain =
    (given: object, route53?: object): NonNullable<SynthesisOptions["edit"]> =>
    (raw) => {
      raw.domain = given;
      if (route53 !== undefined) raw.layers.route53 = route53;
    };

  test.each<[string, object, object?]>([
    ["below a suffix of two labels", { root: "orchestrator.example.co.uk" }],
    ["registered below one", { root: "example.co.uk" }],
    ["registered below one, in an existing zone", { parent: "co.uk" }, { zones: existingZones }],
    ["of a private suffix's owner", { root: "github.io" }],
    ["below a private suffix", { root: "orchestrator.github.io" }],
    ["below an internationalised top-level domain", { root: "orchestrator.xn--p1ai" }],
    ["below another one", { root: "xn--bcher-kva.example.xn--fiqs8s" }],
    ["of more characters than ACM would take", { root: `${"a".repeat(53)}.example.com` }],
    ["with labels of 63 characters and an own certificate", { root: `${label}.example.com` }, own()],
    ["of 121 characters and an own certificate", { root: `${label}.${"b".repeat(53)}.com` }, own()],
    ["of a private network and an own certificate", { root: "orchestrator.corp.internal" }, own()],
    ["of multicast DNS and an own certificate", { root: "orchestrator.local" }, own()],
    ["of a home network and an own certificate", { root: "orchestrator.home.arpa" }, own()],
    ["below a public suffix and an own certificate", { parent: "co.uk" }, own()],
    ["with two dashes and an own certificate", { root: "ab--orchestrator.example.com" }, own()],
  ])("can be one %s", (_, given, route53) => {
    expect(() => loadConfig({ edit: withDomain(given, route53) })).not.toThrow();
  });

  test.each<[object, string]>([
    [{ root: "orchestrator.local" }, outside("orchestrator.local", "local")],
    [{ parent: "corp.internal" }, outside("example.corp.internal", "internal")],
    [{ parent: "office.lan" }, outside("example.office.lan", "lan")],
    [{ root: "orchestrator.home.arpa" }, outside("orchestrator.home.arpa", "arpa")],
    [{ root: "orchestrator.test" }, outside("orchestrator.test", "test")],
    [{ root: "orchestrator.onion" }, outside("orchestrator.onion", "onion")],
    [{ root: "orchestrator.xn--zzzzz" }, outside("orchestrator.xn--zzzzz", "xn--zzzzz")],
    [
      { root: "co.uk" },
      'root: "co.uk" is a public suffix, below which anyone registers domains, so Let\'s Encrypt issues no certificate',
    ],
    [
      { root: "example.kawasaki.jp" },
      'root: "example.kawasaki.jp" is a public suffix, below which anyone registers domains, so Let\'s Encrypt issues no certificate',
    ],
    [
      { parent: "co.uk" },
      'parent: "co.uk" is a public suffix, so "example.co.uk" cannot be delegated from its zone\n    Set domain.root to "example.co.uk" instead, if you registered it',
    ],
    [
      { root: "ab--orchestrator.example.com" },
      'root: "ab--orchestrator" has two dashes as its third and fourth characters, and is not an internationalised name, so Let\'s Encrypt issues no certificate',
    ],
    [{ root: "xn--999999999.example.com" }, 'root: "xn--999999999" has two dashes as its third'],
    [
      { root: "münchen.example.com" },
      'It must be a lower-case domain name, e.g. "xn--mnchen-3ya.example.com"',
    ],
    [{ root: `${label}a.example.com` }, "is not accepted"],
  ])("cannot be %o with a certificate of Let's Encrypt", (given, message) => {
    expect(refusal(withDomain(given))).toContain(message);
  });

  test("cannot be so long that hosts below it have more than 128 characters", () => {
    const root = `${label}.${"b".repeat(54)}.com`;
    expect(refusal(withDomain({ root }, own()))).toContain(
      `domain.root: "argocd.${root}" has 129 characters, and the host in a rule of a load balancer at most 128\n    Shorten the domain by 1`,
    );
    const shorter = { root: `${label}.${"b".repeat(49)}.com` };
    const served: NonNullable<SynthesisOptions["edit"]> = (raw) => {
      withDomain(shorter, own())(raw);
      raw.layers["release-service"] = { enabled: true };
    };
    expect(refusal(served)).toContain(`"registry-rs.${shorter.root}" has 129 characters`);
  });

  function own(): object {
    return { certificate: existingCertificate };
  }

  function outside(domain: string, top: string): string {
    return `"${domain}" is outside of the public DNS, to which "${top}" does not belong, so Let's Encrypt issues no certificate`;
  }
});

describe("with PEM files", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  const names = [domain, `*.${domain}`];
  const root = issue({ name: "Example Root" });
  const authority = issue({ name: "Example CA", by: root });
  const server = issue({ name: domain, by: authority, names });
  const good = {
    "server.crt": server.certificate,
    "server.key": server.privateKey,
    "chain.crt": authority.certificate + root.certificate,
  };
  const settings = Settings.parse({
    certificate: {
      source: "pem",
      certificateFile: "server.crt",
      privateKeyFile: "server.key",
      chainFile: "chain.crt",
    },
  });
  const environment = { name: "example", domain: { parent: "edge.example.com" } };
  const problems = (changed: Partial<Record<keyof typeof good, string | undefined>> = {}) => {
    const files: Readonly<Record<string, string | undefined>> = { ...good, ...changed };
    const found = certificateProblems({ environment, settings, read: (path) => files[path], now });
    return found.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };
  const at = "layers.route53.certificate";

  test("accepts a matching key, certificate and chain", () => {
    expect(problems()).toEqual([]);
  });

  test("reports every file that cannot be read", () => {
    expect(problems({ "server.key": undefined, "chain.crt": undefined })).toEqual([
      `${at}.privateKeyFile: "server.key" cannot be read`,
      `${at}.chainFile: "chain.crt" cannot be read`,
    ]);
  });

  test.each<[string, Partial<Record<keyof typeof good, string>>, string[]]>([
    [
      "other content",
      { "server.crt": "x", "server.key": "x", "chain.crt": "x" },
      [
        `${at}.certificateFile: contains no certificate`,
        `${at}.privateKeyFile: contains no private key`,
        `${at}.chainFile: contains no certificate`,
      ],
    ],
    [
      "DER",
      { "server.crt": "0\uFFFD\u0003", "server.key": "0\u0001", "chain.crt": "0\uFFFD" },
      [
        `${at}.certificateFile: is in a binary format, and ACM takes PEM`,
        `${at}.privateKeyFile: is in a binary format, and ACM takes PEM`,
        `${at}.chainFile: is in a binary format, and ACM takes PEM`,
      ],
    ],
    [
      "the certificate and its key",
      { "server.crt": server.certificate + server.privateKey },
      [`${at}.certificateFile: contains a private key, which ACM takes separately`],
    ],
    [
      "the chain and the key",
      { "chain.crt": authority.certificate + root.certificate + server.privateKey },
      [`${at}.chainFile: contains a private key, which ACM takes separately`],
    ],
    [
      "the key and the certificate",
      { "server.key": server.privateKey + server.certificate },
      [`${at}.privateKeyFile: contains a certificate, which ACM takes separately`],
    ],
    [
      "two keys",
      { "server.key": server.privateKey + authority.privateKey },
      [`${at}.privateKeyFile: contains 2 private keys`],
    ],
    [
      "an encrypted key",
      { "server.key": encrypted(server.privateKey) },
      [`${at}.privateKeyFile: is encrypted with a passphrase, and ACM takes keys without`],
    ],
    [
      "a key that OpenSSL encrypted before version 1.0",
      {
        "server.key":
          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAA==\n-----END RSA PRIVATE KEY-----\n",
      },
      [`${at}.privateKeyFile: is encrypted with a passphrase, and ACM takes keys without`],
    ],
    [
      "blocks of another kind",
      {
        "server.crt": "-----BEGIN PKCS7-----\nAA==\n-----END PKCS7-----\n",
        "server.key": "-----BEGIN EC PARAMETERS-----\nAA==\n-----END EC PARAMETERS-----\n",
      },
      [
        `${at}.certificateFile: contains no certificate, but "PKCS7"`,
        `${at}.privateKeyFile: contains no private key, but "EC PARAMETERS"`,
      ],
    ],
    [
      "damaged blocks",
      {
        "server.crt": "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
        "server.key": "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
      },
      [
        `${at}.certificateFile: contains a certificate that cannot be parsed`,
        `${at}.privateKeyFile: contains a private key that cannot be parsed`,
      ],
    ],
  ])("rejects files with %s", (_, changed, messages) => {
    expect(problems(changed)).toEqual(messages);
  });

  test.each<[string, NonNullable<Request["keys"]>]>([
    ["ed25519", generateKeyPairSync("ed25519")],
    ["ed448", generateKeyPairSync("ed448")],
    ["ECDSA with the curve secp256k1", generateKeyPairSync("ec", { namedCurve: "secp256k1" })],
    ["RSA with 1024 bits", rsaKeys(1024)],
    ["RSA with 2560 bits", rsaKeys(2560)],
    ["RSA with 8192 bits", rsaKeys(8192)],
    ["rsa-pss", generateKeyPairSync("rsa-pss", { modulusLength: 2048 })],
  ])("rejects a key of the algorithm %s", (algorithm, keys) => {
    const issued = issue({ name: domain, by: authority, names, keys });
    expect(problems({ "server.crt": issued.certificate, "server.key": issued.privateKey })).toEqual([
      `${at}.certificateFile: has a key of the algorithm ${algorithm}; ACM and load balancers take RSA with 2048, 3072 or 4096 bits, and ECDSA with the curve P-256, P-384 or P-521`,
    ]);
  });

  test.each<[string, NonNullable<Request["keys"]>]>([
    ["P-384", generateKeyPairSync("ec", { namedCurve: "P-384" })],
    ["P-521", generateKeyPairSync("ec", { namedCurve: "P-521" })],
    ["RSA-2048", rsaKeys(2048)],
    ["RSA-3072", rsaKeys(3072)],
    ["RSA-4096", rsaKeys(4096)],
  ])("accepts a key of the algorithm %s", (_, keys) => {
    const issued = issue({ name: domain, by: authority, names, keys });
    expect(problems({ "server.crt": issued.certificate, "server.key": issued.privateKey })).toEqual([]);
  });

  test("rejects a certificate that is for clients only", () => {
    const used = (...usages: string[]) => {
      const issued = issue({ name: domain, by: authority, names, usages });
      return problems({ "server.crt": issued.certificate, "server.key": issued.privateKey });
    };
    const [forServers, forClients] = ["2b06010505070301", "2b06010505070302"];
    expect(used(forClients)).toEqual([`${at}.certificateFile: is not for the authentication of servers`]);
    expect(used(forClients, forServers)).toEqual([]);
  });

  test("rejects the key of another certificate", () => {
    expect(problems({ "server.key": authority.privateKey })).toEqual([
      `${at}.privateKeyFile: is not the key of the certificate`,
    ]);
  });

  test("rejects a chain without the issuer", () => {
    expect(problems({ "chain.crt": root.certificate })).toEqual([
      `${at}.chainFile: the issuer of "${domain}" does not follow it`,
    ]);
  });

  test("rejects an issuer that matches by name only", () => {
    expect(problems({ "chain.crt": issue({ name: "Example CA" }).certificate })).toEqual([
      `${at}.chainFile: the issuer of "${domain}" does not follow it`,
    ]);
  });

  test("rejects a chain that does not end at a root", () => {
    expect(problems({ "chain.crt": authority.certificate })).toEqual([
      `${at}.chainFile: ends at "Example CA", whose issuer "Example Root" is neither in it nor a public root`,
    ]);
  });

  test("accepts a chain that ends at a public root which another authority signed too", () => {
    // Nobody here has the key of a public root, so there is one of which the test has it.
    const { certificate: publicRoot } = issue({ name: "Public Root" });
    const { publicKey } = new X509Certificate(publicRoot);
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const retired = issue({ name: "Retired Root" });
    const ending = ({ certificate }: Issued) =>
      chainProblem(new X509Certificate(certificate), [], { setting: "chainFile", now, roots: [publicRoot] });
    expect(ending(issue({ name: "Public Root", by: retired, keys: { publicKey, privateKey } }))).toBe(
      undefined,
    );
    expect(ending(issue({ name: "Public Root", by: retired }))?.message).toBe(
      'ends at "Public Root", whose issuer "Retired Root" is neither in it nor a public root',
    );
  });

  test("rejects what is larger than ACM takes", () => {
    const many = Array.from({ length: 2200 }, (_, index) => `${index}.edge.example.com`);
    const large = issue({ name: domain, by: authority, names: [...names, ...many] });
    expect(problems({ "server.crt": large.certificate, "server.key": large.privateKey })).toEqual([
      expect.stringMatching(
        /certificateFile: contains a certificate of \d{5} bytes, and ACM takes at most 32768$/,
      ),
    ]);
    const [body, end] = server.privateKey.split("\n-----END");
    const longKey = `${body}${"\n".repeat(5200)}-----END${end}`;
    expect(problems({ "server.key": longKey })).toContainEqual(
      expect.stringMatching(
        /privateKeyFile: contains a private key of \d{4} bytes, and ACM takes at most 5120$/,
      ),
    );
  });

  test("rejects a certificate that has expired or is not yet valid", () => {
    const dated = (from: string, to: string) => {
      const issued = issue({ name: domain, by: authority, names, from: new Date(from), to: new Date(to) });
      return problems({ "server.crt": issued.certificate, "server.key": issued.privateKey });
    };
    expect(dated("2024-01-01", "2025-12-31")).toEqual([`${at}.certificateFile: expired on 2025-12-31`]);
    expect(dated("2026-02-01", "2027-01-01")).toEqual([
      `${at}.certificateFile: is not valid before 2026-02-01`,
    ]);
  });

  test("rejects a chain with a certificate that has expired, unless it is the root", () => {
    const to = new Date("2025-12-31");
    const oldRoot = issue({ name: "Old Root", to });
    const oldAuthority = issue({ name: "Old CA", by: root, to });
    const chained = (by: Issued, ...above: Issued[]) => {
      const { certificate, privateKey } = issue({ name: domain, by, names });
      const chain = [by, ...above].map((each) => each.certificate).join("");
      return problems({ "server.crt": certificate, "server.key": privateKey, "chain.crt": chain });
    };
    expect(chained(oldAuthority, root)).toEqual([
      `${at}.chainFile: the certificate of "Old CA" expired on 2025-12-31`,
    ]);
    expect(chained(issue({ name: "New CA", by: oldRoot }), oldRoot)).toEqual([]);
  });

  test("rejects a certificate without the domain or its wildcard", () => {
    const covering = (...covered: string[]) => {
      const issued = issue({ name: domain, by: authority, names: covered });
      return problems({ "server.crt": issued.certificate, "server.key": issued.privateKey });
    };
    expect(covering(domain)).toEqual([`${at}.certificateFile: does not cover "*.${domain}"`]);
    expect(covering(`*.${domain}`)).toEqual([`${at}.certificateFile: does not cover "${domain}"`]);
    expect(covering(`*.${domain}`, "*.edge.example.com")).toEqual([]);
  });

  describe("of which one holds certificate and chain", () => {
    const withoutChainFile = Settings.parse({
      certificate: { source: "pem", certificateFile: "server.crt", privateKeyFile: "server.key" },
    });
    const problemsWithout = (certificate: string, privateKey = server.privateKey) =>
      certificateProblems({
        environment,
        settings: withoutChainFile,
        read: (path) => (path === "server.crt" ? certificate : privateKey),
        now,
      }).map(({ path, message }) => `${path.join(".")}: ${message}`);
    const variables = (files: Readonly<Record<string, string>>, given = settings) =>
      Object.values(route53.secretFiles?.({ settings: given }) ?? {}).map((source) =>
        valueOf(source, (path) => files[path] ?? ""),
      );
    const full = server.certificate + authority.certificate + root.certificate;

    test("accepts it with and without a chain file, and passes on each certificate once", () => {
      const chain = authority.certificate + root.certificate;
      const parts = [server.certificate, server.privateKey, chain, ""];
      expect(problemsWithout(full)).toEqual([]);
      expect(variables({ ...good, "server.crt": full }, withoutChainFile)).toEqual(parts);
      for (const chainFile of [chain, full, root.certificate]) {
        const files = { "server.crt": full, "chain.crt": chainFile };
        expect(problems(files)).toEqual([]);
        expect(variables({ ...good, ...files })).toEqual(parts);
      }
      const halved = {
        "server.crt": server.certificate + authority.certificate,
        "chain.crt": root.certificate,
      };
      expect(problems(halved)).toEqual([]);
      expect(variables({ ...good, ...halved })).toEqual(parts);
    });

    test("passes on blocks as ACM takes them, whatever is around them and at the ends of lines", () => {
      const untidy = (text: string) => `subject=CN\n${text.replaceAll("\n", " \r\n")}`;
      const key = `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${server.privateKey}`;
      const files = { "server.crt": untidy(full), "server.key": untidy(key), "chain.crt": untidy(full) };
      expect(problems(files)).toEqual([]);
      expect(variables(files)).toEqual(variables(good));
    });

    test("accepts a certificate that signs itself without a chain", () => {
      const own = issue({ name: domain, names });
      expect(problemsWithout(own.certificate, own.privateKey)).toEqual([]);
      const files = { "server.crt": own.certificate, "server.key": own.privateKey };
      expect(variables(files, withoutChainFile)).toEqual([own.certificate, own.privateKey, "", ""]);
    });

    test("rejects it without the chain, or in another order", () => {
      expect(problemsWithout(server.certificate)).toEqual([
        `${at}.certificateFile: ends at "${domain}", whose issuer "Example CA" is neither in it nor a public root`,
      ]);
      expect(problemsWithout(server.certificate + root.certificate + authority.certificate)).toEqual([
        `${at}.certificateFile: the issuer of "${domain}" does not follow it`,
      ]);
      expect(problemsWithout(root.certificate + authority.certificate + server.certificate)).toEqual([
        `${at}.certificateFile: begins with the certificate of "Example Root", and that of the private key follows it`,
      ]);
    });
  });

  test("says whose key it is when a chain in its order has the key of another of its certificates", () => {
    expect(
      problems({
        ...good,
        "server.crt": server.certificate + authority.certificate,
        "server.key": authority.privateKey,
      }),
    ).toEqual([
      `${at}.privateKeyFile: is the key of "Example CA", and not of the certificate of "${domain}"`,
    ]);
  });

  test("passes their content to Terraform at run time, not in the JSON", () => {
    const files = route53.secretFiles?.({ settings }) ?? {};
    expect(Object.entries(files).map(([name, source]) => [name, filesOf(source)])).toEqual([
      ["certificate_body", ["server.crt"]],
      ["certificate_private_key", ["server.key"]],
      ["certificate_chain", ["server.crt", "chain.crt"]],
      ["certificate_root", ["server.crt", "chain.crt"]],
    ]);
    const { json } = synth({ ...withSettings(settings), files: good });
    for (const name of Object.keys(files))
      expect(json.variable?.[name]).toMatchObject({ type: "string", sensitive: true, nullable: false });
    expect(json.resource?.["aws_acm_certificate"]?.["pem-certificate"]).toMatchObject({
      certificate_body: "${var.certificate_body}",
      private_key: "${var.certificate_private_key}",
      certificate_chain: "${var.certificate_chain}",
    });
    expect(JSON.stringify(json)).not.toMatch(/BEGIN/);
  });

  test("passes them on to the platform in a secret, which changes with the certificate", () => {
    const pem = synth({ ...withSettings(settings), files: good });
    expect(pem.resource("aws_secretsmanager_secret", "certificate-secret")).toMatchObject({
      name: "example-certificate",
      kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.data}",
      recovery_window_in_days: 0,
    });
    const version = pem.resource("aws_secretsmanager_secret_version", "certificate-secret-version");
    expect(version["secret_string_wo"]).toBe(
      '${jsonencode({"certificate" = var.certificate_body, "chain" = join("", [var.certificate_chain, var.certificate_root]), "privateKey" = var.certificate_private_key})}',
    );
    expect(version["secret_string_wo_version"]).toBe(
      '${parseint(substr(sha256(join("", [var.certificate_body, var.certificate_chain, var.certificate_root])), 0, 7), 16)}',
    );
    expect(version).not.toHaveProperty("secret_string");
    expect(pem.json.output?.["certificateSecretArns"]?.value).toEqual({
      platform: "${aws_secretsmanager_secret.certificate-secret.arn}",
    });
  });

  test("adds the public root that the files leave out, and no other", () => {
    const missing = (...files: readonly string[]) => missingRoot(files, [root.certificate]);
    expect(missing(server.certificate, authority.certificate)).toBe(root.certificate);
    expect(missing(server.certificate + authority.certificate)).toBe(root.certificate);
    expect(missing(server.certificate, authority.certificate + root.certificate)).toBe("");
    const own = issue({ name: domain, names });
    expect(missing(own.certificate)).toBe("");
    expect(missing("no certificate")).toBe("");
    expect(missingRoot([server.certificate, authority.certificate])).toBe("");
  });
});

/** A key of the given size with numbers that are not prime, which nothing here depends on: real ones take seconds. */
function rsaKeys(bits: number): NonNullable<Request["keys"]> {
  const number = (size: number) => {
    const bytes = randomBytes(size / 8);
    bytes[0] = (bytes[0] ?? 0) | 0x80;
    return bytes.toString("base64url");
  };
  const half = () => number(bits / 2);
  const primes = { p: half(), q: half(), dp: half(), dq: half(), qi: half() };
  const key = { kty: "RSA", n: number(bits), e: "AQAB", d: number(bits), ...primes };
  return {
    publicKey: createPublicKey({ format: "jwk", key }),
    privateKey: createPrivateKey({ format: "jwk", key }),
  };
}

function encrypted(key: string): string {
  const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "test" } as const;
  return createPrivateKey(key).export(options).toString();
}
