import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { V1Secret } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { argocd } from "../../../modules/argocd/layer";
import { releaseNames, releases } from "../../../gitops/releases";
import { Services } from "../../../modules/platform/services";
import { type EnvironmentName, environmentFiles } from "../../environments/files";
import { type RawEnvironment, type SynthesisOptions, synthLayer } from "../../synth";
import { missing, tools } from "../tools";
import type { KubernetesObject } from "./api";
import { chartReleases, isPlain, originalOf, render } from "./charts";
import { type Cluster, startCluster } from "./cluster";
import { kubernetesObjects } from "./layer-objects";
import { startStandIns, type StandIns } from "./stand-ins";

const reason = missing("helm", "etcd", "kubernetes", "argocd");
// The keys of the table are the names.
const environments = Object.keys(environmentFiles) as EnvironmentName[];

describe.skipIf(reason !== undefined)(
  `a real API server${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let folder: string;
    let cluster: Cluster;
    let standIns: StandIns;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "kubernetes-"));
      cluster = await startCluster(folder);
      standIns = await startStandIns(cluster);
      for (const definition of definitions()) await cluster.api.apply(definition);
    });

    afterAll(async () => {
      await standIns.stop();
      await cluster.stop();
      rmSync(folder, { recursive: true });
    });

    const apply = async (objects: readonly KubernetesObject[]) => {
      for (const object of objects) {
        // Its parameters are those of one environment for ever.
        if (object.kind === "StorageClass")
          await cluster.api.remove(`/apis/storage.k8s.io/v1/storageclasses/${object.metadata.name}`);
        const { metadata } = await cluster.api.apply(object);
        expect({ labels: {}, annotations: {}, ...metadata }).toMatchObject(object.metadata);
      }
    };

    test.each(environments)("accepts every object of the layer argocd of %s", async (config) => {
      await apply(await objectsOf({ config }));
    });

    test.each(releaseNames)("holds every Secret that release %s expects, with its keys", async (release) => {
      const edit = (raw: RawEnvironment) => (raw.layers.platform.release = release);
      await apply(await objectsOf({ edit }));
      const services = Services.parse({});
      const expected = releases[release].secrets.filter(
        ({ service, namespace }) => (service === undefined || services[service]) && namespace !== "gitea",
      );
      for (const { namespace, name, keys } of expected) {
        const { data } = await cluster.api.get<V1Secret>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
        expect(Object.keys(data ?? {}), `${namespace}/${name}`).toEqual(expect.arrayContaining([...keys]));
      }
    });

    test("refuses an object of the layer with a field that its kind does not have", async () => {
      const binding = (await objectsOf()).find(({ kind }) => kind === "TargetGroupBinding");
      const misspelt = { serviceRef: { name: "traefik", port: 443 }, targetGroupArn: "arn" };
      // The binding has all that an object has.
      const wrong = { ...binding, spec: misspelt } as KubernetesObject;
      await expect(cluster.api.apply(wrong)).rejects.toThrow("targetGroupArn: field not declared");
    });

    for (const release of chartReleases(synthLayer(argocd))) {
      const title = `${release.chart} ${release.version}`;
      const found = originalOf(release) !== undefined;
      const folder = tools.charts === undefined ? "HELM_CHARTS names no folder" : `not in ${tools.charts}`;
      const why = found ? "" : ` (${folder})`;

      test.skipIf(!found)(`what ${title} renders as ${release.name} is accepted${why}`, async () => {
        await apply(await objectsOf());
        for (const object of await render(release)) await cluster.api.apply(object, release.namespace);
      });

      if (!isPlain(release)) continue;
      test.skipIf(!found)(
        `${title} renders ${release.name} as the chart in its place does${why}`,
        async () => {
          const ours = await render(release, { original: false });
          const theirs = await render(release);
          expect(ours.map(comparable)).toEqual(theirs.map(comparable));
        },
      );
    }
  },
);

/** An object without the labels of its chart, and without values that a Secret gets when it is rendered. */
const comparable = (object: KubernetesObject) => ({
  ...object,
  metadata: { ...object.metadata, labels: undefined },
  data: Object.keys(object["data"] ?? {}),
});

/** All that the layer creates itself. */
async function objectsOf(options: SynthesisOptions = {}): Promise<readonly KubernetesObject[]> {
  const layer = synthLayer(argocd, options);
  const rendered = await Promise.all(
    chartReleases(layer)
      .filter(isPlain)
      .map((release) => render(release)),
  );
  return [...kubernetesObjects(layer), ...rendered.flat()];
}

/** Definitions of the kinds that the layer's objects are of. */
function definitions(): readonly KubernetesObject[] {
  const released = join(tools.argocd ?? "", "crds");
  const files = readdirSync(released).filter((name) => name.endsWith("-crd.yaml"));
  const paths = [...files.map((name) => join(released, name)), join(__dirname, "target-group-binding.yaml")];
  // Each of the files is a definition.
  return paths.map((path) => parse(readFileSync(path, "utf8")) as KubernetesObject);
}
