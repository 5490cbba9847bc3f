import { beforeAll, describe, expect, test } from "vitest";
import type { Statement } from "../../lib/constructs/iam-policy";
import type { AwsCall } from "../../lib/layer/aws-call";
import { releaseService } from "../../modules/release-service/layer";
import type { HttpRequest } from "../../scripts/provision/world/index";
import { readPolicy } from "../modules/policies";
import { whyDenied, type Wish } from "../policy/rights/evaluation";
import { actionsOf } from "../policy/rights/operations";
import { synthLayer } from "../synth";
import { FakeRelease } from "./fake-release";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { releaseLayers, withReleaseService } from "./release-layers";

const settings = {
  enabled: true,
  repositories: ["edge/tool"],
  publishers: {
    ci: {
      ...{ source: "gitlab", project: "a/b", branches: ["main"] },
      ...{ repositories: ["edge/tool"], pathPrefixes: ["edge/"] },
    },
  },
};
const repositories = "arn:aws:ecr:us-west-2:123456789012:repository/";
const wishes: Wish[] = [];

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
const registryActions: readonly (readonly [request: RegExp, actions: readonly string[]])[] = [
  [/^(GET|HEAD) \S+\/manifests\//, ["BatchGetImage"]],
  [/^HEAD \S+\/blobs\//, ["BatchCheckLayerAvailability"]],
  [/^POST \S+\/uploads\/$/, ["InitiateLayerUpload"]],
  [/^PUT \S+\/uploads\//, ["UploadLayerPart", "CompleteLayerUpload"]],
  [/^PUT \S+\/manifests\//, ["PutImage"]],
];

function ofRegistry({ method, url }: HttpRequest): readonly Wish[] {
  const { pathname } = new URL(url);
  const [, actions = ["Unknown"]] =
    registryActions.find(([request]) => request.test(`${method} ${pathname}`)) ?? [];
  const [, repository = ""] = /^\/v2\/(.+?)\/(?:manifests|blobs)\//.exec(pathname) ?? [];
  return actions.map((action) => ({
    action: `ecr:${action}`,
    resource: `${repositories}${repository}`,
    context: () => [],
  }));
}

function ofApi({ service, operation, input }: AwsCall): readonly Wish[] {
  // What the command sends.
  const params = input as { readonly Bucket?: string; readonly Key?: string; readonly Prefix?: string };
  const actions = actionsOf({ service, operation, params: {} } as Parameters<typeof actionsOf>[0]);
  const { Bucket, Key, Prefix } = params;
  const object = Key === undefined ? "" : `/${Key}`;
  const resource = Bucket === undefined ? {} : { resource: `arn:aws:s3:::${Bucket}${object}` };
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
  const context = (key: string) =>
    key === "s3:prefix" && operation === "ListObjectsV2" ? [Prefix ?? ""] : [];
  return actions.map((action) => ({ action, ...resource, context }));
}

/** The calls of everything that the command can do: first uploads, one that goes on, one that another run preceded. */
beforeAll(async () => {
  const world = new FakeWorld();
  withReleaseService(world, settings);
  world.binaries.set("small.tgz", Buffer.from("small"));
  world.binaries.set("large.tgz", Buffer.alloc(9 * 1024 * 1024));
  const release = new FakeRelease(world);
  const { aws, http } = { aws: world.aws.send.bind(world.aws), http: world.http.send.bind(world.http) };
  Object.assign(world.aws, {
    send: (call: AwsCall, request: Parameters<typeof aws>[1]) => (
      wishes.push(...ofApi(call)),
      aws(call, request)
    ),
  });
  Object.assign(world.http, {
    send: (request: HttpRequest) => (wishes.push(...ofRegistry(request)), http(request)),
  });
  const publish = (file: string, to: string) =>
    run(world, `publish ${file} --to ${to} --env dev`, releaseLayers);
  expect(await publish("small.tgz", "edge/tool:v1")).toBe(0);
  expect(await publish("small.tgz", "edge/tool:v1")).toBe(0);
  release.uploads.set("begun", { key: "files/edge/tool/v2/large.tgz", parts: new Map() });
  expect(await publish("large.tgz", "edge/tool:v2")).toBe(0);
  release.instead = (asked) => {
    if (asked.startsWith("s3 CompleteMultipartUpload"))
      release.objects.set("files/edge/tool/v3/large.tgz", { bytes: Buffer.from("x"), checksum: "x" });
    return undefined;
  };
  expect(await publish("large.tgz", "edge/tool:v3")).toMatchObject({ name: "UserError" });
});

describe("the role of a publisher", () => {
  const layer = synthLayer(releaseService, {
    edit: (raw) => {
      Object.assign(raw, { name: "dev", account: "123456789012" });
      raw.layers["release-service"] = settings;
    },
  });
  const statements = readPolicy(layer.resource("aws_iam_role_policy", "publisher-ci-policy"));
  const policies = [
    {
      Version: "2012-10-17" as const,
      Statement: statements
        .filter(({ Effect }) => Effect === "Allow")
        .map(({ Action, Resource = "*", Condition = {} }: Statement) => ({
          Effect: "Allow" as const,
          Action: [Action].flat(),
          Resource: [Resource].flat(),
          Condition,
        })),
    },
  ];

  test("allows everything that the command asks for", () => {
    const denied = wishes.flatMap((wish) => {
      const why = whyDenied(policies, wish);
      return why === undefined ? [] : [`${wish.action} on ${wish.resource ?? "*"}: ${why}`];
    });
    expect([...new Set(denied)]).toEqual([]);
  });

  test("allows little besides: what clients ask for that describe images and download layers", () => {
    const used = new Set(wishes.map(({ action }) => action));
    const allowed = policies.flatMap(({ Statement: all }) => all.flatMap(({ Action }) => Action));
    expect(allowed.filter((action) => !used.has(action)).sort()).toEqual([
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
  });

  test("lists the names below its prefixes only", () => {
    const list = (prefix: string) =>
      whyDenied(policies, {
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::dev-123456789012-releases",
        context: (key) => (key === "s3:prefix" ? [prefix] : []),
      });
    expect(list("files/edge/tool")).toBeUndefined();
    for (const prefix of ["", "files/", "files/edge", "files/internal/"])
      expect(list(prefix)).toBe("no condition is met");
  });
});
