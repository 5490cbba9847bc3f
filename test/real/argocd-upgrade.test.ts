import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { argocd } from "../../modules/argocd/layer";
import { declaredObjects, declaredReleases } from "../../scripts/provision/kubernetes/found/declared";
import { replacedSecret, unknownObjects } from "../../scripts/provision/kubernetes/found/unknown-objects";
import type { KubernetesApi } from "../../scripts/provision/world/index";
import { kubernetes } from "../../scripts/provision/world/kubernetes";
import { synthLayer } from "../synth";
import { clusterTerraform, type ClusterTerraform } from "./cluster-terraform";
import { type Cluster, clusterHost, startCluster } from "./kubernetes/cluster";
import { withoutExpressions } from "./kubernetes/layer-objects";
import { missing } from "./tools";

const reason = missing("terraform", "clusterProviders", "etcd", "kubernetes");
const name = { apiVersion: "v1", kind: "Secret", metadata: { name: "argocd-secret", namespace: "argocd" } };

const layer = synthLayer(argocd);
const address = "kubernetes_secret_v1.secret-argocd-argocd-secret";
const namespaces = { argocd: { metadata: { name: "argocd" } } };
const after = ["kubernetes_namespace_v1.argocd"];

/** The block of the Secret as the layer has it, with values that no secret holds. */
function secretBlock() {
  const { metadata, type } = layer.resource("kubernetes_secret_v1", "secret-argocd-argocd-secret");
  const values = { "admin.password": "new-password", "server.secretkey": "new-key" };
  return { metadata, type, data_wo: values, data_wo_revision: 1, depends_on: after };
}

/** The values of the release as the layer has them. */
function releaseValues(): string {
  // The layer renders exactly one document for a chart.
  const [document] = layer.resource("helm_release", "argocd")["values"] as [string];
  return stringify(parse(String(withoutExpressions(document))));
}

/** What the chart argo-cd does about this Secret: https://github.com/argoproj/argo-helm/blob/argo-cd-9.5.11/charts/argo-cd/templates/argocd-configs/argocd-secret.yaml */
const template = `{{- $secret := (.Values.configs | default dict).secret | default dict }}
{{- if ne (toString $secret.createSecret) "false" }}
apiVersion: v1
kind: Secret
metadata:
  name: argocd-secret
  namespace: argocd
type: Opaque
{{- end }}
`;

/** A chart in the place of argo-cd. */
function chart(folder: string, version: string) {
  const place = join(folder, version, "argo-cd");
  mkdirSync(join(place, "templates"), { recursive: true });
  writeFileSync(join(place, "Chart.yaml"), stringify({ apiVersion: "v2", name: "argo-cd", version }));
  writeFileSync(join(place, "templates/secret.yaml"), template);
  return { version, folder: place };
}

describe.skipIf(reason !== undefined)(
  `a cluster with Argo CD of an earlier version of the layer${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let folder: string;
    let cluster: Cluster;
    let terraform: ClusterTerraform;
    let api: KubernetesApi;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "upgrade-"));
      cluster = await startCluster(join(folder, "cluster"));
      terraform = await clusterTerraform(folder, cluster, [chart(folder, "8.2.7"), chart(folder, "9.5.11")]);
      api = kubernetes.connect({
        ...{ url: cluster.api.access.url, serverName: clusterHost },
        authority: readFileSync(join(folder, "cluster/authority.crt"), "utf8"),
        token: () => Promise.resolve(cluster.api.access.token),
      });
    });

    afterAll(async () => {
      terraform.closeCharts();
      await cluster.stop();
      rmSync(folder, { recursive: true });
    });

    const release = (version: string, more: object) => ({
      argocd: {
        ...{ name: "argocd", namespace: "argocd", chart: "argo-cd", repository: terraform.url, version },
        ...{ atomic: true, upgrade_install: true, depends_on: after, ...more },
      },
    });
    const apply = () => terraform.run("apply", "-no-color", "-auto-approve");
    const valuesOf = async () => {
      const { data } = await cluster.api.get<{ data?: Record<string, string> }>(
        "/api/v1/namespaces/argocd/secrets/argocd-secret",
      );
      const entries = Object.entries(data ?? {});
      return Object.fromEntries(
        entries.map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]),
      );
    };

    test("has the Secret of the release, in which Argo CD has stored a login", async () => {
      terraform.write({ kubernetes_namespace_v1: namespaces, helm_release: release("8.2.7", {}) });
      await terraform.run("init", "-no-color");
      await apply();
      await api.patch(name, { stringData: { "admin.password": "old-password" } });
      expect(await valuesOf()).toEqual({ "admin.password": "old-password" });
    });

    test("gets the Secret of Terraform in its place, which outlives the release's next version", async () => {
      const secret = secretBlock();
      const helm = release("9.5.11", { values: [releaseValues()], depends_on: [...after, address] });
      terraform.write({
        kubernetes_namespace_v1: namespaces,
        kubernetes_secret_v1: { "secret-argocd-argocd-secret": secret },
        helm_release: helm,
      });
      await expect(apply()).rejects.toThrow('secrets "argocd-secret" already exists');
      const known = new Set((await terraform.run("state", "list")).split("\n"));
      const releases = declaredReleases(layer.json);
      const declared = declaredObjects(layer.json).filter((object) => object.address === address);
      for (const found of await unknownObjects(api, declared, known)) {
        const finding = replacedSecret(found, releases);
        expect(finding.doubt).toBeUndefined();
        await finding.cure(api);
      }
      await apply();
      expect(await valuesOf()).toEqual(secret.data_wo);
      expect(await terraform.run("plan", "-no-color")).toContain("No changes.");
      expect(readFileSync(join(folder, "terraform/terraform.tfstate"), "utf8")).not.toMatch(/(old|new)-/);
    });
  },
);
