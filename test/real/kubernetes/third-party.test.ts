import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { releases } from "../../../gitops/releases";
import { argocd } from "../../../modules/argocd/layer";
import { objectsChart } from "../../../modules/argocd/plain-objects";
import { type RawEnvironment, synthLayer } from "../../synth";
import { missing } from "../tools";
import type { KubernetesObject } from "./api";
import { serveChart, type ChartServer } from "./argocd/chart-server";
import { startSurroundings, type Surroundings } from "./argocd/environment";
import { handedOver } from "./argocd/root-application";
import { type Application, applicationsOf, watchDrain, watchRollout } from "./argocd/watch";
import { chartReleases, isPlain, render } from "./charts";
import type { StandIn } from "./platform/applications";
import { createRepository } from "./platform/repository";
import { startProduct } from "./product";

const reason = missing("helm", "etcd", "kubernetes", "argocd", "redis");
const environment = "others";
const git = "https://git.example.com/others";

/** One that stays within its namespace, and two that do not. */
const applications = ["shop", "reaching", "greedy"].map((name, index) => ({
  ...{ name, repository: git, path: `others/${name}`, revision: "main", allowMovingRevision: true },
  ...{ namespace: name, wave: index === 0 ? 0 : 1 },
}));
const configMap = (name: string, namespace: string) => ({
  ...{ apiVersion: "v1", kind: "ConfigMap" },
  metadata: { name, namespace },
  data: { answer: "42" },
});
const role = {
  ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" },
  metadata: { name: "greedy" },
  rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
};
const manifests: Readonly<Record<string, object>> = {
  shop: configMap("shop", "shop"),
  reaching: configMap("reaching", "shop"),
  greedy: role,
};

const platform = [10, 20].map((wave): StandIn => ({
  ...{ name: `platform-${wave}`, namespace: "platform", wave, traits: ["deployment"] },
  ...{ finalizer: true, secrets: [] },
}));

const edit = (raw: RawEnvironment) => {
  raw.name = environment;
  raw.layers.argocd.applications = applications;
};

describe.skipIf(reason !== undefined)(
  `applications beside the platform's, with a real Argo CD${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let there: Surroundings;
    let charts: ChartServer;
    let projects: readonly KubernetesObject[];

    beforeAll(async () => {
      there = await startSurroundings([environment]);
      charts = await serveChart(join(there.folder, "charts"), objectsChart);
      const { valueFiles } = await handedOver({ edit });
      const folder = join(there.folder, "git", environment);
      const repository = createRepository(folder, { applications: platform, valueFiles });
      for (const [name, manifest] of Object.entries(manifests)) {
        const path = join(folder, dirname(repository.path), "others", name, "manifest.yaml");
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, stringify(manifest));
      }
      repository.commit(platform);
      const { api } = there.cluster;
      for (const name of [environment, ...Object.keys(manifests)])
        await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
      const url = `${there.git.url}/${environment}/${repository.path}`;
      const objects = await objectsAt({ url, charts: charts.url });
      projects = objects.filter(({ kind }) => kind === "AppProject");
      for (const object of objects) await api.apply(object);
    });

    afterAll(async () => {
      charts.stop();
      await there.stop();
    });

    const reported = (name: string) => async () => {
      const path = `${applicationsOf(environment)}/${name}`;
      return JSON.stringify((await there.cluster.api.get<Application>(path)).status);
    };
    const refused = async (name: string, what: string) => {
      const text = `${what} is not permitted in project ${name === "greedy" ? "" : "'"}${environment}.${name}`;
      await expect.poll(reported(name), { timeout: 60_000 }).toContain(text);
    };

    test("are deployed after it, into their namespaces", async () => {
      const wanted = [...platform.map(({ name }) => name), "shop"];
      const seen = await watchRollout(there.cluster.api, environment, { wanted, seconds: 120 });
      expect(seen.get("shop")?.appeared).toBeGreaterThan(seen.get("platform-20")?.done ?? Infinity);
      const { data } = await there.cluster.api.get<KubernetesObject>(
        "/api/v1/namespaces/shop/configmaps/shop",
      );
      expect(data).toEqual({ answer: "42" });
    });

    test("have no objects in the namespaces of others, and no kinds without a namespace", async () => {
      await refused("reaching", "namespace shop");
      await refused("greedy", "resource rbac.authorization.k8s.io:ClusterRole");
      const { api } = there.cluster;
      await expect(api.get("/api/v1/namespaces/shop/configmaps/reaching")).rejects.toThrow("404");
      await expect(api.get("/apis/rbac.authorization.k8s.io/v1/clusterroles/greedy")).rejects.toThrow("404");
    });

    test("are deleted before it by destroy, with what they deployed", async () => {
      const { api } = there.cluster;
      const [project] = projects;
      if (project === undefined) throw new Error("The layer has no project");
      const product = await startProduct({ api, namespace: environment, project });
      const gone = watchDrain(api, environment, 120);
      expect(await product.provision("destroy --env dev --yes --confirm dev --only argocd")).toBe(0);
      const order = await gone;
      for (const { name } of applications)
        expect(order.indexOf(name), name).toBeLessThan(order.indexOf("platform-20"));
      await expect(api.get("/api/v1/namespaces/shop/configmaps/shop")).rejects.toThrow("404");
    });
  },
);

/** What the layer gives Argo CD, with the addresses of servers of ours. */
async function objectsAt({
  url,
  charts,
}: {
  readonly url: string;
  readonly charts: string;
}): Promise<readonly KubernetesObject[]> {
  const plain = chartReleases(synthLayer(argocd, { edit })).filter(isPlain);
  const objects = (await Promise.all(plain.map((release) => render(release)))).flat();
  const wanted = objects.filter(({ kind }) => kind === "AppProject" || kind === "Application");
  const text = JSON.stringify(wanted)
    .replaceAll("https://github.com/open-edge-platform/edge-manageability-framework", url)
    .replaceAll(releases["2026.0"].commit, "main")
    .replaceAll(git, url)
    .replaceAll("https://argoproj.github.io/argo-helm", charts);
  // What was an array of objects is one.
  return JSON.parse(text) as readonly KubernetesObject[];
}
