import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { projectValues } from "../../gitops/project-values";
import { interruptedReleases } from "../../scripts/provision/kubernetes/found/interrupted-releases";
import { lostObjects } from "../../scripts/provision/kubernetes/found/lost";
import { kubernetes } from "../../scripts/provision/world/kubernetes";
import type { KubernetesApi } from "../../scripts/provision/world/index";
import { clusterTerraform, type ClusterTerraform } from "./cluster-terraform";
import { type Cluster, clusterHost, startCluster } from "./kubernetes/cluster";
import { missing } from "./tools";

const reason = missing("terraform", "clusterProviders", "etcd", "kubernetes");
const { projects } = projectValues({ environment: "dev", applications: [] });
const applications = { "root-app": { namespace: "dev", project: "dev", destination: { namespace: "dev" } } };
const records = { namespace: "argocd", labels: "owner=helm,name=root-application" };
const secretKind = { apiVersion: "v1", kind: "Secret" };

describe.skipIf(reason !== undefined)(
  `the real providers of clusters${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let folder: string;
    let cluster: Cluster;
    let terraform: ClusterTerraform;
    let api: KubernetesApi;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "providers-"));
      cluster = await startCluster(join(folder, "cluster"));
      for (const [kind, plural] of Object.entries({ Application: "applications", AppProject: "appprojects" }))
        await cluster.api.apply(definition(kind, plural));
      const chart = join(__dirname, "kubernetes/charts/argocd-apps");
      terraform = await clusterTerraform(folder, cluster, [{ version: "2.0.2", folder: chart }]);
      api = kubernetes.connect({
        ...{
          url: cluster.api.access.url,
          serverName: clusterHost,
          authority: readFileSync(join(folder, "cluster/authority.crt"), "utf8"),
        },
        token: () => Promise.resolve(cluster.api.access.token),
      });
    });

    afterAll(async () => {
      terraform.closeCharts();
      await cluster.stop();
      rmSync(folder, { recursive: true });
    });

    const write = (releases: Readonly<Record<string, object>>) => {
      const source = {
        chart: "argocd-apps",
        repository: terraform.url,
        version: "2.0.2",
        namespace: "argocd",
      };
      const release = Object.entries(releases).map(([name, { ...given }]) => [
        name,
        { ...source, name, ...given },
      ]);
      const namespaces = ["argocd", "dev"].map((name) => [name, { metadata: { name } }]);
      terraform.write({
        helm_release: Object.fromEntries(release),
        kubernetes_namespace_v1: Object.fromEntries(namespaces),
      });
    };
    const apply = () => terraform.run("apply", "-no-color", "-auto-approve");

    const after = ["kubernetes_namespace_v1.argocd", "kubernetes_namespace_v1.dev"];
    const project = {
      ...{
        values: [stringify({ projects })],
        take_ownership: true,
        upgrade_install: true,
        depends_on: after,
      },
    };
    const root = {
      ...{ values: [stringify({ applications })], upgrade_install: true },
      depends_on: [...after, "helm_release.platform-project"],
    };
    const releases = ["platform-project", "root-application"].map((name) => ({ name, namespace: "argocd" }));

    test("a project that was installed with the root application becomes a release of its own, and stays", async () => {
      const name = {
        ...{ apiVersion: "argoproj.io/v1alpha1", kind: "AppProject" },
        metadata: { name: "dev", namespace: "argocd" },
      };
      write({ "root-application": { values: [stringify({ projects, applications })], depends_on: after } });
      await terraform.run("init", "-no-color");
      await apply();
      const before = await api.read(name);
      write({ "platform-project": project, "root-application": root });
      await apply();
      expect(await api.read(name)).toMatchObject({ metadata: { uid: Object(before["metadata"]).uid } });
      expect(await terraform.run("plan", "-no-color")).toContain("No changes.");
    });

    test("a release without state is upgraded, and one that was killed is installed once its record is deleted", async () => {
      await terraform.run("state", "rm", "helm_release.root-application");
      await apply();
      expect(await terraform.run("plan", "-no-color")).toContain("No changes.");
      await terraform.run("state", "rm", "helm_release.root-application");
      for (const found of await api.list(secretKind, records)) {
        const { name, labels } = Object(found["metadata"]);
        if (labels.status !== "deployed")
          await api.delete({ ...secretKind, metadata: { name, namespace: "argocd" } });
        else await kill(api, found);
      }
      await expect(apply()).rejects.toThrow("another operation (install/upgrade/rollback) is in progress");
      const findings = await interruptedReleases(api, releases);
      expect(findings).toMatchObject([{ effect: "destroyed" }]);
      for (const finding of findings) await finding.cure(api);
      await apply();
      expect(await terraform.run("plan", "-no-color")).toContain("No changes.");
    });

    test("an application that was deleted is missed, and Helm takes what was restored for its own", async () => {
      const name = {
        ...{ apiVersion: "argoproj.io/v1alpha1", kind: "Application" },
        metadata: { name: "root-app", namespace: "dev" },
      };
      expect(await lostObjects(api, releases)).toEqual([]);
      await api.delete(name);
      const findings = await lostObjects(api, releases);
      expect(findings).toMatchObject([
        { text: "Application dev/root-app of release root-application was deleted" },
      ]);
      for (const finding of findings) await finding.cure(api);
      const changed = { "root-app": { ...applications["root-app"], project: "other" } };
      const values = [stringify({ applications: changed })];
      write({ "platform-project": project, "root-application": { ...root, values } });
      await apply();
      expect(await api.read(name)).toMatchObject({ spec: { project: "other" } });
    });

    test("a destroy without refresh needs no chart", async () => {
      terraform.closeCharts();
      await expect(terraform.run("plan", "-no-color", "-destroy")).rejects.toThrow(
        "Unable to locate chart argocd-apps",
      );
      expect(await terraform.run("destroy", "-no-color", "-refresh=false", "-auto-approve")).toContain(
        "4 destroyed",
      );
    });
  },
);

/** Leaves what a Helm that was killed would have left. */
async function kill(api: KubernetesApi, found: Readonly<Record<string, unknown>>): Promise<void> {
  const { name } = Object(found["metadata"]);
  const metadata = { labels: { status: "pending-install" } };
  const { gunzipSync, gzipSync } = await import("node:zlib");
  const inner = Buffer.from(String(Object(found["data"]).release), "base64").toString("latin1");
  const record = JSON.parse(gunzipSync(Buffer.from(inner, "base64")).toString("utf8"));
  record.info.status = "pending-install";
  const packed = gzipSync(JSON.stringify(record)).toString("base64");
  const data = { release: Buffer.from(packed).toString("base64") };
  await api.patch({ ...secretKind, metadata: { name, namespace: "argocd" } }, { metadata, data });
}

/** A kind whose objects may have anything. */
function definition(kind: string, plural: string) {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    metadata: { name: `${plural}.argoproj.io` },
    spec: {
      ...{ group: "argoproj.io", scope: "Namespaced", names: { kind, plural, singular: kind.toLowerCase() } },
      versions: [{ name: "v1alpha1", served: true, storage: true, schema }],
    },
  };
}
