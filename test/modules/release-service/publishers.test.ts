import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Statement } from "../../../lib/constructs/iam-policy";
import { releaseService } from "../../../modules/release-service/layer";
import { Publisher } from "../../../modules/release-service/publishers/settings";
import { trustOf } from "../../../modules/release-service/publishers/trust";
import { whyDenied } from "../../policy/rights/evaluation";
import { type RawEnvironment, synthLayer } from "../../synth";
import { readPolicy } from "../policies";

const account = "arn:aws:iam::111122223333";
const githubHost = "token.actions.githubusercontent.com";
const files = "arn:aws:s3:::example-111122223333-releases/files";
const github = { source: "github", organization: "Example-Org", repository: "installer" };
const gitlab = { source: "gitlab", project: "edge/platform/images" };
const own = { source: "other", issuer: "https://tokens.example.com", audience: "releases" };
const paths = { pathPrefixes: ["edge-orch/common/"] };
const everything = {
  ...{ ...github, organizationId: 123456, repositoryId: 456789 },
  ...{ branches: ["main"], tagPrefixes: ["v"], environments: ["release"] },
};

const withPublishers = (publishers: object, settings: object = {}) =>
  synthLayer(releaseService, {
    edit: (raw: RawEnvironment) => {
      raw.layers["release-service"] = {
        ...{ enabled: true, repositories: ["edge-orch/common/files", "internal"] },
        // Copied, because YAML has an alias for what stands in two places.
        ...{ publishers: JSON.parse(JSON.stringify(publishers)), ...settings },
      };
    },
  });

/** Policies as the evaluation of IAM's rules takes them. */
const policiesOf = (statements: readonly Statement[]) => [
  {
    Version: "2012-10-17" as const,
    Statement: statements
      .filter(({ Effect }) => Effect === "Allow")
      .map(({ Action, Resource = "*", Condition = {} }) => ({
        Effect: "Allow" as const,
        Action: [Action].flat(),
        Resource: [Resource].flat(),
        Condition,
      })),
  },
];

/** Whether a token with these claims gets the publisher's role. */
function isTrusted(publisher: object, sub: string, aud = "sts.amazonaws.com"): boolean {
  const parsed = Publisher.parse(publisher);
  const issuer = parsed.issuer.replace("https://", "");
  const claims: Readonly<Record<string, string>> = { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud };
  const context = (key: string) => [claims[key] ?? []].flat();
  const policies = policiesOf(trustOf(parsed, "provider"));
  return whyDenied(policies, { action: "sts:AssumeRoleWithWebIdentity", context }) === undefined;
}

describe("a token of GitHub", () => {
  const start = "repo:Example-Org@123456/installer@456789:";

  test.each([
    "ref:refs/heads/main",
    "ref:refs/tags/v1.2.3",
    "ref:refs/tags/v2.0.0-rc.1",
    "environment:release",
  ])("for %s is accepted", (rest) => {
    expect(isTrusted(everything, `${start}${rest}`)).toBe(true);
    expect(isTrusted(everything, `${start}${rest}`, "https://github.com/Example-Org")).toBe(false);
  });

  test.each([
    `${start}pull_request`,
    `${start}ref:refs/pull/1/merge`,
    `${start}ref:refs/heads/main2`,
    `${start}ref:refs/heads/feature/main`,
    `${start}ref:refs/heads/v1.2.3`,
    `${start}ref:refs/heads/*`,
    `${start}ref:refs/tags/main`,
    `${start}ref:refs/tags/rv1`,
    `${start}environment:main`,
    `${start}environment:release-2`,
    `${start}environment:release:ref:refs/heads/main`,
    // The fork, another repository of the organisation, and one that took over the names.
    "repo:someone@1/installer@2:ref:refs/heads/main",
    "repo:Example-Org@123456/other@5:ref:refs/tags/v1",
    "repo:Example-Org@123457/installer@456790:ref:refs/tags/v1",
    "repo:Example-Org/installer:ref:refs/tags/v1",
    "repo:example-org@123456/installer@456789:ref:refs/heads/main",
  ])("for %s is refused", (subject) => {
    expect(isTrusted(everything, subject)).toBe(false);
  });

  test("has no IDs in repositories without immutable subjects", () => {
    const named = { ...github, branches: ["main"] };
    expect(isTrusted(named, "repo:Example-Org/installer:ref:refs/heads/main")).toBe(true);
    expect(isTrusted(named, "repo:Example-Org@123456/installer@456789:ref:refs/heads/main")).toBe(false);
  });
});

test("a token of GitLab is accepted for the branches and tags of its project", () => {
  const publisher = { ...gitlab, branches: ["main"], tagPrefixes: ["v"] };
  const trusted = (sub: string) => isTrusted(publisher, sub);
  expect(trusted("project_path:edge/platform/images:ref_type:branch:ref:main")).toBe(true);
  expect(trusted("project_path:edge/platform/images:ref_type:tag:ref:v1.0.0")).toBe(true);
  for (const other of [
    "project_path:edge/platform/images:ref_type:branch:ref:v1.0.0",
    "project_path:edge/platform/images:ref_type:tag:ref:main",
    "project_path:edge/platform/images:ref_type:branch:ref:main2",
    "project_path:someone/images:ref_type:branch:ref:main",
    "project_path:edge/platform/images/fork:ref_type:tag:ref:v1.0.0",
  ])
    expect(trusted(other)).toBe(false);
});

test("a token of any other issuer is accepted for a whole subject and its audience", () => {
  const publisher = { ...own, subjects: ["builder:nightly"] };
  expect(isTrusted(publisher, "builder:nightly", "releases")).toBe(true);
  expect(isTrusted(publisher, "builder:nightly", "other")).toBe(false);
  expect(isTrusted(publisher, "builder:nightly:2", "releases")).toBe(false);
});

describe("a publisher's role", () => {
  const layer = withPublishers({
    installer: { ...everything, ...paths, repositories: ["edge-orch/common/files"] },
    files: { ...gitlab, branches: ["main"], ...paths },
  });
  const statements = readPolicy(layer.resource("aws_iam_role_policy", "publisher-installer-policy"));
  const denied = (action: string, resource: string) =>
    whyDenied(policiesOf(statements), { action, resource, context: () => undefined });
  const repository = (name: string) =>
    `arn:aws:ecr:us-west-2:111122223333:repository/example-release/${name}`;

  test("pushes into its repositories, and deletes nothing", () => {
    expect(denied("ecr:PutImage", repository("edge-orch/common/files"))).toBeUndefined();
    expect(denied("ecr:PutImage", repository("internal"))).toBe("no statement allows the resource");
    expect(denied("ecr:PutImage", repository("edge-orch/common/files2"))).toBe(
      "no statement allows the resource",
    );
    for (const action of ["ecr:BatchDeleteImage", "ecr:PutImageTagMutability", "s3:DeleteObject"])
      expect(denied(action, repository("edge-orch/common/files"))).toBe("no statement allows the action");
  });

  test("creates files below its prefixes, and nothing that clients are not served", () => {
    expect(denied("s3:PutObject", `${files}/edge-orch/common/a.tgz`)).toBeUndefined();
    for (const key of ["files/internal/a", "files/edge-orch/commonplace", "proxy.zip"])
      expect(denied("s3:PutObject", files.replace(/files$/, key))).toBe("no statement allows the resource");
  });

  test("cannot overwrite a file: S3 accepts its requests only if nothing is there", () => {
    expect(statements.filter(({ Effect }) => Effect === "Deny")).toEqual([
      {
        Effect: "Deny",
        Action: "s3:PutObject",
        Resource: [`${files}/edge-orch/common/*`],
        Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
      },
    ]);
  });

  test("has the permissions for what it publishes only", () => {
    const actions = readPolicy(layer.resource("aws_iam_role_policy", "publisher-files-policy")).flatMap(
      ({ Action }) => Action,
    );
    expect(actions.filter((action) => action.startsWith("ecr:"))).toEqual([]);
    expect(actions).toContain("s3:PutObject");
  });

  test("is published by name", () => {
    expect(layer.json.output?.["publisherRoleArns"]?.value).toEqual({
      installer: "${aws_iam_role.publisher-installer-role.arn}",
      files: "${aws_iam_role.publisher-files-role.arn}",
    });
    expect(layer.resource("aws_iam_role", "publisher-installer-role")["name"]).toBe(
      "example-release-publisher-installer",
    );
  });
});

describe("the OIDC provider", () => {
  const two = {
    one: { ...github, branches: ["main"], ...paths },
    two: { ...github, repository: "other", audience: "releases", branches: ["main"], ...paths },
  };
  const trustIn = (layer: ReturnType<typeof withPublishers>, name: string) =>
    readPolicy(layer.resource("aws_iam_role", `publisher-${name}-role`), "assume_role_policy");

  test("is one for all publishers of an issuer, with all their audiences", () => {
    const layer = withPublishers(two);
    const id = "identity-provider-token-actions-githubusercontent-com";
    expect(layer.all("aws_iam_openid_connect_provider")).toEqual({
      [id]: expect.objectContaining({
        url: `https://${githubHost}`,
        client_id_list: ["sts.amazonaws.com", "releases"],
      }) as unknown,
    });
    for (const name of ["one", "two"])
      expect(trustIn(layer, name)[0]?.Principal).toEqual({
        Federated: `\${aws_iam_openid_connect_provider.${id}.arn}`,
      });
  });

  test("is the account's own if it has one", () => {
    const arn = `${account}:oidc-provider/${githubHost}`;
    const layer = withPublishers(two, { identityProviderArns: [arn] });
    expect(layer.all("aws_iam_openid_connect_provider")).toEqual({});
    expect(trustIn(layer, "one")[0]?.Principal).toEqual({ Federated: arn });
  });
});

const long = Array.from({ length: 30 }, (_, index) => `${"long-name-of-a-branch-".repeat(3)}${index}`);

const refusals: readonly (readonly [publisher: object, message: string | RegExp, hint?: string])[] = [
  [
    { ...github, ...paths },
    "names no pipeline that may publish",
    "Add branches, tagPrefixes or environments",
  ],
  [{ ...gitlab, ...paths }, "names no pipeline that may publish", "Add branches or tagPrefixes"],
  [{ ...github, branches: ["main"] }, "may publish nothing", "Add repositories or pathPrefixes"],
  [
    { ...github, branches: ["main"], organizationId: 1, ...paths },
    "organizationId: is set without repositoryId, but a token contains either both IDs or none",
    "Set repositoryId, too; to print both, run: gh api repos/<organisation>/<repository> --jq '.owner.id, .id'",
  ],
  [
    { ...github, branches: ["main"], repositoryId: 1, ...paths },
    "repositoryId: is set without organizationId",
    "Set organizationId, too",
  ],
  [
    { ...github, branches: ["main"], repositories: ["edge-orch/common/flies"] },
    'repositories[0]: "edge-orch/common/flies" is not in layers.release-service.repositories',
    'Add it there, or did you mean "edge-orch/common/files"?',
  ],
  [{ ...github, branches: ["main"], repositories: ["z"] }, '"z" is not in', "Add it there"],
  [
    { ...github, branches: long, ...paths },
    /has a trust policy of \d{4} characters, and IAM allows 2048/,
    "Divide it into several publishers, each with some of the branches, tags, environments or subjects",
  ],
  [{ ...github, branches: ["*"], ...paths }, "must be the name of a branch of letters"],
  [{ ...github, branches: ["main:ref:refs"], ...paths }, "must be the name of a branch of letters"],
  [{ ...github, branches: ["${aws:username}"], ...paths }, "must be the name of a branch of letters"],
  [{ ...github, tagPrefixes: [""], ...paths }, "must be the beginning of names of tags of letters"],
  [{ ...github, environments: ["a:b"], ...paths }, "must be the name of an environment of letters"],
  [{ ...github, organization: "a/b", ...paths }, "must be the name of an organisation or user"],
  [{ ...github, repository: "a/b", ...paths }, "must be the name of a repository, without its"],
  [{ ...gitlab, project: "images", ...paths }, "must be the path of a project with its groups"],
  [{ ...own, subjects: ["builder:*"], ...paths }, "must be a whole subject (claim sub)"],
  [{ ...own, subjects: [], ...paths }, "must have at least one entry"],
  [{ ...own, issuer: "https://a.example.com:8443", ...paths }, "must be the https:// URL of an issuer"],
  [{ ...own, issuer: "https://accounts.google.com", ...paths }, "must not be Google or Amazon Cognito"],
  [{ ...own, audience: "*", ...paths }, "must be of letters, digits and . _ : / -"],
  [{ ...github, branches: ["main"], pathPrefixes: ["*"] }, "end with a slash"],
];

test.each(refusals.map(([publisher, message, hint = message]) => ({ publisher, message, hint })))(
  "refuses a publisher: $message",
  ({ publisher, message, hint }) => {
    const refused = () => withPublishers({ wrong: publisher });
    expect(refused).toThrow(message);
    expect(refused).toThrow(hint);
  },
);

test.each([
  ["Upper", "must begin with a lower-case letter, and be of"],
  ["a".repeat(26), "must have at most 25 characters"],
])("refuses a publisher named %s", (name, message) => {
  expect(() => withPublishers({ [name]: { ...github, branches: ["main"], ...paths } })).toThrow(message);
});

test("refuses an OIDC provider that no publisher uses, and names those that they use", () => {
  const refused = (publishers: object, arn: string) => () =>
    withPublishers(publishers, { identityProviderArns: [arn] });
  const unused = "is not the OIDC provider of any publisher's issuer in the environment's account";
  expect(refused({}, `${account}:oidc-provider/a.example.com`)).toThrow(`${unused}\n`);
  const foreign = refused(
    { one: { ...github, branches: ["main"], ...paths } },
    `arn:aws:iam::444455556666:oidc-provider/${githubHost}`,
  );
  expect(foreign).toThrow(unused);
  expect(foreign).toThrow(`Remove it, or name one of "${account}:oidc-provider/${githubHost}"`);
  expect(refused({}, "github")).toThrow("must be the ARN of an OIDC provider in IAM");
});

test("the guide's publishers are accepted, and are two roles", () => {
  const guide = readFileSync(join(__dirname, "../../../docs/guides/publish.md"), "utf8");
  const [, block = ""] = /```yaml\n(layers:[\s\S]*?)```/.exec(guide) ?? [];
  // The guide's environment file, of which only these settings matter.
  const { layers } = parse(block) as {
    layers: Record<"release-service", { publishers: object; repositories: string[] }>;
  };
  const { publishers, repositories } = layers["release-service"];
  const names = Object.keys(withPublishers(publishers, { repositories }).all("aws_iam_role"));
  expect(names).toEqual(expect.arrayContaining(["publisher-installer-role", "publisher-agent-role"]));
});
