import { describe, expect, test } from "vitest";
import { actions, type RightsByType } from "../../lib/layer/rights";
import { deployerRights } from "../../policy/deployer/index";
import { deployerActions } from "../../policy/deployer/actions";
import { SynthesisedJson } from "../../synthesis/environment";
import { layers } from "../../modules";
import { surveyActions } from "../../scripts/provision/aws/questions";
import { builtInDataSources, builtInTypes } from "../resource-types";
import { loadConfig } from "../synth";
import { synthesiseEnvironment } from "./environments";

const { synthesised, environment } = synthesiseEnvironment("prod", "1ken", "aws");
const rights = deployerRights(synthesised, environment);
const statements = rights.policies.flatMap((policy) => policy.Statement);

/** The resources that statements with an action are about. */
function resourcesOf(action: string): readonly string[] {
  return statements.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
}

const queueRights = { resources: ["sqs:{region}:{account}:{name}"], actions: actions("sqs", "CreateQueue") };
const imageRights = { actionsOnAnyResource: actions("ec2", "DescribeImages") };

/** Resources and a data source that no built-in layer has, beside what needs no rights. */
const shop = new SynthesisedJson({
  shop: {
    resource: { aws_sqs_queue: { orders: { name: "prod-orders" } }, helm_release: { chart: {} } },
    data: { aws_ami: { newest: {} }, terraform_remote_state: { vpc: {} } },
  },
});

describe("the deployer's rights", () => {
  test("know every type of resource that a built-in layer can create, and every data source that it reads", () => {
    const types = builtInTypes();
    expect(types.length).toBeGreaterThan(50);
    expect(builtInDataSources()).toContain("data.aws_route53_zone");
    expect([...types, ...builtInDataSources()].filter((type) => !(type in deployerActions))).toEqual([]);
    expect(rights.unknown).toEqual([]);
    const { unknown } = deployerRights(
      synthesiseEnvironment("example", "default", "aws").synthesised,
      environment,
    );
    expect(unknown).toEqual([]);
  });

  test("need nothing for data sources that every caller may read", () => {
    const data = { aws_caller_identity: { current: {} }, aws_iam_policy_document: { trust: {} } };
    const { policies, unknown } = deployerRights(new SynthesisedJson({ shop: { data } }), environment);
    expect(unknown).toEqual([]);
    expect(policies).toEqual(deployerRights(new SynthesisedJson({}), environment).policies);
  });

  test("name resources and data sources of types that nothing is known of", () => {
    const { unknown } = deployerRights(shop, environment);
    expect(unknown.map(({ layer, address }) => `${layer} ${address}`)).toEqual([
      "shop aws_sqs_queue.orders",
      "shop data.aws_ami.newest",
    ]);
  });

  test("hold what a layer declares for its own resources and data sources", () => {
    const { policies, unknown } = deployerRights(shop, environment, {
      layers: [{ name: "shop", rights: { aws_sqs_queue: queueRights, "data.aws_ami": imageRights } }],
    });
    expect(unknown).toEqual([]);
    const found = policies.flatMap((policy) => policy.Statement);
    expect(found).toContainEqual({
      Effect: "Allow",
      Action: ["sqs:CreateQueue"],
      Resource: ["arn:aws:sqs:eu-central-1:111122223333:prod-orders"],
    });
    expect(found).toContainEqual({ Effect: "Allow", Action: ["ec2:DescribeImages"], Resource: ["*"] });
  });

  test("of one layer are not those of another", () => {
    const { unknown } = deployerRights(shop, environment, {
      layers: [{ name: "store", rights: { aws_sqs_queue: queueRights, "data.aws_ami": imageRights } }],
    });
    expect(unknown).toHaveLength(2);
  });

  test("that a layer declares are added to the shared ones for its own resources only", () => {
    const bucket = { aws_s3_bucket: { goods: { bucket: "prod-goods" } } };
    const both = new SynthesisedJson({
      shop: { resource: bucket },
      store: { resource: { aws_s3_bucket: { other: { bucket: "prod-other" } } } },
    });
    const rights = {
      aws_s3_bucket: { resources: ["s3:::{bucket}"], actions: actions("s3", "PutAccelerateConfiguration") },
    };
    const found = (layers: readonly { readonly name: string; readonly rights?: RightsByType }[]) =>
      deployerRights(both, environment, { layers }).policies.flatMap((policy) => policy.Statement);
    const [before, after] = [found([]), found([{ name: "shop", rights }])];
    expect(after.filter(({ Action }) => Action.includes("s3:CreateBucket"))).toEqual(
      before.filter(({ Action }) => Action.includes("s3:CreateBucket")),
    );
    expect(after.filter(({ Action }) => Action.includes("s3:PutAccelerateConfiguration"))).toMatchObject([
      { Resource: ["arn:aws:s3:::prod-goods"] },
    ]);
  });

  test("fit into managed policies, of which a role can have ten", () => {
    expect(rights.policies.length).toBeLessThanOrEqual(10);
    expect(rights.policies.filter((policy) => JSON.stringify(policy).length > 6144)).toEqual([]);
  });

  test("have no wildcard among their actions", () => {
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
  });

  test("let it create roles and buckets of this environment only", () => {
    expect(resourcesOf("iam:CreateRole").filter((arn) => !arn.includes("prod"))).toEqual([]);
    expect(resourcesOf("iam:CreateRole")).toContain("arn:aws:iam::111122223333:role/prod-eks-node");
    expect(resourcesOf("s3:CreateBucket").filter((arn) => !arn.includes("prod"))).toEqual([]);
  });

  test("let it forward ports through this environment's bastion, and through no other instance", () => {
    const starting = statements.filter(({ Action }) => Action.includes("ssm:StartSession"));
    const documentAllowed = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };
    const bastion = {
      "ssm:resourceTag/environment": "prod",
      "ssm:resourceTag/layer": ["network-operations"],
    };
    expect(starting.map(({ Resource, Condition }) => [Resource, Condition])).toEqual([
      [["arn:aws:ec2:eu-central-1:111122223333:instance/*"], { ...documentAllowed, StringEquals: bastion }],
      [["arn:aws:ssm:eu-central-1::document/AWS-StartPortForwardingSessionToRemoteHost"], documentAllowed],
    ]);
    const withoutBastion = deployerRights(new SynthesisedJson({}), environment).policies;
    expect(JSON.stringify(withoutBastion)).not.toContain("ssm:");
  });

  test("let it read the account for surveys, and nothing if there are none", () => {
    const looks = surveyActions(layers, loadConfig());
    expect(looks).toEqual(
      expect.arrayContaining([
        ...["guardduty:ListDetectors", "guardduty:GetDetector", "securityhub:DescribeHub"],
        ...["cloudtrail:DescribeTrails", "ec2:GetEbsEncryptionByDefault", "s3:GetAccountPublicAccessBlock"],
        ...["ec2:DescribeAvailabilityZones", "ec2:DescribeInstanceTypeOfferings", "iam:GetRole"],
        ...["ec2:DescribeVpcEndpointServices", "s3:ListAllMyBuckets", "ec2:DescribeVpcEndpoints"],
      ]),
    );
    expect(looks.filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
    const empty = new SynthesisedJson({});
    const granted = (asked: readonly string[]) =>
      deployerRights(empty, environment, { surveyActions: asked }).policies.flatMap(({ Statement }) =>
        Statement.filter(({ Resource }) => Resource.includes("*")).flatMap(({ Action }) => Action),
      );
    expect(granted(looks)).toEqual(looks.toSorted());
    expect(granted([])).toEqual([]);
    expect(
      deployerRights(synthesised, environment, { surveyActions: looks }).policies.length,
    ).toBeLessThanOrEqual(10);
  });

  test("let it delete what GuardDuty left in the VPC, in the region of the environment only", () => {
    for (const action of ["ec2:DeleteVpcEndpoints", "ec2:DeleteSecurityGroup"])
      expect(resourcesOf(action)).toContain("arn:aws:ec2:eu-central-1:111122223333:*");
    expect(resourcesOf("ec2:DeleteVpcEndpoints")).not.toContain("*");
  });

  test("pass each role to the one service that uses it", () => {
    const passing = statements.filter(({ Action }) => Action.includes("iam:PassRole"));
    const handed = passing.flatMap(({ Resource, Condition }) =>
      Resource.map((arn) => [arn.split("/")[1], Condition?.["StringEquals"]?.["iam:PassedToService"]]),
    );
    expect(Object.fromEntries(handed)).toMatchObject({
      "prod-bastion": ["ec2.amazonaws.com"],
      "prod-eks-cluster": ["eks.amazonaws.com"],
      "prod-eks-node": ["eks.amazonaws.com"],
      "prod-vpc-flow": ["vpc-flow-logs.amazonaws.com"],
      "prod-aurora-monitoring": ["monitoring.rds.amazonaws.com"],
      "prod-vpc-cni": ["pods.eks.amazonaws.com"],
    });
    expect(passing.flatMap(({ Resource }) => Resource).filter((arn) => arn.includes("*"))).toEqual([]);
  });

  test("let it read and write this environment's state, and delete its locks", () => {
    const state = "arn:aws:s3:::111122223333-prod-state/eu-central-1/*/prod";
    expect(resourcesOf("s3:PutObject")).toEqual([state, `${state}.tflock`]);
    expect(resourcesOf("s3:GetObjectVersion")).toEqual([state]);
    expect(resourcesOf("s3:DeleteObject")).toContain(`${state}.tflock`);
  });

  test("let it empty every bucket that it can delete, and no other", () => {
    const buckets = resourcesOf("s3:DeleteBucket");
    const objects = buckets.map((bucket) => `${bucket}/*`);
    expect(buckets.length).toBeGreaterThan(10);
    const listed = [...buckets, "arn:aws:s3:::111122223333-prod-state"];
    expect(resourcesOf("s3:ListBucketVersions").toSorted()).toEqual(listed.toSorted());
    expect(resourcesOf("s3:DeleteObjectVersion")).toEqual(objects);
    expect(resourcesOf("s3:DeleteObject").filter((arn) => !arn.endsWith(".tflock"))).toEqual(objects);
  });

  test("let it use keys with an alias of the environment, and a configured key for the state", () => {
    const use = statements.find(({ Action }) => Action.includes("kms:Decrypt"));
    expect(use?.Condition?.["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"]).toContain(
      "alias/prod-state",
    );
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234";
    const given = deployerRights(synthesised, { ...environment, state: { ...environment.state, kmsKeyArn } });
    const uses = given.policies.flatMap(({ Statement }) =>
      Statement.filter(({ Action }) => Action.includes("kms:Decrypt")),
    );
    expect(uses.map(({ Resource }) => Resource)).toContainEqual([kmsKeyArn]);
  });

  test("follow a resource into another region", () => {
    const elsewhere = new SynthesisedJson({
      backup: {
        resource: { aws_cloudwatch_log_group: { copy: { name: "dns", provider: "aws.us-east-1" } } },
      },
    });
    const [policy] = deployerRights(elsewhere, environment).policies;
    expect(policy?.Statement[0]?.Resource).toContain("arn:aws:logs:us-east-1:111122223333:log-group:dns");
  });

  test("name the partition that the environment is in", () => {
    const china = synthesiseEnvironment("prod", "1ken", "aws-cn");
    const text = JSON.stringify(deployerRights(china.synthesised, china.environment));
    expect(text).toContain("ec2.amazonaws.com.cn");
    expect(text.match(/arn:aws:/g)).toBeNull();
  });

  test("are split where one statement is longer than a policy", () => {
    const groups = Array.from({ length: 200 }, (_, index) => [
      `log-${index}`,
      { name: `a-rather-long-name-${index}` },
    ]);
    const many = new SynthesisedJson({
      logs: { resource: { aws_cloudwatch_log_group: Object.fromEntries(groups) } },
    });
    const { policies } = deployerRights(many, environment);
    expect(policies.length).toBeGreaterThan(3);
    expect(policies.filter((policy) => JSON.stringify(policy).length > 6144)).toEqual([]);
    expect(policies.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource))).toContain(
      "arn:aws:logs:eu-central-1:111122223333:log-group:a-rather-long-name-199",
    );
  });
});
