import { parse, stringify } from "yaml";
import { describe, expect, test } from "vitest";
import { loadEnvironment, type LoadedEnvironment } from "../lib/environment/environment";
import { environmentName } from "../lib/layer/environment-name";
import { physicalName } from "../lib/layer/names";
import { layers } from "../modules";
import { volumesQuestion } from "../modules/eks/leftovers";
import { deployerRights } from "../policy/deployer";
import type { SynthesisedJson } from "../synthesis/environment";
import { credentialFiles, everythingOn, existingCertificate } from "./everything-on";
import { type RawEnvironment, synthEnvironment, synthLayers } from "./synth";

const docs = "https://docs.aws.amazon.com";
const ec2 = `${docs}/AWSEC2/latest/APIReference`;
const groupText = /^[\w ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
const wafText = /^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]{1,254}[\w+=:#@/\-,.]$/;
const ecrName = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const iamName = /^[\w+=,.@-]{1,128}$/;
const rdsName = /^[a-z](-?[a-z0-9])+$/;
const anyText = (most: number) => new RegExp(`^[^\\p{Cc}]{1,${most}}$`, "u");

/** What AWS accepts in an argument: its pattern, and the page that says so. */
type Accepted = readonly [pattern: RegExp, source: string];

/** Texts for readers. Every argument of this kind that the layers use is here. */
const descriptions: Readonly<Record<string, Accepted>> = {
  "aws_cloudwatch_event_rule.description": [
    anyText(512),
    `${docs}/eventbridge/latest/APIReference/API_PutRule.html`,
  ],
  "aws_cloudwatch_metric_alarm.alarm_description": [
    anyText(1024),
    `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`,
  ],
  "aws_db_parameter_group.description": [
    anyText(255),
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html`,
  ],
  "aws_db_subnet_group.description": [
    anyText(255),
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html`,
  ],
  "aws_ecr_repository_creation_template.description": [
    anyText(256),
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html`,
  ],
  "aws_iam_policy.description": [anyText(1000), `${docs}/IAM/latest/APIReference/API_CreatePolicy.html`],
  "aws_iam_role.description": [
    /^[\u0020-\u007E\u00A1-\u00FF]{1,1000}$/,
    `${docs}/IAM/latest/APIReference/API_CreateRole.html`,
  ],
  "aws_kms_key.description": [anyText(8192), `${docs}/kms/latest/APIReference/API_CreateKey.html`],
  "aws_lambda_function.description": [anyText(256), `${docs}/lambda/latest/api/API_CreateFunction.html`],
  "aws_launch_template.description": [anyText(255), `${ec2}/API_CreateLaunchTemplate.html`],
  "aws_rds_cluster_parameter_group.description": [
    anyText(255),
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html`,
  ],
  "aws_route53_zone.comment": [anyText(256), `${docs}/Route53/latest/APIReference/API_HostedZoneConfig.html`],
  "aws_secretsmanager_secret.description": [
    anyText(2048),
    `${docs}/secretsmanager/latest/apireference/API_CreateSecret.html`,
  ],
  "aws_security_group.description": [groupText, `${ec2}/API_CreateSecurityGroup.html`],
  "aws_vpc_security_group_egress_rule.description": [groupText, `${ec2}/API_IpRange.html`],
  "aws_vpc_security_group_ingress_rule.description": [groupText, `${ec2}/API_IpRange.html`],
  "aws_wafv2_ip_set.description": [wafText, `${docs}/waf/latest/APIReference/API_CreateIPSet.html`],
  "aws_wafv2_web_acl.description": [wafText, `${docs}/waf/latest/APIReference/API_CreateWebACL.html`],
};

/** Names that begin with the environment's. */
const names: Readonly<Record<string, Accepted>> = {
  "aws_autoscaling_lifecycle_hook.name": [
    /^[A-Za-z0-9\-_/]{1,255}$/,
    `${docs}/autoscaling/ec2/APIReference/API_PutLifecycleHook.html`,
  ],
  "aws_backup_plan.name": [/^[\w\-.]{1,50}$/, `${docs}/aws-backup/latest/devguide/API_BackupPlanInput.html`],
  "aws_backup_restore_testing_plan.name": [
    /^\w{1,50}$/,
    `${docs}/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html`,
  ],
  "aws_backup_selection.name": [
    /^[a-zA-Z0-9\-_.]{1,50}$/,
    `${docs}/aws-backup/latest/devguide/API_BackupSelection.html`,
  ],
  "aws_backup_vault.name": [
    /^[a-zA-Z0-9\-_]{2,50}$/,
    `${docs}/aws-backup/latest/devguide/API_CreateBackupVault.html`,
  ],
  "aws_budgets_budget.name": [
    /^(?!.*\/action\/)[^:\\]{1,100}$/,
    `${docs}/aws-cost-management/latest/APIReference/API_budgets_Budget.html`,
  ],
  "aws_cloudtrail.name": [
    /^[A-Za-z0-9]([._-]?[A-Za-z0-9]){2,127}$/,
    `${docs}/awscloudtrail/latest/APIReference/API_CreateTrail.html`,
  ],
  "aws_cloudwatch_dashboard.dashboard_name": [
    /^[A-Za-z0-9\-_]{1,255}$/,
    `${docs}/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html`,
  ],
  "aws_cloudwatch_event_rule.name": [
    /^[.\-_A-Za-z0-9]{1,64}$/,
    `${docs}/eventbridge/latest/APIReference/API_PutRule.html`,
  ],
  "aws_cloudwatch_log_group.name": [
    /^(?!aws\/)[.\-_/#A-Za-z0-9]{1,512}$/,
    `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html`,
  ],
  "aws_cloudwatch_log_metric_filter.metric_transformation.namespace": [
    /^(?!aws\/)[^:*$]{1,255}$/i,
    `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html`,
  ],
  "aws_cloudwatch_log_metric_filter.name": [
    /^[^:*]{1,512}$/,
    `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html`,
  ],
  "aws_cloudwatch_log_resource_policy.policy_name": [
    anyText(512),
    `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html`,
  ],
  "aws_cloudwatch_metric_alarm.alarm_name": [
    anyText(255),
    `${docs}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html`,
  ],
  "aws_db_event_subscription.name": [
    /^.{1,254}$/,
    `${docs}/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html`,
  ],
  "aws_db_parameter_group.name": [
    rdsName,
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html`,
  ],
  "aws_db_subnet_group.name": [
    /^(?!default$)[a-z0-9 ._-]{1,255}$/,
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html`,
  ],
  "aws_ecr_pull_through_cache_rule.ecr_repository_prefix": [
    /^(?=.{2,30}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    `${docs}/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html`,
  ],
  "aws_ecr_repository.name": [ecrName, `${docs}/AmazonECR/latest/APIReference/API_CreateRepository.html`],
  "aws_ecr_repository_creation_template.prefix": [
    ecrName,
    `${docs}/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html`,
  ],
  "aws_efs_file_system.creation_token": [/^.{1,64}$/, `${docs}/efs/latest/ug/API_CreateFileSystem.html`],
  "aws_eks_cluster.name": [
    /^[0-9A-Za-z][A-Za-z0-9\-_]{0,99}$/,
    `${docs}/eks/latest/APIReference/API_CreateCluster.html`,
  ],
  "aws_eks_node_group.node_group_name": [
    /^[A-Za-z0-9][A-Za-z0-9\-_]{0,62}$/,
    `${docs}/eks/latest/userguide/create-managed-node-group.html`,
  ],
  "aws_iam_instance_profile.name": [
    iamName,
    `${docs}/IAM/latest/APIReference/API_CreateInstanceProfile.html`,
  ],
  "aws_iam_policy.name": [iamName, `${docs}/IAM/latest/APIReference/API_CreatePolicy.html`],
  "aws_iam_role.name": [/^[\w+=,.@-]{1,64}$/, `${docs}/IAM/latest/APIReference/API_CreateRole.html`],
  "aws_kms_alias.name": [
    /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/,
    `${docs}/kms/latest/APIReference/API_CreateAlias.html`,
  ],
  "aws_lambda_function.function_name": [
    /^[a-zA-Z0-9-_]{1,64}$/,
    `${docs}/lambda/latest/api/API_CreateFunction.html`,
  ],
  "aws_launch_template.name": [/^[a-zA-Z0-9().\-/_]{3,128}$/, `${ec2}/API_CreateLaunchTemplate.html`],
  "aws_lb.name": [
    /^(?!internal-)(?=.{1,32}$)[A-Za-z0-9]+(-+[A-Za-z0-9]+)*$/,
    `${docs}/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html`,
  ],
  "aws_lb_target_group.name": [
    /^(?=.{1,32}$)[A-Za-z0-9]+(-+[A-Za-z0-9]+)*$/,
    `${docs}/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html`,
  ],
  "aws_rds_cluster.cluster_identifier": [
    /^(?=.{1,63}$)[a-z](-?[a-z0-9])*$/,
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBCluster.html`,
  ],
  "aws_rds_cluster_instance.identifier": [
    /^(?=.{1,63}$)[a-z](-?[a-z0-9])*$/,
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBInstance.html`,
  ],
  "aws_rds_cluster_parameter_group.name": [
    rdsName,
    `${docs}/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html`,
  ],
  "aws_route53_key_signing_key.name": [
    /^\w{3,128}$/,
    `${docs}/Route53/latest/APIReference/API_CreateKeySigningKey.html`,
  ],
  "aws_s3_bucket.bucket": [
    /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3|-an)$/,
    `${docs}/AmazonS3/latest/userguide/bucketnamingrules.html`,
  ],
  "aws_secretsmanager_secret.name": [
    /^[\w/+=.@-]{1,512}$/,
    `${docs}/secretsmanager/latest/apireference/API_CreateSecret.html`,
  ],
  "aws_security_group.name": [
    /^(?!sg-)[\w ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
    `${ec2}/API_CreateSecurityGroup.html`,
  ],
  "aws_shield_protection.name": [
    /^[ a-zA-Z0-9_.-]{1,128}$/,
    `${docs}/waf/latest/DDOSAPIReference/API_CreateProtection.html`,
  ],
  "aws_sns_topic.name": [/^[A-Za-z0-9\-_]{1,256}$/, `${docs}/sns/latest/api/API_CreateTopic.html`],
  "aws_ssm_document.name": [
    /^(?!aws|amazon|amzn)[a-zA-Z0-9_\-.]{3,128}$/i,
    `${docs}/systems-manager/latest/APIReference/API_CreateDocument.html`,
  ],
  "aws_wafv2_ip_set.name": [/^[\w-]{1,128}$/, `${docs}/waf/latest/APIReference/API_CreateIPSet.html`],
  "aws_wafv2_web_acl.name": [/^[\w-]{1,128}$/, `${docs}/waf/latest/APIReference/API_CreateWebACL.html`],
};

/** Arguments that repeat another name, and names of the environment's domain. */
const repeated = [
  ...["aws_acm_certificate.domain_name", "aws_route53_record.name", "aws_route53_zone.name"],
  ...["aws_cloudwatch_metric_alarm.namespace", "aws_rds_cluster.final_snapshot_identifier"],
];

function load(changes: RawEnvironment): LoadedEnvironment {
  const raw: RawEnvironment = parse(everythingOn("10ken"));
  return loadEnvironment(layers, {
    file: "configs/changed.yaml",
    text: stringify({ ...raw, ...changes }),
    read: (path) => credentialFiles[path],
    now: new Date("2026-01-01T00:00:00Z"),
  });
}

/** Texts without what only Terraform knows. */
function refused(environment: SynthesisedJson, table: Readonly<Record<string, Accepted>>): readonly string[] {
  return Object.entries(table).flatMap(([argument, [pattern, source]]) => {
    const [type = "", ...path] = argument.split(".");
    const texts = environment.of(type).flatMap((resource) => resource.texts(path.join(".")));
    return texts
      .map((text) => text.replaceAll(/\$\{[^}]*\}/g, "0"))
      .filter((text) => !pattern.test(text))
      .map((text) => `${argument} "${text}": ${source}`);
  });
}

const describing = ["description", "comment", "alarm_description"];

describe("with the longest name, and one that begins with a word that AWS reserves for some names", () => {
  const name = "aws-bcdefghijklmnopq";
  const environment = synthEnvironment(load({ name }));

  test("every name is one that AWS accepts", () => {
    expect(name).toHaveLength(20);
    expect(refused(environment, names)).toEqual([]);
  });

  test("every text for readers is one that AWS accepts", () => {
    expect(refused(environment, descriptions)).toEqual([]);
  });

  test("no such argument is left out of the tables", () => {
    const used = environment.resources.flatMap((resource) =>
      resource.type.startsWith("aws_")
        ? Object.entries(resource.given).map(([argument, value]) => [resource.type, argument, value] as const)
        : [],
    );
    const texts = used.filter(([, argument]) => describing.includes(argument));
    const begun = used.filter(([, , value]) => typeof value === "string" && value.startsWith(name));
    const known = [...Object.keys(descriptions), ...Object.keys(names), ...repeated];
    const found = [...texts, ...begun].map(([type, argument]) => `${type}.${argument}`);
    expect([...new Set(found)].filter((argument) => !known.includes(argument))).toEqual([]);
  });
});

describe("a name that begins with what AWS reserves for a kind", () => {
  test.each(["aws", "aws-eu", "awsome", "amazon", "amazon-eu", "amzn-1"])("ends with %s instead", (name) => {
    expect(physicalName(name, "ssmDocument", "session")).toBe(`session-${name}`);
    expect(physicalName(name, "iamRole", "bastion")).toBe(`${name}-bastion`);
  });

  test("begins with the environment's name otherwise", () => {
    expect(physicalName("my-aws", "ssmDocument", "session")).toBe("my-aws-session");
  });

  test("is legal for an environment", () => {
    for (const name of [
      "aws",
      "amazon-eu",
      "amzn",
      "kube",
      "sgx",
      "internals",
      "on-prem",
      "orch",
      "sthreex",
    ]) {
      expect(environmentName.safeParse(name)).toMatchObject({ success: true });
    }
  });
});

/** Every text in a document with its place, in an order that does not depend on names. */
function leaves(value: unknown, path: readonly string[] = []): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path.join(" ")} = ${String(value)}`];
  return Object.entries(value)
    .flatMap(([key, item]) => leaves(item, [...path, key]))
    .sort();
}

describe("the keys of the tags that the layers set", () => {
  // As long as the usual ones, so that statements are spread over the same policies.
  const tagKeys = { environment: "Platform-ID", layer: "A Tag", customer: "ClientId" };
  const tags = { Environment: "production", team: "platform" };
  const documents = (loaded: LoadedEnvironment) => {
    const synthesised = synthEnvironment(loaded);
    const { policies } = deployerRights(synthesised, loaded.environment, { layers });
    return leaves({ policies, layers: synthLayers(loaded) });
  };
  const renamed = (line: string) =>
    line
      .replace(/ environment = example$/, " Platform-ID = example")
      .replace(/ layer = ([a-z0-9-]+)$/, " A Tag = $1")
      .replace(/ customer = Example Corp$/, " ClientId = Example Corp")
      .replaceAll(/(Tag\/)environment/g, "$1Platform-ID")
      .replaceAll(/(Tag\/)layer/g, "$1A Tag")
      .replace("user:environment$", "user:Platform-ID$")
      .replace("tagSpecification_1 = environment=", "tagSpecification_1 = Platform-ID=");

  test("are those of the file, wherever they are set or read, and nothing else differs", () => {
    const usual = documents(load({ tags: { team: "platform" } }));
    const expected = usual.map(renamed);
    const found = documents(load({ tags: { team: "platform" }, tagKeys }));
    expect(expected.filter((line, index) => line !== usual[index]).length).toBeGreaterThan(100);
    expect(found).toEqual(expected.toSorted());
  });

  test("leave the usual ones to the organisation", () => {
    const { provider } = synthLayers(load({ tags, tagKeys }))["kms"] ?? {};
    expect(provider?.["aws"]?.[0]).toMatchObject({
      default_tags: [
        { tags: { ...tags, "Platform-ID": "example", "A Tag": "kms", ClientId: "Example Corp" } },
      ],
    });
  });

  test("are those by which volumes of pods are found, quoted where a shell would split them", () => {
    const { environment } = load({ tagKeys: { environment: "Stage of it" } });
    const asked = volumesQuestion(environment);
    if (!("call" in asked)) throw new Error("the question has no call");
    expect(JSON.stringify(asked.call)).toContain('"tag:Stage of it"');
    expect(asked.finding({ Volumes: [{ Size: 1 }] })).toContain(
      "--filters 'Name=tag:Stage of it,Values=example' Name=tag:ebs.csi.aws.com/cluster,Values=true --region",
    );
  });
});

describe("tags", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "a"]));
  const few = ["aws_route53_zone", "aws_s3_object"];

  test("are at most the 50 of AWS, with the layers' own, and with five that EKS adds to its instances", () => {
    const { resources } = synthEnvironment(load({ tags: many(40) }));
    const shared = [...Object.keys(many(40)), "environment", "layer", "customer"];
    const counts = resources.map(({ given }) => [...shared, ...Object.keys(given["tags"] ?? {})].length);
    const instances = resources.flatMap((resource) =>
      resource.values("tag_specifications.tags").map((tags) => Object.keys(tags ?? {}).length),
    );
    expect(Math.max(...counts)).toBeLessThanOrEqual(50);
    expect(instances.length).toBeGreaterThan(0);
    expect(Math.max(...instances)).toBeLessThanOrEqual(45);
  });

  test("of hosted zones and objects in S3 are the first 10, those of the layers among them", () => {
    const loaded = load({ tags: many(12) });
    const resources = synthEnvironment(loaded).of(...few);
    expect(new Set(resources.map(({ type }) => type))).toEqual(new Set(few));
    expect(resources.filter((resource) => !resource.is("provider", "aws.few-tags"))).toEqual([]);
    const { provider } = synthLayers(loaded)["route53"] ?? {};
    expect(provider?.["aws"]?.find(({ alias }) => alias === "few-tags")).toMatchObject({
      region: "us-west-2",
      default_tags: [
        { tags: { ...many(7), environment: "example", layer: "route53", customer: "Example Corp" } },
      ],
    });
  });

  test("of hosted zones and objects in S3 are all of them where these fit", () => {
    const resources = synthEnvironment(load({ tags: many(7) })).of(...few);
    expect(resources.filter((resource) => resource.has("provider"))).toEqual([]);
  });

  test("have their provider also when what has them is switched off", () => {
    const raw: RawEnvironment = parse(everythingOn("default"));
    raw.layers["release-service"] = { enabled: false };
    raw.layers.route53.zones = { source: "none" };
    raw.layers.route53.certificate = existingCertificate(raw);
    const synthesised = synthLayers(load({ tags: many(12), layers: raw.layers }));
    for (const layer of ["route53", "release-service"])
      expect(synthesised[layer]?.provider?.["aws"]?.map(({ alias }) => alias)).toContain("few-tags");
  });
});

test("a description of a rule that EC2 would refuse is refused at load", () => {
  const raw: RawEnvironment = parse(everythingOn("default"));
  const egress = raw.layers.eks.additionalEgress;
  const described = (description: string) => {
    raw.layers.eks.additionalEgress = { relay: { ...egress["smtp-relay"], description } };
    return load({ layers: raw.layers });
  };
  expect(() => described("the node's mail")).toThrow(
    `"the node's mail" is not accepted\n    It must consist of A-Z, a-z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*`,
  );
  expect(() => described("Größe")).toThrow("It must consist of");
  expect(() => described("x".repeat(256))).toThrow("It must have at most 255 characters");
  expect(() => described("Mail {of} [a] relay: #1, $5 & more; a/b (c) @ 50*2 = +100!")).not.toThrow();
});

test("prefixes that would not fit into the environment of a function are refused at load", () => {
  const raw: RawEnvironment = parse(everythingOn("default"));
  const prefixed = (count: number) => {
    raw.layers["release-service"].anonymousPrefixes = Array.from(
      { length: count },
      (_, index) => `edge-orch/common/part-${String(index).padStart(3, "0")}/`,
    );
    return load({ layers: raw.layers });
  };
  expect(() => prefixed(150)).toThrow("It must have at most 3000 characters in all, written as JSON");
  const [variables] = synthEnvironment(prefixed(100))
    .of("aws_lambda_function")
    .flatMap((proxy) => proxy.values("environment.variables"));
  expect(JSON.stringify(variables).length).toBeLessThanOrEqual(4096);
});
