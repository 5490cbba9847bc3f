import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { HandOverDocument } from "../../gitops/expectations/hand-over-document";
import { projectValues } from "../../gitops/project-values";
import { thirdPartyApplicationsValues } from "../../gitops/third-party/values";
import { renderYaml } from "../../gitops/yaml";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { awsError } from "./aws-error";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, ground } from "./toys";

const platform = defineLayer({
  name: "platform",
  summary: "Release of the platform",
  settings: z.strictObject({
    release: z.string().default("2025.2").describe("Release"),
    services: z.record(z.string(), z.boolean()).default({ ui: true }).describe("Services"),
  }),
  needs: {},
  outputs: {},
  build: () => ({}),
});

/** The layer that hands over, with an output of an earlier one as a value and within a value. */
const deployer = defineLayer({
  name: "deployer",
  summary: "Root application",
  settings: z.strictObject({}),
  needs: { ground },
  outputs: {},
  build(stack, { from }) {
    const { vpcId } = from.ground;
    const subnet = from.ground.subnetIds.at("us-west-2a");
    const aws = { account: "123456789012", vpc: vpcId, subnets: [`first: ${subnet}`, "second"] };
    const argo = { clusterName: "dev", clusterDomain: "dev.example.com", aws };
    const valuesObject = {
      argo,
      own: { text: "see reference-0", other: "reference-0-", digit: `${vpcId}1` },
    };
    const helm = { valueFiles: ["$values/b.yaml", "$values/a.yaml"], valuesObject };
    const git = { repoURL: "https://git.example.com/emf", targetRevision: "v2025.2.1" };
    const exporter = { name: "exporter", repository: "oci://registry.example.com/charts", chart: "export" };
    const rest = { revision: "1.2.3", namespace: "export", wave: 3, values: { size: 1 } };
    const kinds = { clusterResources: [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }] };
    const given = { environment: "dev", applications: [{ ...exporter, ...rest, ...kinds }] };
    const valuesOfOthers = thirdPartyApplicationsValues({ ...given, autoSync: true });
    const sources = [
      { ...git, path: "argocd/applications", helm },
      {
        repoURL: "charts",
        chart: "argocd-apps",
        targetRevision: "1",
        helm: { valuesObject: valuesOfOthers },
      },
    ];
    new HelmProvider(stack, "helm", {});
    new Release(stack, "root", {
      name: "root",
      chart: "argocd-apps",
      values: [renderYaml({ applications: { "root-app": { sources } } })],
    });
    new Release(stack, "projects", {
      name: "projects",
      chart: "argocd-apps",
      values: [renderYaml(projectValues(given))],
    });
    new KubernetesProvider(stack, "kubernetes", {});
    new SecretV1(stack, "secret", {
      metadata: { namespace: "orch-infra", name: "smtp-auth" },
      data: { username: "nobody", password: "seed-of-a-secret" },
    });
    return {};
  },
});

const layers = inOrder([cellar, ground, platform, deployer]);
let world: FakeWorld;

beforeEach(() => {
  world = new FakeWorld();
});

async function document(): Promise<HandOverDocument> {
  world.printed.length = 0;
  expect(await run(world, "handover --env dev --json", layers)).toBe(0);
  return JSON.parse(world.printed.join("\n")) as HandOverDocument;
}

async function applied(): Promise<void> {
  expect(await run(world, "apply --env dev --yes", layers)).toBe(0);
}

test("what is handed over is the root application's own: release, commit, value files in order, values", async () => {
  expect(await document()).toMatchObject({
    version: 1,
    environment: { name: "dev", account: "123456789012", domain: "dev.example.com", scaleProfile: "default" },
    platform: { release: "2025.2", tag: "v2025.2.0", services: { ui: true } },
    repository: {
      url: "https://git.example.com/emf",
      revision: "v2025.2.1",
      path: "argocd/applications",
    },
    valueFiles: ["b.yaml", "a.yaml"],
    values: { argo: { clusterName: "dev" } },
  });
});

test("Secrets have names and keys, and no values", async () => {
  await applied();
  world.printed.length = 0;
  const { secrets } = await document();
  expect(secrets).toEqual([{ namespace: "orch-infra", name: "smtp-auth", keys: ["password", "username"] }]);
  expect(world.printed.join("\n")).not.toContain("seed-of-a-secret");
});

test("values of layers that are not applied are marked and listed, and none is invented", async () => {
  const { values, unknown } = await document();
  expect(values).toMatchObject({
    argo: { aws: { vpc: "(known after apply)", subnets: ["(known after apply)", "second"] } },
  });
  expect(unknown).toEqual([
    { value: "argo.aws.vpc", layer: "ground", output: "vpcId" },
    { value: "argo.aws.subnets.0", layer: "ground", output: "subnetIds.us-west-2a" },
    { value: "own.digit", layer: "ground", output: "vpcId" },
  ]);
  expect(world.errors).toEqual(["3 values are known only after these layers are applied: ground"]);
});

test("values of applied layers are those in the state", async () => {
  await applied();
  const state = JSON.parse(world.cloud.stored.get("dev-state/us-west-2/ground/dev") ?? "") as {
    outputs: { vpcId: { value: string }; subnetIds: { value: Record<string, string> } };
  };
  const { vpcId, subnetIds } = state.outputs;
  const { values, unknown } = await document();
  expect(values).toMatchObject({
    argo: { aws: { vpc: vpcId.value, subnets: [`first: ${subnetIds.value["us-west-2a"] ?? ""}`, "second"] } },
  });
  expect(unknown).toEqual([]);
  expect(world.errors).toEqual([]);
});

test("texts of the environment file stay as they are, whatever they look like", async () => {
  const own = { text: "see reference-0", other: "reference-0-" };
  expect((await document()).values).toMatchObject({ own });
  await applied();
  const { values } = await document();
  expect(values).toMatchObject({ own });
  const {
    argo,
    own: { digit },
  } = values as { argo: { aws: { vpc: string } }; own: { digit: string } };
  expect(digit).toBe(`${argo.aws.vpc}1`);
});

test("with credentials, a state that cannot be read is a failure, not a value that is not known yet", async () => {
  await applied();
  Object.assign(world.aws, { send: () => Promise.reject(awsError("AccessDenied", "not authorized")) });
  world.printed.length = 0;
  expect(await run(world, "handover --env dev --json", layers)).toMatchObject({
    message: 'Cannot read the outputs of "ground": AWS says "AccessDenied: not authorized"',
    hint: expect.stringMatching(/^Use a role that has this permission, .*handover --env dev/),
    exitCode: 1,
  });
  expect(world.printed).toEqual([]);
});

test("warnings are wrapped at the width of the terminal", async () => {
  Object.assign(world.terminal, { columns: 40 });
  await document();
  expect(
    world.errors
      .join("\n")
      .split("\n")
      .every((line) => line.length <= 40),
  ).toBe(true);
});

test("an output that is sensitive stays unknown", async () => {
  await applied();
  const key = "dev-state/us-west-2/ground/dev";
  const state = JSON.parse(world.cloud.stored.get(key) ?? "") as { outputs: { vpcId: object } };
  state.outputs.vpcId = { ...state.outputs.vpcId, sensitive: true };
  world.cloud.stored.set(key, JSON.stringify(state));
  expect((await document()).unknown).toMatchObject([{ value: "argo.aws.vpc" }, { value: "own.digit" }]);
});

test("without AWS, it says why values are unknown", async () => {
  await applied();
  const refused = awsError("CredentialsProviderError", "Could not load credentials from any providers");
  Object.assign(world.aws, { send: () => Promise.reject(refused) });
  expect((await document()).unknown).toHaveLength(3);
  expect(world.errors[0]).toMatch(/^Cannot read the outputs of applied layers: .*Could not load credentials/);
  expect(world.errors[1]).toBe(
    "3 values are unknown, because the state of these layers was not read: ground",
  );
});

test("YAML is the same document", async () => {
  const json = await document();
  world.printed.length = 0;
  expect(await run(world, "handover --env dev", layers)).toBe(0);
  expect(parse(world.printed.join("\n"))).toEqual(json);
  expect(world.printed[0]).toBe("version: 1");
});

test("the digest changes with what is handed over, and with nothing else", async () => {
  const { digest } = await document();
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect((await document()).digest).toBe(digest);
  await applied();
  expect((await document()).digest).not.toBe(digest);
});

// As the guide has it.
test.skipIf(spawnSync("jq", ["--version"]).error !== undefined)(
  "the digest is what jq and a shell make of the rest",
  async () => {
    const { digest } = await document();
    const input = world.printed.join("\n");
    const { stdout } = spawnSync("sh", ["-c", "jq -cjS 'del(.digest)'"], { input, encoding: "utf8" });
    expect(digest).toBe(`sha256:${createHash("sha256").update(stdout).digest("hex")}`);
  },
);

test("applications beside those of the platform are in the document", async () => {
  const { applications } = await document();
  expect(applications).toEqual([
    {
      ...{ name: "exporter", repository: "registry.example.com/charts", revision: "1.2.3" },
      ...{ path: null, chart: "export", namespace: "export", wave: 3, values: { size: 1 } },
      clusterResources: [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }],
    },
  ]);
});

test("an environment without a root application is refused", async () => {
  expect(await run(world, "handover --env dev", [cellar, ground, platform])).toMatchObject({
    message:
      "Cannot print the hand-over of configs/dev.yaml: its layers have no root application that Argo CD would deploy",
    hint: "Add the layer argocd to configs/dev.yaml",
  });
});
