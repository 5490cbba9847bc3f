import { describe, expect, test } from "vitest";
import { deployerRights } from "../../../policy/deployer/index";
import { layers } from "../../../modules";
import { synthesiseEnvironment } from "../environments";
import { whyDenied } from "./evaluation";

const { synthesised, environment } = synthesiseEnvironment("example", "1ken", "aws");
const { policies } = deployerRights(synthesised, environment, { layers });
const here = "us-west-2:111122223333";
const iam = "arn:aws:iam::111122223333";
const key = `arn:aws:kms:${here}:key/1234`;
const alias = `arn:aws:kms:${here}:alias/example-data`;
const instance = `arn:aws:ec2:${here}:instance/i-1`;
const template = `arn:aws:ec2:${here}:launch-template/lt-1`;
const issuer = `${iam}:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/1`;

type Keys = Readonly<Record<string, string>>;

const own = { "aws:ResourceTag/environment": "example", "aws:ResourceTag/layer": "kms" };
const ofOthers = { "aws:ResourceTag/environment": "other", "aws:ResourceTag/layer": "kms" };
/** As other teams tag what they own. */
const sameTag = { "aws:ResourceTag/environment": "example" };
const aliased = { "kms:ResourceAliases": "alias/payroll" };
const asOurs = { "aws:RequestTag/environment": "example", "aws:RequestTag/layer": "kms" };

/** Why the deployer may not; condition keys that are not named have no value. */
function denial(action: string, resource: string, keys: Keys = {}) {
  const context = (name: string) => [keys[name]].flatMap((value) => value ?? []);
  return whyDenied(policies, { action, resource, context });
}

const administration = [
  ...["CreateAlias", "DeleteAlias", "UpdateAlias", "PutKeyPolicy", "ScheduleKeyDeletion"],
  ...["TagResource", "UntagResource", "UpdateKeyDescription"],
].map((name) => `kms:${name}`);

describe("a key of others", () => {
  test.each(administration)("does not come into the deployer's reach by %s", (action) => {
    expect(denial(action, key, own)).toBeUndefined();
    for (const keys of [aliased, { ...aliased, ...ofOthers }, { ...aliased, ...sameTag }, ofOthers, sameTag])
      expect(denial(action, key, { ...asOurs, ...keys })).toBe("no condition is met");
  });

  test("is not decrypted by an alias that the deployer puts on it", () => {
    expect(denial("kms:CreateAlias", alias)).toBeUndefined();
    expect(denial("kms:CreateAlias", key, aliased)).toBe("no condition is met");
    expect(denial("kms:UpdateAlias", key, aliased)).toBe("no condition is met");
    expect(denial("kms:Decrypt", key, aliased)).toBe("no condition is met");
    expect(denial("kms:Decrypt", key, { "kms:ResourceAliases": "alias/example-data" })).toBeUndefined();
  });

  test("keeps its alias", () => {
    for (const action of ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"])
      expect(denial(action, `arn:aws:kms:${here}:alias/payroll`)).toBe("no statement allows the resource");
  });

  test("is not rotated, if it has another environment's tag", () => {
    expect(denial("kms:EnableKeyRotation", key, ofOthers)).toBe("no condition is met");
    expect(denial("kms:EnableKeyRotation", key)).toBeUndefined();
    expect(denial("kms:EnableKeyRotation", key, own)).toBeUndefined();
  });
});

describe("a new key", () => {
  test("is created with the environment's tag only", () => {
    expect(denial("kms:CreateKey", "*", asOurs)).toBeUndefined();
    for (const keys of [{}, { "aws:RequestTag/environment": "other" }])
      expect(denial("kms:CreateKey", "*", keys)).toBe("no condition is met");
  });

  test("gets its tags, whether KMS knows those of the request as its own already or not", () => {
    expect(denial("kms:TagResource", key, asOurs)).toBeUndefined();
    expect(denial("kms:TagResource", key, { ...asOurs, ...own })).toBeUndefined();
    expect(denial("kms:TagResource", key)).toBe("no condition is met");
  });

  test.each(["us-west-2", "us-east-1", "us-east-2"])(
    "in %s is administered in the same way, such as those for copies of backups and for the DNS query log",
    (region) => {
      const elsewhere = key.replace("us-west-2", region);
      expect(denial("kms:PutKeyPolicy", elsewhere, own)).toBeUndefined();
      expect(denial("kms:PutKeyPolicy", elsewhere, aliased)).toBe("no condition is met");
    },
  );
});

describe("an instance of others", () => {
  test("is not tagged as the environment's, by which sessions are allowed", () => {
    expect(denial("ec2:CreateTags", instance, { "ec2:CreateAction": "RunInstances" })).toBeUndefined();
    expect(denial("ec2:CreateTags", instance, own)).toBeUndefined();
    for (const keys of [{}, ofOthers, sameTag])
      expect(denial("ec2:CreateTags", instance, { ...asOurs, ...keys })).toBe("no condition is met");
  });

  test("forwards no ports, nor does a node, and the bastion is no shell", () => {
    const bastion = {
      "ssm:resourceTag/environment": "example",
      "ssm:resourceTag/layer": "network-operations",
      "ssm:SessionDocumentAccessCheck": "true",
    };
    expect(denial("ssm:StartSession", instance, bastion)).toBeUndefined();
    for (const keys of [
      { "ssm:resourceTag/environment": "other" },
      { "ssm:resourceTag/layer": "eks" },
      { "ssm:SessionDocumentAccessCheck": "false" },
    ])
      expect(denial("ssm:StartSession", instance, { ...bastion, ...keys })).toBe("no condition is met");
    for (const document of ["SSM-SessionManagerRunShell", "example-session"])
      expect(denial("ssm:StartSession", `arn:aws:ssm:${here}:document/${document}`, bastion)).toBe(
        "no statement allows the resource",
      );
  });

  test.each([
    ["ec2:ModifyInstanceAttribute", instance],
    ["ec2:ModifyInstanceMetadataOptions", instance],
    ["ec2:StartInstances", instance],
    ["ec2:StopInstances", instance],
    ["ec2:TerminateInstances", instance],
    ["ec2:CreateLaunchTemplateVersion", template],
    ["ec2:DeleteLaunchTemplate", template],
    ["ec2:ModifyLaunchTemplate", template],
    ["ec2:DeleteTags", instance],
  ])("does not run the deployer's commands by %s on %s", (action, resource) => {
    expect(denial(action, resource, own)).toBeUndefined();
    for (const keys of [{}, ofOthers, sameTag])
      expect(denial(action, resource, keys)).toBe("no condition is met");
  });

  test("is no reason against the tags of what EC2 creates with a VPC", () => {
    for (const type of ["network-acl/acl-1", "security-group/sg-1"]) {
      expect(denial("ec2:CreateTags", `arn:aws:ec2:${here}:${type}`, asOurs)).toBeUndefined();
      expect(denial("ec2:CreateTags", `arn:aws:ec2:${here}:${type}`, { ...asOurs, ...ofOthers })).toBe(
        "no condition is met",
      );
    }
  });
});

describe("roles", () => {
  const node = `${iam}:role/edge/example-eks-node`;
  const bounded = { "iam:PermissionsBoundary": `${iam}:policy/guardrails/workloads` };

  test("get the managed policies in use only", () => {
    const attach = (arn: string) =>
      denial("iam:AttachRolePolicy", node, { ...bounded, "iam:PolicyARN": arn });
    expect(attach("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")).toBeUndefined();
    expect(attach(`${iam}:policy/edge/example-loki-write`)).toBeUndefined();
    expect(attach("arn:aws:iam::aws:policy/AdministratorAccess")).toBe("no condition is met");
    expect(attach(`${iam}:policy/payroll-admin`)).toBe("no condition is met");
  });

  test.each([
    ...["AttachRolePolicy", "CreateRole", "DeleteRole", "DeleteRolePolicy", "DetachRolePolicy"],
    ...["PassRole", "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UpdateAssumeRolePolicy"],
  ])("of others, that of the deployer among them, are not in the reach of iam:%s", (name) => {
    const keys = {
      ...bounded,
      "iam:PassedToService": "ec2.amazonaws.com",
      "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    };
    expect(denial(`iam:${name}`, `${iam}:role/edge/example-bastion`, keys)).toBeUndefined();
    for (const role of ["edge/example-deployer", "deployer", "edge/example-eks-node2", "example-bastion"])
      expect(denial(`iam:${name}`, `${iam}:role/${role}`, keys)).toBe("no statement allows the resource");
  });

  test.each(["AttachRolePolicy", "CreateRole", "PutRolePermissionsBoundary", "PutRolePolicy"])(
    "without the permissions boundary are not created, nor come to more permissions, by iam:%s",
    (name) => {
      const keys = { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" };
      expect(denial(`iam:${name}`, node, { ...keys, ...bounded })).toBeUndefined();
      for (const other of [{}, { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" }])
        expect(denial(`iam:${name}`, node, { ...keys, ...other })).toBe("no condition is met");
    },
  );

  test("without it lose what they may, and are deleted", () => {
    for (const name of ["DeleteRole", "DeleteRolePolicy", "DetachRolePolicy"])
      expect(denial(`iam:${name}`, node)).toBeUndefined();
  });

  test("keep the boundary", () => {
    expect(denial("iam:DeleteRolePermissionsBoundary", node, bounded)).toBe("no statement allows the action");
  });

  test("get no new policies by which the deployer itself is allowed more", () => {
    for (const name of ["CreatePolicyVersion", "DeletePolicy", "CreatePolicy"])
      expect(denial(`iam:${name}`, `${iam}:policy/edge/example-deployer-0`)).toBe(
        "no statement allows the resource",
      );
    const actions = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(
      actions.filter((action) => /^(iam:.*(User|Group|AccessKey|SetDefault)|sts:)/.test(action)),
    ).toEqual([]);
  });
});

describe("an identity provider of others", () => {
  test.each([
    ...["AddClientIDToOpenIDConnectProvider", "RemoveClientIDFromOpenIDConnectProvider"],
    ...["DeleteOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint"],
  ])("is not changed by iam:%s", (name) => {
    expect(denial(`iam:${name}`, issuer, own)).toBeUndefined();
    expect(denial(`iam:${name}`, issuer)).toBe("no condition is met");
    // The environment file lists the first one, of publishers, as existing, and not the second.
    for (const host of ["tokens.example.com", "vstoken.example.com"])
      expect(denial(`iam:${name}`, `${iam}:oidc-provider/${host}`, own)).toBe(
        "no statement allows the resource",
      );
    const created = `${iam}:oidc-provider/token.actions.githubusercontent.com`;
    expect(denial(`iam:${name}`, created, own)).toBeUndefined();
    expect(denial(`iam:${name}`, created, ofOthers)).toBe("no condition is met");
  });

  test("gets tags with its creation, or if it is the environment's", () => {
    const ofPublishers = `${iam}:oidc-provider/gitlab.example.com`;
    for (const created of [issuer, ofPublishers])
      expect(denial("iam:CreateOpenIDConnectProvider", created, asOurs)).toBeUndefined();
    expect(denial("iam:TagOpenIDConnectProvider", issuer, asOurs)).toBeUndefined();
    expect(denial("iam:TagOpenIDConnectProvider", issuer, own)).toBeUndefined();
    expect(denial("iam:TagOpenIDConnectProvider", issuer, { ...asOurs, ...ofOthers })).toBe(
      "no condition is met",
    );
  });
});

describe("by their names, others keep", () => {
  test.each([
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${here}:secret:payroll-x1y2z3`],
    ["secretsmanager:PutSecretValue", `arn:aws:secretsmanager:${here}:secret:payroll-x1y2z3`],
    ["ecr:DeleteRepository", `arn:aws:ecr:${here}:repository/payroll`],
    ["ecr:PutLifecyclePolicy", `arn:aws:ecr:${here}:repository/payroll`],
  ])("%s on %s", (action, resource) => {
    expect(denial(action, resource)).toBe("no statement allows the resource");
  });
});

describe("a volume, a snapshot or a load balancer of another cluster", () => {
  const balancing = `arn:aws:elasticloadbalancing:${here}`;
  const owned = (cluster: string) => ({ [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" });
  const ofController = (cluster: string) => ({ "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster });

  test.each([
    ["ec2:DeleteVolume", `arn:aws:ec2:${here}:volume/vol-1`, owned],
    ["ec2:DeleteSnapshot", "arn:aws:ec2:us-west-2::snapshot/snap-1", owned],
    ["elasticloadbalancing:DeleteLoadBalancer", `${balancing}:loadbalancer/net/k8s-a/1`, owned],
    ["elasticloadbalancing:DeleteLoadBalancer", `${balancing}:loadbalancer/net/k8s-a/1`, ofController],
    ["elasticloadbalancing:DeleteTargetGroup", `${balancing}:targetgroup/k8s-a/1`, ofController],
  ] as const)("is not deleted by %s, of %s, as those of the own cluster are", (action, resource, tags) => {
    expect(denial(action, resource, tags("example"))).toBeUndefined();
    for (const keys of [{}, tags("example-2"), sameTag])
      expect(denial(action, resource, keys)).not.toBeUndefined();
  });
});
