import { describe, expect, test } from "vitest";
import { ConfigError } from "../../lib/environment/config-error";
import { registryCache } from "../../modules/registry-cache/layer";
import { moveTo } from "../everything-on";
import { loadConfig, type RawEnvironment, synthLayer } from "../synth";
import { currentLook } from "./looks";
import { readPolicy } from "./policies";

interface Raw {
  name: string;
  layers: Record<string, unknown>;
}

const files = { "docker.json": '{"username":"someone","accessToken":"dckr_pat_1"}' };
const withSettings = (settings: object, more: Readonly<Record<string, string>> = files) =>
  synthLayer(registryCache, {
    files: more,
    edit: (raw: Raw) => {
      raw.layers["registry-cache"] = settings;
    },
  });
const docker = { credentialsFile: "docker.json" };
const layer = withSettings({ enabled: true, docker });

test.each([
  ["aws-cn", "cn-north-1"],
  ["aws-us-gov", "us-gov-west-1"],
] as const)("is refused in %s, where ECR has no such cache, unless it is off", (partition, region) => {
  const load = (enabled: boolean) => () =>
    loadConfig({
      edit: (raw: RawEnvironment) => {
        moveTo(raw, partition);
        raw.layers["registry-cache"] = { enabled };
      },
    });
  expect(load(false)).not.toThrow();
  expect(load(true)).toThrow(
    `layers.registry-cache.enabled: is true, but ECR has no pull-through cache in "${region}"`,
  );
});

test("creates no resources by default", () => {
  const off = withSettings({});
  expect(off.json.resource).toBeUndefined();
  expect(off.json.output?.["registries"]?.value).toEqual({});
  expect(off.json.output?.["policyArns"]?.value).toEqual({});
});

test("does not delete repositories that ECR created, and lists them", () => {
  const { environment, settings } = loadConfig({
    edit: (raw: Raw) => {
      raw.layers["registry-cache"] = { enabled: true };
    },
  });
  const asked = (given: typeof settings) =>
    registryCache.leftovers?.({
      environment,
      settings: registryCache.settings.parse(given["registry-cache"]),
    });
  const [question] = asked(settings) ?? [];
  const named = (...names: readonly string[]) =>
    currentLook(question).finding({ repositories: names.map((repositoryName) => ({ repositoryName })) });
  expect(named("example-quay/keycloak", "other-quay/keycloak", "example-quayside")).toBe(
    "Repositories of cached images are left: example-quay/keycloak; to delete each, run: aws ecr delete-repository --force --region us-west-2 --repository-name <name>",
  );
  expect(named("other/keycloak")).toBeUndefined();
  expect(asked({ "registry-cache": {} })).toHaveLength(1);
});

test("keeps the key of repositories that ECR created, while there are any", () => {
  const { environment } = loadConfig();
  const [key] = registryCache.retained?.({ environment, settings: registryCache.settings.parse({}) }) ?? [];
  const arn = "arn:aws:kms:us-west-2:111122223333:key/1";
  expect(layer.all("aws_kms_key")).toHaveProperty("key");
  const [search] = key?.dependents({ "aws_kms_key.key": arn }) ?? [];
  const repository = (repositoryName: string, kmsKey: string) => ({
    repositoryName,
    encryptionConfiguration: { kmsKey },
  });
  const repositories = [repository("example-quay/keycloak", arn), repository("foreign", "another")];
  expect(search?.found({ repositories })).toEqual(['repository "example-quay/keycloak"']);
  expect(key?.removal(arn)).toBe(`aws kms schedule-key-deletion --region us-west-2 --key-id ${arn}`);
});

test("caches the registries that require no credentials, and those with credentials", () => {
  const urls = (synthesised: typeof layer) =>
    Object.values(synthesised.all("aws_ecr_pull_through_cache_rule"))
      .map((rule) => rule["upstream_registry_url"])
      .sort();
  expect(urls(withSettings({ enabled: true }))).toEqual(["public.ecr.aws", "quay.io", "registry.k8s.io"]);
  expect(urls(layer)).toEqual(["public.ecr.aws", "quay.io", "registry-1.docker.io", "registry.k8s.io"]);
  expect(urls(withSettings({ enabled: true, withoutAccount: ["quay"] }))).toEqual(["quay.io"]);
});

test("publishes the prefix that replaces each registry's host", () => {
  expect(layer.json.output?.["registries"]?.value).toMatchObject({
    "docker.io": "111122223333.dkr.ecr.us-west-2.amazonaws.com/example-docker",
    "quay.io": "111122223333.dkr.ecr.us-west-2.amazonaws.com/example-quay",
  });
});

test("keeps prefixes within ECR's limit with the longest environment name", () => {
  const longest = synthLayer(registryCache, {
    files,
    edit: (raw: Raw) => {
      raw.name = "a".repeat(20);
      raw.layers["registry-cache"] = { enabled: true, docker, ghcr: { ...docker } };
    },
  });
  const rules = Object.values(longest.all("aws_ecr_pull_through_cache_rule"));
  expect(rules).toHaveLength(5);
  expect(rules.filter((rule) => String(rule["ecr_repository_prefix"]).length > 30)).toEqual([]);
});

describe.each(["docker", "k8s", "public", "quay"])("repositories of %s", (name) => {
  const template = layer.resource("aws_ecr_repository_creation_template", `${name}-template`);

  test("are created with a template that exists before the rule", () => {
    const rule = layer.resource("aws_ecr_pull_through_cache_rule", `${name}-rule`);
    expect(rule["ecr_repository_prefix"]).toBe(template["prefix"]);
    expect(rule["depends_on"]).toEqual([`aws_ecr_repository_creation_template.${name}-template`]);
    expect(template["applied_for"]).toEqual(["PULL_THROUGH_CACHE"]);
  });

  test("are encrypted with the layer's key, and have immutable tags", () => {
    expect(template).toMatchObject({
      image_tag_mutability: "IMMUTABLE",
      encryption_configuration: [
        { encryption_type: "KMS", kms_key: "${aws_kms_alias.key-alias.target_key_arn}" },
      ],
      custom_role_arn: "${aws_iam_role.creation-role.arn}",
    });
  });

  test("expire images 30 days after they were pushed", () => {
    expect(JSON.parse(String(template["lifecycle_policy"]))).toMatchObject({
      rules: [
        {
          selection: {
            tagStatus: "any",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 30,
          },
          action: { type: "expire" },
        },
      ],
    });
  });
});

describe("the credentials of a registry", () => {
  test("are in secrets with the name prefix and the default key that ECR requires", () => {
    const secret = layer.resource("aws_secretsmanager_secret", "docker-credentials-secret");
    expect(secret["name"]).toBe("ecr-pullthroughcache/example-docker");
    expect(secret).not.toHaveProperty("kms_key_id");
    expect(layer.resource("aws_ecr_pull_through_cache_rule", "docker-rule")["credential_arn"]).toBe(
      "${aws_secretsmanager_secret_version.docker-credentials-value.secret_id}",
    );
  });

  test("are read from the file at run time, and stored neither in JSON, plan nor state", () => {
    expect(registryCache.secretFiles?.({ settings: settingsOf({ docker }) })).toEqual({
      docker_credentials: "docker.json",
    });
    expect(layer.json.variable?.["docker_credentials"]).toMatchObject({ ephemeral: true, sensitive: true });
    const value = layer.resource("aws_secretsmanager_secret_version", "docker-credentials-value");
    expect(value).toMatchObject({
      secret_string_wo: "${var.docker_credentials}",
      secret_string_wo_version: 1,
    });
    expect(JSON.stringify(layer.json)).not.toContain("dckr_pat_1");
  });

  test("have no recovery window only while the environment is destroyed", () => {
    const lifted = synthLayer(registryCache, {
      files,
      deletionProtection: false,
      edit: (raw: Raw) => {
        raw.layers["registry-cache"] = { enabled: true, docker };
      },
    });
    const window = (synthesised: typeof layer) =>
      synthesised.resource("aws_secretsmanager_secret", "docker-credentials-secret")[
        "recovery_window_in_days"
      ];
    expect([window(layer), window(lifted)]).toEqual([30, 0]);
  });

  test.each([
    ["cannot be read", {}, '"docker.json" cannot be read'],
    ["is no JSON", { "docker.json": "token" }, "is not JSON with exactly username and accessToken"],
    ["lacks the token", { "docker.json": '{"username":"someone"}' }, "is not JSON with exactly"],
  ])("are rejected when the file %s, without showing its content", (_case, given, message) => {
    const load = () => withSettings({ enabled: true, docker }, given);
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(message);
    expect(load).not.toThrow("someone");
  });

  test("are neither read nor required while the cache is disabled", () => {
    expect(() => withSettings({ enabled: false, docker }, {})).not.toThrow();
    expect(registryCache.secretFiles?.({ settings: settingsOf({ enabled: false, docker }) })).toEqual({});
  });
});

function settingsOf(given: object) {
  return registryCache.settings.parse({ enabled: true, ...given });
}

test("allows ECR to create repositories of the cache only", () => {
  const resources = readPolicy(layer.resource("aws_iam_role_policy", "creation-policy"))[0]?.Resource;
  expect(resources).toEqual(
    ["docker", "k8s", "public", "quay"].map(
      (name) => `arn:aws:ecr:us-west-2:111122223333:repository/example-${name}/*`,
    ),
  );
});

test("allows principals to import images on first pull, but not to push", () => {
  const statements = readPolicy(layer.resource("aws_iam_policy", "pull-policy"));
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions).toContain("ecr:BatchImportUpstreamImage");
  expect(actions).not.toContain("ecr:PutImage");
  expect(JSON.stringify(statements)).not.toContain('"*"');
});

test("has a key for images only, which no service but ECR uses", () => {
  const statements = readPolicy(layer.resource("aws_kms_key", "key"));
  expect(statements.map(({ Sid }) => Sid)).toEqual([
    "Administration",
    "UseThroughServices",
    "GrantsForServices",
    "RetiringOfGrants",
  ]);
  expect(statements[1]?.Condition).toMatchObject({
    StringEquals: { "kms:ViaService": ["ecr.us-west-2.amazonaws.com"] },
  });
});
