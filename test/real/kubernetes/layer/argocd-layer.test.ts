import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { V1Secret } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releases } from "../../../../gitops/releases";
import { Services } from "../../../../modules/platform/services";
import type { CommandResult } from "../../command";
import { provision, startProvision } from "../../provision";
import { succeed } from "../../terraform";
import { missing } from "../../tools";
import type { KubernetesObject } from "../api";
import { type Argocd, startInstalled } from "../argocd/start";
import { applicationsOf, watchRollout } from "../argocd/watch";
import type { StandIn } from "../platform/applications";
import { until } from "../program";
import { killTree } from "./killed";
import { secretOf } from "./states";
import { type LayerSurroundings, startLayerSurroundings } from "./surroundings";

const reason = missing(
  ...(["terraform", "mirror", "clusterProviders", "moto"] as const),
  ...(["helm", "etcd", "kubernetes", "argocd", "redis"] as const),
);

const one = (name: string, wave: number, ...traits: StandIn["traits"]): StandIn => ({
  ...{ name, wave, traits, namespace: `${name}-objects` },
  ...{ finalizer: true, secrets: [] },
});
const applications: readonly StandIn[] = [
  one("first", 10, "deployment", "post-delete"),
  one("volumes", 20, "stateful-set"),
  one("copied", 20, "job"),
  one("checked", 30, "deployment", "pre-sync", "kind"),
  // Argo CD leaves what it deployed.
  { ...one("kept", 40, "deployment"), finalizer: false },
];

describe.skipIf(reason !== undefined)(
  `the layer argocd with the real providers, from its first apply to a plain terraform destroy${reason === undefined ? "" : ` (${reason})`}`,
  // Each run initialises Terraform for every layer that this one reads, with a provider of 700 MB.
  { timeout: 900_000 },
  () => {
    let there: LayerSurroundings;
    let argocd: Argocd | undefined;

    beforeAll(async () => {
      there = await startLayerSurroundings(applications);
    });
    afterAll(async () => {
      await argocd?.stop();
      await there.stop();
    });

    const selected = ["--only", "argocd-alone"];
    const words = (command: string, ...more: readonly string[]) => [
      ...[command, "--env", there.environmentFile, ...selected, ...more],
    ];
    const run = (command: string, ...more: readonly string[]): Promise<CommandResult> =>
      provision(there.folder, there.variables, ...words(command, ...more));
    const apply = () => run("apply", "--yes", "--skip-rollout");
    const list = (path: string) => there.cluster.api.list(path);
    const records = (status: string) =>
      list(`/api/v1/namespaces/argocd/secrets?labelSelector=owner%3Dhelm,name%3Dargocd,status%3D${status}`);
    const deployments = async () =>
      (await list("/apis/apps/v1/deployments")).map(({ metadata }) => metadata.name);

    test("an apply that is killed while Helm waits leaves an unfinished release, and a lock that keeps the next from touching it", async () => {
      const { misbehaviour } = there.standIns;
      misbehaviour.pending = /^argocd-server-/;
      const killed = startProvision(
        there.folder,
        there.variables,
        ...words("apply", "--yes", "--skip-rollout"),
      );
      await until(
        "Helm waits for Argo CD",
        async () => (await waiting()) && (await records("pending-install")).length === 1,
        {
          seconds: 300,
        },
      );
      killTree(killed.pid);
      expect((await killed.ended).code).toBeNull();
      misbehaviour.pending = undefined;
      const secrets = await list("/api/v1/secrets");

      const refused = await apply();
      expect(refused.code, refused.output).toBe(5);
      expect(refused.output).toMatch(/Cannot apply "argocd-alone": its state is locked by "\S+@\S+" since/);
      expect((await list("/api/v1/secrets")).map(versionOf)).toEqual(secrets.map(versionOf));
      const [, folder = "", id = ""] =
        /terraform -chdir=(\S+) force-unlock (\S+);/.exec(refused.output) ?? [];
      await succeed(join(there.folder, folder), there.variables, "force-unlock", "-force", id);
    });

    const waiting = async () =>
      (await list("/api/v1/namespaces/argocd/pods?fieldSelector=status.phase%3DPending")).length > 0;

    test("the next apply takes over what the killed one left, and goes on", async () => {
      const applied = await apply();
      expect(applied.code, applied.output).toBe(0);
      expect(applied.output).toContain('Release argocd is "pending-install" since');
      expect(applied.output).toContain(
        "kubernetes_namespace_v1.namespace-argocd exists as argocd, and is imported",
      );
      expect(await records("deployed")).toHaveLength(1);
      expect(await records("pending-install")).toEqual([]);
    });

    test("Secrets have the values of Secrets Manager, under the keys that the platform reads", async () => {
      const services = Services.parse({});
      const expected = releases["2026.0"].secrets.filter(
        ({ service, name }) => (service === undefined || services[service]) && name !== "tls-orch",
      );
      for (const { namespace, name, keys } of expected) {
        const { data = {} } = await there.cluster.api.get<V1Secret>(
          `/api/v1/namespaces/${namespace}/secrets/${name}`,
        );
        expect(Object.keys(data), `${namespace}/${name}`).toEqual(expect.arrayContaining([...keys]));
        expect(Object.values(data), `${namespace}/${name}`).not.toContain("");
      }
      const keycloak = await there.cluster.api.get<V1Secret>(
        "/api/v1/namespaces/orch-platform/secrets/platform-keycloak",
      );
      expect(Buffer.from(keycloak.data?.["admin-password"] ?? "", "base64").toString()).toBe(
        secretOf("keycloak-admin"),
      );
    });

    test("once Argo CD has synced and others have labelled a namespace, there is nothing to change", async () => {
      const { cluster, folder, gitAuthority } = there;
      const labels = { "istio-injection": "enabled" };
      await cluster.api.merge("/api/v1/namespaces/orch-boots", { metadata: { labels } });
      mkdirSync(join(folder, "argocd/tls"), { recursive: true });
      writeFileSync(join(folder, "argocd/tls/localhost"), gitAuthority);
      argocd = await startInstalled(cluster, join(folder, "argocd"));
      const wanted = applications.map(({ name }) => name);
      await watchRollout(cluster.api, "dev", { wanted, seconds: 300 });
      const planned = await run("plan", "--detailed-exitcode");
      expect(planned.code, planned.output).toBe(0);
      const { metadata } = await cluster.api.get<KubernetesObject>("/api/v1/namespaces/orch-boots");
      expect(metadata.labels).toMatchObject(labels);
    });

    test("a plain terraform destroy of the exported layer has Argo CD delete what it deployed, and then removes all", async () => {
      const exported = join(there.folder, "exported");
      const written = await provision(
        there.folder,
        there.variables,
        "export",
        "--env",
        there.environmentFile,
        "--out",
        exported,
      );
      expect(written.code, written.output).toBe(0);
      const layer = join(exported, "argocd-alone");
      await succeed(layer, there.variables, "init", "-input=false");
      const destroyed = await succeed(layer, there.variables, "destroy", "-no-color", "-auto-approve");
      expect(destroyed).toMatch(/Destroy complete! Resources: \d+ destroyed/);
      expect(await list(applicationsOf("dev"))).toEqual([]);
      expect(await deployments()).toEqual(["kept"]);
      const left = (await list("/api/v1/namespaces")).map(({ metadata }) => metadata.name);
      expect(left).not.toContain("argocd");
      expect(left).not.toContain("dev");
    });
  },
);

const versionOf = ({ metadata: { namespace, name, resourceVersion } }: KubernetesObject) =>
  `${namespace ?? ""}/${name} ${resourceVersion ?? ""}`;
