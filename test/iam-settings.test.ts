import { IamGroup } from "@cdktf/provider-aws/lib/iam-group";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { policyDocument } from "../lib/constructs/iam-policy";
import { ConfigError } from "../lib/environment/config-error";
import { boundaryChecks } from "../lib/layer/boundary-check";
import { defineLayer } from "../lib/layer/layer";
import { argocd } from "../modules/argocd/layer";
import { podRoles } from "../modules/pod-roles/layer";
import { moveTo } from "./everything-on";
import { loadConfig, type RawEnvironment, synthLayer } from "./synth";

const account = "111122223333";
const boundary = `arn:aws:iam::${account}:policy/guardrails/workloads`;
const both = (raw: RawEnvironment) => {
  raw.iam = { permissionsBoundaryArn: boundary, path: "/edge/" };
};

/** What is wrong with an environment that has these settings, as `path: message`. */
function problems(iam: unknown, edit: (raw: RawEnvironment) => void = () => undefined): readonly string[] {
  try {
    loadConfig({
      edit: (raw) => {
        raw.iam = iam;
        edit(raw);
      },
    });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message, hint }) =>
      message.endsWith("is not accepted") ? `${path.join(".")}: ${hint}` : `${path.join(".")}: ${message}`,
    );
  }
}

const longest = `/${"a".repeat(510)}/`;

describe("the IAM path", () => {
  test.each(["/", "/edge/", "/teams/edge.orch+1=a,b@c_d-e/", "/service-role/", longest])(
    "can be %j",
    (path) => {
      expect(problems({ path })).toEqual([]);
    },
  );

  test.each([
    "",
    "edge",
    "/edge",
    "edge/",
    "//",
    "/edge//orch/",
    "/a*b/",
    "/a b/",
    "/a?/",
    "/${x}/",
    "/ä/",
    "/~/",
  ])("is not %j", (path) => {
    expect(problems({ path })).toEqual([
      'iam.path: It must be an IAM path, which begins and ends with "/" and has letters, digits and . , + @ = _ - between, e.g. "/edge/"',
    ]);
  });

  test("has at most 512 characters, and is none of AWS's own", () => {
    expect(problems({ path: `/a${longest}` })).toEqual([expect.stringContaining("has 514 characters")]);
    expect(problems({ path: "/aws-service-role/edge/" })).toEqual([
      'iam.path: It must not begin with "/aws-service-role/", which AWS keeps for service-linked roles',
    ]);
  });
});

test("with irsa, the path is no longer than ARNs that EKS accepts for service accounts", () => {
  const irsa = (raw: RawEnvironment) => (raw.layers.eks.podIdentity = "irsa");
  const arn = (path: string) => `arn:aws:iam::${account}:role${path}example-aws-ebs-csi-driver`;
  const fitting = `/${"a".repeat(255 - arn("//").length)}/`;
  expect(arn(fitting)).toHaveLength(255);
  expect(problems({ path: fitting }, irsa)).toEqual([]);
  expect(problems({ path: `/a${fitting.slice(1)}` }, irsa)).toEqual([
    `iam.path: has ${fitting.length + 1} characters, so that ARNs of roles have up to 256, but with layers.eks.podIdentity "irsa" EKS accepts 255`,
  ]);
});

describe("the ARN of an administrator's role", () => {
  const refused = (end: string) =>
    problems({}, (raw) => (raw.access.adminRoleArns = [`arn:aws:iam::${account}:role/${end}`]));

  test("has a path without empty parts", () => {
    const message =
      'access.adminRoleArns.0: It must be the ARN of an IAM role, e.g. "arn:aws:iam::123456789012:role/admin"';
    for (const end of ["a//b", "x/", "/a", "a/b/"]) expect(refused(end)).toEqual([message]);
    expect(refused("aws-reserved/sso.amazonaws.com/eu-west-1/a")).toEqual([]);
  });

  test("has a name of at most 64 characters, after a path of any length", () => {
    expect(refused(`${"p".repeat(100)}/${"a".repeat(64)}`)).toEqual([]);
    expect(refused("a".repeat(65))).toEqual([
      "access.adminRoleArns.0: It must end with the name of a role, which has at most 64 characters",
    ]);
  });
});

describe("the permissions boundary", () => {
  test.each([
    boundary,
    "arn:aws:iam::aws:policy/PowerUserAccess",
    "arn:aws:iam::aws:policy/job-function/Billing",
  ])("can be %s", (permissionsBoundaryArn) => {
    expect(problems({ permissionsBoundaryArn })).toEqual([]);
  });

  test.each([`arn:aws:iam::${account}:role/a`, "PowerUserAccess", `arn:aws:iam::${account}:policy/`, ""])(
    "is not %j",
    (permissionsBoundaryArn) => {
      expect(problems({ permissionsBoundaryArn })).toEqual([
        'iam.permissionsBoundaryArn: It must be the ARN of an IAM policy, e.g. "arn:aws:iam::123456789012:policy/boundary"',
      ]);
    },
  );

  test.each(["policy//a", "policy/a//b", "policy/x/", "policy/a/b/"])(
    "has no empty part, as in %s",
    (end) => {
      expect(problems({ permissionsBoundaryArn: `arn:aws:iam::${account}:${end}` })).toHaveLength(1);
    },
  );

  test("has a name of at most 128 characters, after a path of any length", () => {
    const named = (length: number) =>
      `arn:aws:iam::${account}:policy/${"p".repeat(200)}/${"a".repeat(length)}`;
    expect(problems({ permissionsBoundaryArn: named(128) })).toEqual([]);
    expect(problems({ permissionsBoundaryArn: named(129) })).toEqual([
      "iam.permissionsBoundaryArn: It must end with the name of a policy, which has at most 128 characters",
    ]);
  });

  test("is no policy of AWS for service-linked roles", () => {
    const arn = "arn:aws:iam::aws:policy/aws-service-role/AmazonEKSServiceRolePolicy";
    expect(problems({ permissionsBoundaryArn: arn })).toEqual([
      "iam.permissionsBoundaryArn: It must not be a policy of AWS for service-linked roles, which no other role can have",
    ]);
  });

  const foreign = (partition: string, owner: string) => `arn:${partition}:iam::${owner}:policy/guardrails`;

  test("is not of another partition or account, nor is a policy of the nodes' role", () => {
    const about = (arn: string, path: string, edit: (raw: RawEnvironment) => void) => {
      const given = path.startsWith("iam") ? { permissionsBoundaryArn: arn } : {};
      return problems(given, edit).map((problem) => problem.replace(path, "ARN"));
    };
    const everywhere = (arn: string) => {
      const nodes = about(arn, "layers.eks.nodes.additionalPolicyArns.0", (raw) => {
        raw.layers.eks.nodes.additionalPolicyArns = [arn];
      });
      expect(about(arn, "iam.permissionsBoundaryArn", () => undefined)).toEqual(nodes);
      return nodes;
    };
    expect(everywhere(foreign("aws-cn", "aws"))).toEqual([
      'ARN: the ARN belongs to the partition "aws-cn", but partition is "aws"',
    ]);
    expect(everywhere(foreign("aws", "444455556666"))).toEqual([
      `ARN: the policy belongs to the account "444455556666", but account is "${account}", whose roles can have its own policies and those of AWS only`,
    ]);
  });

  test("is looked for before the first layer, if there is one", () => {
    expect(boundaryChecks(loadConfig().environment)).toEqual([]);
    const [check] = boundaryChecks(loadConfig({ edit: both }).environment);
    expect(check).toMatchObject({ call: { operation: "GetPolicy", input: { PolicyArn: boundary } } });
    expect(check?.verdict({ Policy: { IsAttachable: true } })).toBeUndefined();
    expect(check?.verdict({ Policy: { IsAttachable: false } })).toEqual({
      reason: `iam.permissionsBoundaryArn names "${boundary}", a policy that AWS attaches to no role`,
      cure: "Write the ARN of a policy that roles can have",
    });
    expect(check?.verdictOnRefusal?.({ code: "NoSuchEntityException", message: "" })).toEqual({
      reason: `iam.permissionsBoundaryArn names "${boundary}", but there is no such policy for the account ${account}`,
      cure: "Create the policy, or correct iam.permissionsBoundaryArn in the environment file",
    });
    expect(check?.verdictOnRefusal?.({ code: "AccessDenied", message: "" })).toBeUndefined();
  });
});

/** As an extension is written that knows nothing of these settings. */
const extension = defineLayer({
  name: "toy-entities",
  summary: "Entities of IAM that exist in tests only",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    const assumeRolePolicy = policyDocument([]);
    new IamRole(stack, "role", { name: "role", assumeRolePolicy });
    new IamRole(stack, "own", {
      name: "own",
      assumeRolePolicy,
      path: "/own/",
      permissionsBoundary: `${boundary}-own`,
    });
    new IamUser(stack, "user", { name: "user" });
    new IamGroup(stack, "group", { name: "group" });
    new IamPolicy(stack, "policy", { name: "policy", policy: policyDocument([]) });
    new IamInstanceProfile(stack, "profile", { name: "profile" });
    new IamServiceLinkedRole(stack, "linked", { awsServiceName: "eks.amazonaws.com" });
    return {};
  },
});

describe("everything in IAM that a layer creates", () => {
  const entities = (edit: (raw: RawEnvironment) => void) => {
    const { json } = synthLayer(extension, { edit });
    return Object.fromEntries(
      Object.values(json.resource ?? {}).flatMap((byName) =>
        Object.entries(byName).map(([name, { path, permissions_boundary }]) => [
          name,
          [path, permissions_boundary],
        ]),
      ),
    );
  };

  test("has the path, and roles and users have the boundary, unless the layer gives another", () => {
    expect(entities(both)).toEqual({
      role: ["/edge/", boundary],
      own: ["/own/", `${boundary}-own`],
      user: ["/edge/", boundary],
      group: ["/edge/", undefined],
      policy: ["/edge/", undefined],
      profile: ["/edge/", undefined],
      linked: [undefined, undefined],
    });
  });

  test("has neither by default, and each alone if it alone is set", () => {
    expect(entities(() => undefined)["role"]).toEqual([undefined, undefined]);
    expect(entities((raw) => (raw.iam = { path: "/edge/" }))["role"]).toEqual(["/edge/", undefined]);
    expect(entities((raw) => (raw.iam = { permissionsBoundaryArn: boundary }))["role"]).toEqual([
      undefined,
      boundary,
    ]);
  });

  test("is named with its path where it is named before it exists", () => {
    const { json } = synthLayer(podRoles, { edit: both });
    const roles = JSON.stringify(json).match(/arn:aws:iam::\d+:role[^"\\]*/g) ?? [];
    expect([...new Set(roles)]).toEqual([`arn:aws:iam::${account}:role/edge/certmgr-example`]);
  });

  test.each([
    ["has a path", both, true],
    [
      "is of another partition",
      (raw: RawEnvironment) => {
        moveTo(raw, "aws-cn");
      },
      true,
    ],
    ["has neither", () => undefined, false],
  ] as const)("is named by Argo CD, if an environment %s", (_, edit, named) => {
    const { json } = synthLayer(argocd, { edit });
    expect(JSON.stringify(json).includes("platform-autocert")).toBe(named);
    expect(JSON.stringify(json).includes("podRoleArns.observability")).toBe(named);
  });
});
