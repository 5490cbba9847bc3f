import { describe, expect, test } from "vitest";
import { audit } from "../../modules/audit/layer";
import { existingCertificate } from "../everything-on";
import { type Block, loadConfig, synthLayer } from "../synth";
import { currentLook } from "./looks";
import { readPolicy } from "./policies";

interface Raw {
  layers: Record<string, unknown>;
}

const withSettings = (settings: object) => ({
  edit: (raw: Raw) => {
    raw.layers["audit"] = settings;
  },
});
const layer = synthLayer(audit);
const account = "111122223333";

const statement = (policy: Block, sid: string) => readPolicy(policy).find(({ Sid }) => Sid === sid);

describe("the trail", () => {
  const trail = layer.resource("aws_cloudtrail", "trail");

  test("records all regions, with log file validation, encrypted with the logs key, and to CloudWatch Logs", () => {
    expect(trail).toMatchObject({
      is_multi_region_trail: true,
      include_global_service_events: true,
      enable_log_file_validation: true,
      kms_key_id: "${data.terraform_remote_state.kms.outputs.keyArns.logs}",
      cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.trail-log.arn}:*",
    });
  });

  test("records all access to Terraform state", () => {
    const selectors = JSON.stringify(trail["advanced_event_selector"]);
    expect(selectors).toContain('"starts_with":["arn:aws:s3:::111122223333-example-state/"]');
  });

  test("has a bucket that only this trail can write to, below its account", () => {
    const policy = layer.resource("aws_s3_bucket_policy", "trail-bucket-policy");
    expect(statement(policy, "TrailWrites")).toMatchObject({
      Resource: `arn:aws:s3:::example-${account}-trail/AWSLogs/${account}/*`,
      Condition: {
        StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:us-west-2:${account}:trail/example-audit` },
      },
    });
  });

  test("is created after the policies of its bucket and topic", () => {
    expect(trail["s3_bucket_name"]).toBe("${aws_s3_bucket_policy.trail-bucket-policy.bucket}");
    expect(trail["sns_topic_name"]).toBe("${aws_sns_topic.trail-topic.name}");
    expect(trail["depends_on"]).toContain("aws_sns_topic_policy.trail-topic-policy");
  });

  test("has a role without conditions on source keys, which CloudTrail does not send", () => {
    expect(readPolicy(layer.resource("aws_iam_role", "trail-log-role"), "assume_role_policy")).toEqual([
      { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  test("has a separate topic for log file notifications", () => {
    expect(layer.all("aws_sns_topic_subscription")).toEqual({});
    const { json } = synthLayer(audit, withSettings({ alarmEmails: ["ops@example.com"] }));
    expect(Object.values(json.resource?.["aws_sns_topic_subscription"] ?? {})).toMatchObject([
      { topic_arn: "${aws_sns_topic_policy.alarms-topic-policy.arn}", endpoint: "ops@example.com" },
    ]);
  });

  test("is not created, and neither are its bucket and log, if disabled", () => {
    const { json } = synthLayer(
      audit,
      withSettings({ trail: { enabled: false, reason: "organisation trail" } }),
    );
    const types = Object.keys(json.resource ?? {});
    expect(types).not.toContain("aws_cloudtrail");
    expect(types).not.toContain("aws_cloudwatch_log_group");
    expect(Object.keys(json.resource?.["aws_s3_bucket"] ?? {})).toEqual(["access-logs"]);
  });

  test("cannot be disabled without a reason", () => {
    expect(() => synthLayer(audit, withSettings({ trail: { enabled: false } }))).toThrow(/reason/);
  });

  test("has alarms on the fifteen kinds of API call of the CIS benchmark if enabled", () => {
    expect(layer.all("aws_cloudwatch_log_metric_filter")).toEqual({});
    const watched = synthLayer(audit, withSettings({ trail: { enabled: true, cisAlarms: true } }));
    const filters = Object.values(watched.all("aws_cloudwatch_log_metric_filter"));
    const alarms = Object.values(watched.all("aws_cloudwatch_metric_alarm"));
    expect(filters).toHaveLength(15);
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
    expect(filters.filter(({ pattern }) => String(pattern).length > 1024)).toEqual([]);
    expect(alarms.map((alarm) => alarm["metric_name"])).toEqual(
      filters.map((filter) => (filter["metric_transformation"] as Block)["name"]),
    );
    expect(filters.filter(({ pattern }) => /[$%]\{/.test(String(pattern)))).toEqual([]);
    expect(alarms.map((alarm) => alarm["alarm_actions"])).toEqual(
      alarms.map(() => ["${aws_sns_topic_policy.alarms-topic-policy.arn}"]),
    );
  });
});

describe("buckets", () => {
  const buckets = Object.keys(layer.all("aws_s3_bucket"));

  test.each(buckets)("%s blocks public access and denies requests without TLS", (id) => {
    expect(layer.resource("aws_s3_bucket_public_access_block", `${id}-public-access`)).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    const policy = layer.resource("aws_s3_bucket_policy", `${id}-policy`);
    expect(statement(policy, "DenyInsecureTransport")).toMatchObject({ Effect: "Deny", Principal: "*" });
    expect(statement(policy, "DenyOldTls")).toMatchObject({ Effect: "Deny", Principal: "*" });
  });

  test.each(buckets)("%s has versioning, enforced bucket ownership and lifecycle rules", (id) => {
    const part = (type: string, name: string) =>
      JSON.stringify(layer.resource(`aws_s3_bucket_${type}`, `${id}-${name}`));
    expect(part("versioning", "versioning")).toContain('"status":"Enabled"');
    expect(part("ownership_controls", "ownership")).toContain("BucketOwnerEnforced");
    expect(part("lifecycle_configuration", "lifecycle")).toContain('"days_after_initiation":7');
  });

  test("only the bucket for access logs has no customer-managed key, which log delivery does not support", () => {
    const algorithms = Object.entries(layer.all("aws_s3_bucket_server_side_encryption_configuration")).map(
      ([id, block]) => [id, /aws:kms|AES256/.exec(JSON.stringify(block))?.[0]],
    );
    expect(Object.fromEntries(algorithms)).toEqual({
      "access-logs-encryption": "AES256",
      "trail-bucket-encryption": "aws:kms",
    });
  });

  test("have force_destroy only while the environment is destroyed", () => {
    const lifted = synthLayer(audit, { deletionProtection: false });
    for (const id of buckets) {
      expect(layer.resource("aws_s3_bucket", id)["force_destroy"]).toBe(false);
      expect(lifted.resource("aws_s3_bucket", id)["force_destroy"]).toBe(true);
    }
  });

  test("access logs are accepted from this account's load balancers and buckets only", () => {
    const policy = layer.resource("aws_s3_bucket_policy", "access-logs-policy");
    expect(statement(policy, "LoadBalancerLogs")).toMatchObject({
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Resource: `arn:aws:s3:::example-${account}-access-logs/AWSLogs/${account}/*`,
    });
    expect(statement(policy, "BucketLogs")?.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": account },
    });
  });

  test("access logs in China are accepted from the accounts of Elastic Load Balancing", () => {
    const china = synthLayer(audit, {
      edit: (raw: Raw) => {
        const moved = JSON.stringify(raw)
          .replaceAll("arn:aws:", "arn:aws-cn:")
          .replaceAll("us-west-2", "cn-north-1");
        Object.assign(raw, JSON.parse(moved), { partition: "aws-cn" });
        raw.layers["route53"] = { certificate: existingCertificate(raw) };
      },
    });
    const policy = china.resource("aws_s3_bucket_policy", "access-logs-policy");
    expect(statement(policy, "LoadBalancerLogs")?.Principal).toEqual({
      AWS: "arn:aws-cn:iam::638102146993:root",
    });
  });
});

describe("alarms", () => {
  test("notify an encrypted topic that only services acting for this account may publish to", () => {
    expect(layer.resource("aws_sns_topic", "alarms-topic")["kms_master_key_id"]).toContain("keyArns");
    const policy = layer.resource("aws_sns_topic_policy", "alarms-topic-policy");
    expect(statement(policy, "Publish")?.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": account },
    });
    expect(statement(policy, "DenyInsecureTransport")?.Effect).toBe("Deny");
  });

  test("notify all addresses, even if they differ in punctuation only", () => {
    const { json } = synthLayer(audit, withSettings({ alarmEmails: ["a.b@example.com", "a-b@example.com"] }));
    expect(Object.keys(json.resource?.["aws_sns_topic_subscription"] ?? {})).toHaveLength(2);
  });
});

describe("the dashboard", () => {
  interface Widgets {
    readonly widgets: readonly { readonly properties: { readonly title: string; readonly region: string } }[];
  }
  const body = (raw: unknown) => JSON.parse(String(raw)) as Widgets;

  test("shows the environment's own resources, in its region", () => {
    const { widgets } = body(layer.resource("aws_cloudwatch_dashboard", "dashboard")["dashboard_body"]);
    expect(new Set(widgets.map(({ properties }) => properties.region))).toEqual(new Set(["us-west-2"]));
    expect(JSON.stringify(widgets)).toContain("example-aurora-postgresql");
  });

  test("can be disabled", () => {
    expect(synthLayer(audit, withSettings({ dashboard: false })).all("aws_cloudwatch_dashboard")).toEqual({});
  });
});

describe("the budget", () => {
  test("is created if configured, with a notification per threshold and for the forecast", () => {
    expect(layer.all("aws_budgets_budget")).toEqual({});
    const budgeted = synthLayer(
      audit,
      withSettings({ budget: { monthlyUsd: 2500, thresholdsPercent: [80, 100], covers: "environment" } }),
    );
    const budget = budgeted.resource("aws_budgets_budget", "budget");
    expect(budget).toMatchObject({
      limit_amount: "2500",
      cost_filter: [{ name: "TagKeyValue", values: ["user:environment$example"] }],
    });
    const warnings = budget["notification"] as readonly Block[];
    expect(warnings.map((warning) => [warning["notification_type"], warning["threshold"]])).toEqual([
      ["ACTUAL", 80],
      ["ACTUAL", 100],
      ["FORECASTED", 100],
    ]);
  });

  test("is the only reason to let AWS Budgets publish to the alarm topic", () => {
    const publishers = (settings: object) => {
      const policy = synthLayer(audit, withSettings(settings)).resource(
        "aws_sns_topic_policy",
        "alarms-topic-policy",
      );
      return statement(policy, "Publish")?.Principal;
    };
    expect(publishers({})).toEqual({ Service: ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] });
    expect(publishers({ budget: { monthlyUsd: 100 } })).toEqual({
      Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "events.rds.amazonaws.com"],
    });
  });

  test("is rejected in GovCloud, which does not support budgets", () => {
    const inGovCloud = (raw: Raw) => {
      const moved = JSON.stringify(raw)
        .replaceAll("arn:aws:", "arn:aws-us-gov:")
        .replaceAll("us-west-2", "us-gov-west-1");
      Object.assign(raw, JSON.parse(moved), { partition: "aws-us-gov" });
      raw.layers["route53"] = { certificate: existingCertificate(raw) };
      raw.layers["audit"] = { budget: { monthlyUsd: 100 } };
    };
    expect(() => synthLayer(audit, { edit: inGovCloud })).toThrow(/GovCloud \(US\) does not support budgets/);
  });
});

describe("the survey of trails", () => {
  const finding = (trails: readonly object[], settings: object = {}) => {
    const given = loadConfig(withSettings(settings));
    const own = audit.settings.parse(given.settings["audit"]);
    const [question] = audit.survey?.({ environment: given.environment, settings: own }) ?? [];
    return currentLook(question).finding({ trailList: trails });
  };
  const trail = (name: string, more: object = {}) => ({
    Name: name,
    TrailARN: `arn:aws:cloudtrail:us-west-2:${account}:trail/${name}`,
    IsMultiRegionTrail: true,
    ...more,
  });
  const ours = trail("example-audit");
  const organisation = trail("everybody", {
    TrailARN: "arn:aws:cloudtrail:us-east-1:999999999999:trail/everybody",
    IsOrganizationTrail: true,
  });
  const off = { trail: { enabled: false, reason: "the organisation's trail" } };

  test("reports nothing about the environment's own trail, and about those of one region", () => {
    expect(finding([])).toBeUndefined();
    expect(finding([ours, trail("local", { IsMultiRegionTrail: false })])).toBeUndefined();
  });

  test("reports the cost of a second copy and the setting that disables it, first of all beside the organisation's trail", () => {
    expect(finding([ours, trail("other"), organisation])).toBe(
      `The account's API calls are recorded by the organisation's trail "everybody" too: "example-audit" is a second copy, at 2 USD per 100,000 events; to do without it, set layers.audit.trail: { enabled: false, reason: "recorded by everybody" } in the environment file`,
    );
    expect(finding([trail("other")])).toContain('recorded by the trail "other" too');
  });

  test("distinguishes a trail of the same name in another account", () => {
    const namesake = { ...ours, TrailARN: ours.TrailARN.replace(account, "999999999999") };
    expect(finding([namesake])).toContain('the trail "example-audit" too');
  });

  test("reports if the environment's trail is disabled and no other trail records, and nothing otherwise", () => {
    expect(finding([trail("local", { IsMultiRegionTrail: false })], off)).toMatch(
      /^No trail records the account's API calls in all regions, and ours is off \("the organisation's trail"\)/,
    );
    expect(finding([organisation], off)).toBeUndefined();
  });
});
