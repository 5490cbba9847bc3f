import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { Release } from "@cdktf/provider-helm/lib/release";
import { beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { releaseNames, releases } from "../../gitops/releases";
import { renderYaml } from "../../gitops/yaml";
import { UserError } from "../../lib/errors";
import { defineLayer } from "../../lib/layer/layer";
import type { Command } from "../../scripts/provision/world/index";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { toys } from "./toys";

/** The layer whose settings have the release. */
const platform = defineLayer({
  name: "platform",
  summary: "Release of the platform",
  settings: z.strictObject({
    release: z.string().default("2026.0").describe("Release"),
    services: z.record(z.string(), z.boolean()).default({ vpro: false }).describe("Services"),
  }),
  needs: {},
  outputs: {},
  build: (stack, { settings }) => {
    new KmsAlias(stack, "alias", {
      name: `alias/of-${settings.release.replace(".", "-")}`,
      targetKeyId: "key",
    });
    return {};
  },
});

const values = {
  argo: { clusterName: "dev", clusterDomain: "dev.example.com", aws: { account: "123456789012" } },
  orchestratorDeployment: { targetCluster: "cloud" },
  postCustomTemplateOverwrite: {},
};
const valueFiles = ["profiles/a.yaml", "profiles/b.yaml"];

/** The layer that hands over. */
const deployer = defineLayer({
  name: "deployer",
  summary: "Root application",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    const helm = { valueFiles: valueFiles.map((file) => `$values/${file}`), valuesObject: values };
    const from = { repoURL: "https://git.example.com/emf", targetRevision: "v2026.0.0" };
    const sources = [{ ...from, path: "argocd/applications", helm }];
    const root = renderYaml({ applications: { "root-app": { sources } } });
    new HelmProvider(stack, "helm", {});
    new Release(stack, "root", { name: "root", chart: "argocd-apps", values: [root] });
    return {};
  },
});

const layers = [...toys, platform, deployer];

/** An Application as the checkout's chart would render it. */
function application(name: string, wave: number, given: object): string {
  const annotations = { "argocd.argoproj.io/sync-wave": String(wave) };
  return stringify({
    ...{ kind: "Application", metadata: { name, annotations } },
    spec: {
      sources: [{ helm: { valuesObject: given } }],
      destination: { namespace: "apps" },
      syncPolicy: { syncOptions: ["CreateNamespace=true"] },
    },
  });
}

const wavePath = "metadata.annotations.argocd.argoproj.io/sync-wave";

/** What the checkout's own root application hands over. */
interface OwnRoot {
  path: string;
  valueFiles: readonly string[];
}

let world: FakeWorld;
let commands: Command[];
/** What helm prints for the chart of the applications, whose values are in the last file. */
let rendered: (lastFile: string) => string;
let root: OwnRoot;
/** What helm prints instead. */
let printed: string | undefined;
let helm: { exitCode: number; stderr: string };

beforeEach(() => {
  world = new FakeWorld();
  commands = [];
  printed = undefined;
  rendered = () => application("vault", 160, { key: "alias/of-2026-0" });
  root = { path: "argocd/applications", valueFiles };
  helm = { exitCode: 0, stderr: "" };
  for (const file of ["VERSION", "argocd/applications/Chart.yaml", ...valueFiles])
    world.texts.set(`emf/${file}`, file === "VERSION" ? "2026.0.0\n" : "");
  enable({});
  world.texts.set("emf/argocd/applications/custom/vault.tpl", "# Comment\nserver: {}\n");
  Object.assign(world.processes, {
    run: (command: Command) => {
      commands.push(command);
      return Promise.resolve({ ...helm, stdout: printed ?? output(command), seconds: 1 });
    },
  });
});

function output({ arguments: [, , chart = "", ...rest] }: Command): string {
  const last = rest.at(-1) ?? "";
  if (chart !== "emf/argocd/root-app") return rendered(world.texts.get(last) ?? "");
  const given = { valueFiles: root.valueFiles.map((file) => `$values/${file}`), valuesObject: values };
  const spec = { sources: [{ path: root.path, helm: given }, { ref: "values" }] };
  return stringify({ kind: "Application", spec });
}

/** Switches off all applications of both releases in the first value file, except those that are named. */
function enable(named: Readonly<Record<string, boolean>>): void {
  const off = releaseNames.flatMap((name) => releases[name].applications.map((one) => [one, false]));
  const enabled = { ...(Object.fromEntries(off) as Record<string, boolean>), ...named };
  world.texts.set("emf/profiles/a.yaml", stringify({ argo: { enabled } }));
}

const verify = (...more: string[]) =>
  run(world, ["verify-gitops --env dev --emf emf", ...more].join(" "), layers);

async function document(): Promise<unknown> {
  world.printed.length = 0;
  await verify("--format json");
  return JSON.parse(world.printed.join("\n"));
}

describe("verify-gitops", () => {
  test("says that nothing is missing, and takes away the files with values", async () => {
    expect(await verify()).toBe(0);
    expect(world.printed.at(-1)).toBe(
      "dev, release 2026.0 (checkout 2026.0.0): 1 applications, 1 expectations: nothing is missing",
    );
    expect([...world.texts.keys()].filter((path) => path.startsWith("/tmp/"))).toEqual([]);
  });

  test("renders with helm: value files in order, and then the values that precede them", async () => {
    await verify();
    const rendering = commands.map((command) => [command.program, ...command.arguments].join(" "));
    const own = "--values /tmp/provision-1/values.yaml";
    const given = valueFiles.map((file) => `--values emf/${file}`).join(" ");
    expect(rendering).toEqual([
      `helm template root-app emf/argocd/root-app --namespace dev ${own}`,
      `helm template root-app emf/argocd/applications --namespace dev ${given} ${own}`,
      `helm template root-app emf/argocd/applications --namespace dev ${given} ${own}`,
    ]);
  });

  test("HELM names another program", async () => {
    world.environment["HELM"] = "/opt/helm";
    await verify();
    expect(commands[0]?.program).toBe("/opt/helm");
  });

  test("an empty HELM names none", async () => {
    world.environment["HELM"] = "";
    await verify();
    expect(commands[0]?.program).toBe("helm");
  });

  test("prints what is missing by wave, what to do, and where a rollout would stop", async () => {
    rendered = () =>
      [
        application("web", 300, { host: "web.dev.example.com", key: "alias/of-2026-0" }),
        application("vault", 160, { key: "alias/unseal" }),
      ].join("---\n");
    expect(await verify()).toBe(1);
    const text = world.printed.join("\n");
    expect(text).toMatch(/│ wave │ kind +│ missing +│ expected by │ there is │/);
    expect(text).toMatch(/│ +160 │ kms-alias │ alias\/unseal │ vault/);
    expect(text).toMatch(/│ +300 │ host +│ web +│ web/);
    expect(text).toContain("kms-alias: create it in the layer kms");
    expect(text).toContain(
      'A rollout would stop at wave 160: "vault" does not find kms-alias "alias/unseal"',
    );
    expect(world.printed.at(-1)).toBe(
      "dev, release 2026.0 (checkout 2026.0.0): 2 applications, 3 expectations: 2 findings",
    );
  });

  test("says how a Secret is created", async () => {
    const secret = { adminSecretName: "admin", adminSecretNamespace: "platform" };
    rendered = () => application("vault", 160, { key: "alias/of-2026-0", ...secret });
    expect(await verify()).toBe(1);
    expect(world.printed.join("\n")).toContain(
      "secret: create it in the cluster before Argo CD begins, e.g. kubectl create secret generic <name> --namespace <namespace> --from-literal=<key>=<value>, or",
    );
  });

  test("--format json prints the findings and nothing else", async () => {
    rendered = () => application("vault", 160, { key: "alias/unseal" });
    expect(await document()).toEqual({
      ...{ environment: "dev", release: "2026.0", checkout: "2026.0.0", applications: 1, expectations: 1 },
      notNeeded: [],
      stopsAtWave: 160,
      findings: [
        { kind: "kms-alias", name: "alias/unseal", expectedBy: ["vault"], wave: 160, source: "values: key" },
      ],
    });
  });

  test("what only a service that is off needs is named, and not missing", async () => {
    rendered = () => application("infra", 160, { key: "alias/of-2026-0", host: "mps.dev.example.com" });
    expect(await verify()).toBe(0);
    expect(world.printed).toContain('Not needed without layers.platform.services.vpro: host "mps"');
    expect(await document()).toMatchObject({
      notNeeded: [{ kind: "host", name: "mps", service: "vpro" }],
      findings: [],
    });
  });

  test("a value file that the checkout lacks is found, and the rest is rendered without it", async () => {
    world.texts.delete("emf/profiles/b.yaml");
    expect(await document()).toMatchObject({
      stopsAtWave: 0,
      findings: [{ kind: "value-file", name: "profiles/b.yaml", expectedBy: ["root-app"], wave: 0 }],
    });
    expect(commands[1]?.arguments).not.toContain("emf/profiles/b.yaml");
  });

  test.each([
    ["path of the applications", { path: "elsewhere", valueFiles }],
    ["value files", { path: "argocd/applications", valueFiles: valueFiles.toReversed() }],
  ])("another %s than the platform's own root application has is found", async (name, own) => {
    root = own;
    expect(await document()).toMatchObject({ findings: [{ kind: "hand-over", name }] });
  });

  test("an application that the platform's own root application would render otherwise is found", async () => {
    let renderings = 0;
    rendered = () => application("vault", 160, { key: "alias/of-2026-0", renderings: (renderings += 1) });
    await verify();
    const text = world.printed.join("\n");
    expect(text).toContain(
      'A rollout would not begin: "root-app" fails because of hand-over "values of vault"',
    );
  });

  test("an application that the release deploys with these services, and the checkout does not render, is found", async () => {
    enable({ vault: true, traefik: true, kyverno: true });
    expect(await document()).toMatchObject({
      stopsAtWave: 0,
      findings: [
        { kind: "application", name: "traefik", expectedBy: ["root-app"], source: "release 2026.0" },
      ],
    });
    world.printed.length = 0;
    expect(await verify()).toBe(1);
    const text = world.printed.join("\n");
    expect(text).toContain("application: check out the release unchanged, or correct what");
    expect(text).toContain(
      'A rollout would not be complete: application "traefik" is not rendered as the release has it',
    );
  });

  const vault = () => application("vault", 160, { key: "alias/of-2026-0" });
  test.each([
    ["a wave that is no text", () => vault().replace('"160"', "160"), wavePath],
    ["no namespace", () => vault().replace("namespace: apps", "server: here"), "spec.destination.namespace"],
    [
      "values that Helm could not read",
      () => vault().replace("key:", "Error: 'error'\n        key:"),
      "values: Error",
    ],
  ])("an application with %s is found", async (_, text, part) => {
    rendered = text;
    const finding = {
      kind: "application",
      name: "vault",
      missingKeys: [part],
      provided: "vault by the checkout",
    };
    expect(await document()).toMatchObject({ findings: [finding] });
    expect(await verify()).toBe(1);
  });

  test.each([
    ["is missing", undefined],
    ["has only comments", "# SPDX-License-Identifier: Apache-2.0\n\n"],
  ])("an application is found whose file with values of the environment %s", async (_, text) => {
    const file = "emf/argocd/applications/custom/vault.tpl";
    if (text === undefined) world.texts.delete(file);
    else world.texts.set(file, text);
    const finding = { kind: "application", name: "vault", missingKeys: ["custom/vault.tpl"] };
    expect(await document()).toMatchObject({ findings: [finding] });
  });

  test("--release verifies the environment as it would be with that release", async () => {
    world.texts.set("emf/VERSION", "2025.2.1");
    rendered = () => application("vault", 160, { key: "alias/of-2025-2" });
    expect(await verify("--release 2025.2")).toBe(0);
    expect(world.printed.at(-1)).toContain("dev, release 2025.2 (checkout 2025.2.1)");
  });
});

describe("verify-gitops refuses", () => {
  async function refusal(...more: string[]): Promise<UserError> {
    const outcome = await verify(...more);
    if (outcome instanceof UserError) return outcome;
    throw new Error(`not refused: ${String(outcome)}`);
  }

  test("to work without Helm", async () => {
    helm = { exitCode: 127, stderr: "" };
    expect(await refusal()).toMatchObject({
      message: `Cannot render the platform's applications: there is no "helm" on the PATH`,
      hint: "Install Helm 3 (https://helm.sh/docs/intro/install/), or set HELM to the path of the program",
      exitCode: 4,
    });
  });

  test("a program that cannot be started", async () => {
    helm = { exitCode: 126, stderr: "" };
    expect((await refusal()).message).toBe(
      `Cannot render the platform's applications: "helm" cannot be started`,
    );
  });

  test("what Helm refuses, after Helm's own words", async () => {
    helm = { exitCode: 1, stderr: "Error: nil pointer evaluating interface {}.proxy\n" };
    expect(await refusal()).toMatchObject({
      message: 'Cannot render "emf/argocd/root-app": "helm template" ended with exit code 1',
      hint: "Check that the checkout is unchanged and the program is Helm 3.11 or later; its message is above",
    });
    expect(world.errors.at(-1)).toBe("Error: nil pointer evaluating interface {}.proxy");
  });

  test("what Helm refuses, with value files that the environment file names", async () => {
    helm = { exitCode: 1, stderr: "Error: nil pointer evaluating interface {}.proxy\n" };
    const repository = { valueFiles: ["own.yaml"] };
    const argocd = defineLayer({
      ...{ name: "argocd", summary: "Value files", needs: {}, outputs: {}, build: () => ({}) },
      settings: z.strictObject({
        repository: z.looseObject({}).default(repository).describe("Repository"),
      }),
    });
    const outcome = await run(world, "verify-gitops --env dev --emf emf", [
      ...toys,
      platform,
      argocd,
      deployer,
    ]);
    expect(outcome).toMatchObject({
      hint: "Add the value files of the release that layers.argocd.repository.valueFiles in configs/dev.yaml lacks, or remove the setting, for the release's own; Helm's message is above",
      exitCode: 4,
    });
  });

  test("a folder that is no checkout", async () => {
    world.texts.delete("emf/VERSION");
    expect(await refusal()).toMatchObject({
      message: 'Cannot verify with "emf": it has no file "VERSION" and no folder "argocd/applications"',
      hint: "Clone https://github.com/open-edge-platform/edge-manageability-framework, check out the release, and name that folder with --emf",
      exitCode: 4,
    });
  });

  test("a checkout of another release, and says how it can be used", async () => {
    world.texts.set("emf/VERSION", "2025.2.1");
    expect(await refusal()).toMatchObject({
      message: 'Cannot verify release "2026.0" with "emf": it is version "2025.2.1"',
      hint: "Check out that release, or add --release 2025.2 to verify the environment with this one",
    });
  });

  test("a checkout of a release that is not supported", async () => {
    world.texts.set("emf/VERSION", "2026.1.0-dev");
    expect((await refusal()).hint).toBe("Check out a release that is supported: 2026.0, 2025.2");
  });

  test("a checkout whose root application is none", async () => {
    printed = "kind: ConfigMap\n";
    expect((await refusal()).message).toBe(
      'Cannot verify with "emf": its chart "argocd/root-app" renders no Application with values',
    );
  });

  test("a checkout whose chart renders no application", async () => {
    rendered = () => "";
    expect(await refusal()).toMatchObject({
      message: 'Cannot verify with "emf": its chart "argocd/applications" renders no Application',
      hint: "Check that the checkout is unchanged",
      exitCode: 4,
    });
  });

  test.each([
    ["3.1", "its Vault takes access keys of an IAM user, which would be stored in the cluster"],
    ["2024.1", "it is not a release that this product knows"],
  ])("release %s, which is not supported, whatever the checkout is", async (release, reason) => {
    expect(await refusal(`--release ${release}`)).toMatchObject({
      message: `Cannot verify release "${release}": ${reason}`,
      hint: "Name a supported release with --release: 2026.0 or 2025.2",
      exitCode: 64,
    });
  });

  test("a release that nobody knows", async () => {
    world.texts.set("emf/VERSION", "2027.0.0");
    expect(await refusal("--release 2027.0")).toMatchObject({
      message:
        'Cannot verify release "2027.0": releases since 2026.1 are installed with Helmfile instead of Argo CD',
      exitCode: 64,
    });
  });

  test("an environment without a root application", async () => {
    const outcome = await run(world, "verify-gitops --env dev --emf emf", [...toys, platform]);
    expect(outcome).toMatchObject({
      message:
        "Cannot verify configs/dev.yaml: its layers have no root application that Argo CD would deploy",
      hint: "Add the layer argocd to configs/dev.yaml",
    });
  });
});
