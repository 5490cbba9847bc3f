import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsStack, Scratch, statesBucket, helmStack } from "./rehearse";

const vpc = (cidr_block: string, more: object = {}) => ({ aws_vpc: { main: { cidr_block, ...more } } });

describe("Changes of what exists", () => {
  let scratch: Scratch;

  beforeAll(async () => {
    scratch = await Scratch.start();
    await scratch.stack("stack", awsStack({ resource: vpc("10.0.0.0/16", { tags: { Name: "first" } }) }));
    await scratch.apply("stack");
  });

  afterAll(async () => {
    await scratch.end();
  });

  const ids = () =>
    scratch.rehearsal
      .objects()
      .filter(({ type }) => type === "aws_vpc")
      .map(({ id }) => id);

  it("are in-place where the service supports it", async () => {
    const [before] = ids();
    scratch.write("stack", awsStack({ resource: vpc("10.0.0.0/16", { tags: { Name: "second" } }) }));
    expect(await scratch.apply("stack")).toContain("0 added, 1 changed, 0 destroyed");
    expect(ids()).toEqual([before]);
    expect(await scratch.plan("stack", 0)).toContain("No changes.");
  });

  it("replace the object where it cannot", async () => {
    const [before] = ids();
    scratch.write("stack", awsStack({ resource: vpc("10.1.0.0/16") }));
    expect(await scratch.plan("stack", 2)).toContain(
      '~ cidr_block                           = "10.0.0.0/16" -> "10.1.0.0/16" # forces replacement',
    );
    expect(await scratch.apply("stack")).toContain("1 added, 0 changed, 1 destroyed");
    expect(ids()).toHaveLength(1);
    expect(ids()).not.toEqual([before]);
  });

  it("can be preceded by an import", async () => {
    const [id = ""] = ids();
    await scratch.run("stack", ["state", "rm", "aws_vpc.main"]);
    expect(await scratch.run("stack", ["import", "aws_vpc.main", id])).toContain("Import successful!");
    expect(await scratch.plan("stack", 0)).toContain("No changes.");
  });

  it("cannot import what does not exist", async () => {
    await scratch.run("stack", ["state", "rm", "aws_vpc.main"]);
    const refusal = await scratch.refusal("stack", ["import", "aws_vpc.main", "vpc-0123456789abcdef0"]);
    expect(refusal).toContain("Cannot import non-existent remote object");
  });
});

describe("What CloudWatch and EventBridge know by a name", () => {
  it("is imported by it", async () => {
    const scratch = await Scratch.start();
    const alarm = { alarm_name: "full", comparison_operator: "LessThanThreshold", evaluation_periods: 1 };
    const resource = {
      aws_cloudwatch_dashboard: { one: { dashboard_name: "overview", dashboard_body: "{}" } },
      aws_cloudwatch_event_rule: { one: { name: "nodes", schedule_expression: "rate(1 day)" } },
      aws_cloudwatch_event_target: {
        one: {
          ...{ rule: "${aws_cloudwatch_event_rule.one.name}", target_id: "rescue" },
          arn: "arn:aws:sns:us-west-2:111122223333:alarms",
        },
      },
      aws_cloudwatch_log_resource_policy: { one: { policy_name: "queries", policy_document: "{}" } },
      aws_cloudwatch_metric_alarm: {
        one: {
          ...alarm,
          metric_name: "Full",
          namespace: "AWS/EFS",
          period: 60,
          statistic: "Sum",
          threshold: 1,
        },
      },
    };
    await scratch.stack("stack", awsStack({ resource }));
    await scratch.apply("stack");
    const ids = ["overview", "nodes", "nodes/rescue", "queries", "full"];
    for (const [index, type] of Object.keys(resource).entries()) {
      await scratch.run("stack", ["state", "rm", `${type}.one`]);
      await scratch.run("stack", ["import", `${type}.one`, ids[index] ?? ""]);
    }
    expect(await scratch.plan("stack", 0)).toContain("No changes.");
    await scratch.end();
  });
});

describe("Several configurations of one provider", () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await Scratch.start();
  });
  afterAll(async () => {
    await scratch.end();
  });

  it("keep to their own regions", async () => {
    const group = (name: string, provider: object = {}) => ({ name, ...provider });
    const aws_cloudwatch_log_group = { east: group("east"), west: group("west", { provider: "aws.west" }) };
    const provider = { aws: [{ region: "us-east-1" }, { alias: "west", region: "us-west-2" }] };
    await scratch.stack("stack", awsStack({ provider, resource: { aws_cloudwatch_log_group } }));
    await scratch.apply("stack");
    const arns = scratch.rehearsal.objects().map(({ attributes }) => attributes["arn"]);
    expect(arns).toEqual([
      "arn:aws:logs:us-east-1:111122223333:log-group:east",
      "arn:aws:logs:us-west-2:111122223333:log-group:west",
    ]);
  });
});

describe("Injected failures", () => {
  const resource = {
    helm_release: {
      first: { name: "first", chart: "nginx" },
      second: { name: "second", chart: "nginx", depends_on: ["helm_release.first"] },
    },
  };
  const seeds = [{ type: "aws_s3_bucket", attributes: { bucket: statesBucket } }];

  it("fail one resource, keep earlier resources, and resume", async () => {
    const failing = await Scratch.start({
      seeds,
      faults: { fail: { "helm_release=second": "Throttling: slow down" } },
    });
    await failing.stack("stack", helmStack({ resource }));
    const refusal = await failing.refusal("stack", ["apply", "-auto-approve"]);
    expect(refusal).toContain("creating helm_release");
    expect(refusal).toContain("Throttling: slow down");
    expect(failing.types()).toEqual(["helm_release"]);
    expect(failing.rehearsal.lockFiles()).toEqual([]);

    const repaired = await failing.restart({ seeds });
    expect(await repaired.apply("stack")).toContain("1 added, 0 changed, 0 destroyed");
    await repaired.end();
  });

  it("reject the lock and name its owner", async () => {
    const scratch = await Scratch.start({ seeds, faults: { refuseLock: true } });
    await scratch.stack("stack", helmStack({ resource }));
    const refusal = await scratch.refusal("stack", ["apply", "-auto-approve"]);
    expect(refusal).toContain("Error acquiring the state lock");
    expect(refusal).toContain("another@client");
    expect(scratch.types()).toEqual([]);
    await scratch.end();
  });

  it("increase the duration of every change", async () => {
    const slow = await Scratch.start({ seeds, faults: { latencyMs: 1500 } });
    await slow.stack(
      "stack",
      helmStack({ resource: { helm_release: { one: { name: "one", chart: "nginx" } } } }),
    );
    const output = await slow.apply("stack");
    expect(Number(/Creation complete after (\d+)s/.exec(output)?.[1])).toBeGreaterThanOrEqual(1);
    await slow.end();
  });
});

describe("An object that no state knows", () => {
  it("is overwritten where AWS's call is a PUT, and is in the way elsewhere", async () => {
    const scratch = await Scratch.start();
    const bucket = { one: { bucket: "one" } };
    const settings = {
      aws_s3_bucket_versioning: {
        one: { bucket: "${aws_s3_bucket.one.id}", versioning_configuration: { status: "Enabled" } },
      },
      aws_s3_bucket_public_access_block: {
        one: { bucket: "${aws_s3_bucket.one.id}", block_public_acls: true },
      },
    };
    await scratch.stack("stack", awsStack({ resource: { aws_s3_bucket: bucket, ...settings } }));
    await scratch.apply("stack");
    const lost = ["aws_s3_bucket_versioning.one", "aws_s3_bucket_public_access_block.one"];
    await scratch.run("stack", ["state", "rm", ...lost]);
    expect(await scratch.apply("stack")).toContain("2 added, 0 changed, 0 destroyed");
    await scratch.run("stack", ["state", "rm", ...lost, "aws_s3_bucket.one"]);
    expect(await scratch.refusal("stack", ["apply", "-auto-approve"])).toContain("one already exists");
    await scratch.end();
  });

  it("is what a killed Terraform leaves of one that was not ready yet", async () => {
    const slow = await Scratch.start({ faults: { readyMs: 60_000 } });
    const resource = { aws_kms_key: { one: { description: "one" } } };
    await slow.stack("stack", awsStack({ resource }));
    await slow.killed("stack", ["apply", "-auto-approve"], () => slow.types().length > 0);
    expect(await slow.run("stack", ["state", "list"], 1)).toContain("No state file was found");
    await slow.end();
  });
});

describe("Values of any type", () => {
  it("survive as manifests of Kubernetes", async () => {
    const scratch = await Scratch.start();
    const manifest = (team: string) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings", namespace: "default", labels: { team } },
      data: { count: "3", ["__proto__"]: "kept" },
    });
    const stack = (team: string) => ({
      terraform: {
        required_providers: { kubernetes: { source: "hashicorp/kubernetes", version: "2.38.0" } },
      },
      provider: { kubernetes: [{ host: "https://cluster.test" }] },
      resource: { kubernetes_manifest: { one: { manifest: manifest(team) } } },
      output: { name: { value: "${kubernetes_manifest.one.object.metadata.name}" } },
    });
    await scratch.stack("stack", stack("a"));
    expect(await scratch.apply("stack")).toContain('name = "settings"');
    expect(await scratch.plan("stack", 0)).toContain("No changes.");
    expect(JSON.stringify(scratch.rehearsal.objects())).toContain('"__proto__":"kept"');
    scratch.write("stack", stack("b"));
    expect(await scratch.apply("stack")).toContain("1 changed");
    expect(await scratch.plan("stack", 0)).toContain("No changes.");
    expect(await scratch.destroy("stack")).toContain("1 destroyed");
    expect(scratch.rehearsal.objects()).toEqual([]);
    await scratch.end();
  });
});

describe("A secret that is kept nowhere", () => {
  it("is created, passed write-only, and left out of the state and the cloud", async () => {
    const scratch = await Scratch.start();
    const content = {
      ephemeral: { aws_secretsmanager_random_password: { admin: { password_length: 20 } } },
      resource: {
        aws_secretsmanager_secret: { admin: { name: "admin" } },
        aws_secretsmanager_secret_version: {
          admin: {
            secret_id: "${aws_secretsmanager_secret.admin.id}",
            secret_string_wo: "pass-${ephemeral.aws_secretsmanager_random_password.admin.random_password}",
            secret_string_wo_version: 1,
          },
        },
      },
    };
    await scratch.stack("stack", awsStack(content));
    expect(await scratch.apply("stack")).toContain("2 added");
    expect(await scratch.plan("stack", 0)).toContain("No changes.");
    const version = scratch.rehearsal.objects().find(({ type }) => type.endsWith("secret_version"));
    expect(version?.attributes["secret_string_wo"]).toBeNull();
    expect(version?.attributes["secret_string_wo_version"]).toBe(1);
    expect(version?.writeOnly).toBeUndefined();
    expect(await scratch.run("stack", ["state", "pull"])).not.toContain("pass-");
    // As the AWS provider reads it: without the number, which no service stores.
    const address = "aws_secretsmanager_secret_version.admin";
    await scratch.run("stack", ["state", "rm", address]);
    await scratch.run("stack", ["import", address, version?.id ?? ""]);
    expect(await scratch.plan("stack", 2)).toMatch(/\+ secret_string_wo_version += 1 # forces replacement/);
    await scratch.end();
  });

  it("cannot be handed to an argument that is kept", async () => {
    const scratch = await Scratch.start();
    const password = "${ephemeral.aws_secretsmanager_random_password.admin.random_password}";
    const content = {
      ephemeral: { aws_secretsmanager_random_password: { admin: {} } },
      resource: { aws_ssm_parameter: { kept: { name: "kept", type: "String", value: password } } },
    };
    await scratch.stack("stack", awsStack(content));
    expect(await scratch.refusal("stack", ["plan"])).toContain("Ephemeral values are not valid");
    await scratch.end();
  });
});
