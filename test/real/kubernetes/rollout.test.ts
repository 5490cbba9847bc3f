import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missing } from "../tools";
import { deploy, startSurroundings, type Surroundings } from "./argocd/environment";
import { type Seen, watchDrain, watchRollout } from "./argocd/watch";
import { applications } from "./platform/applications";
import { type Product, startProduct } from "./product";

const reason = missing("helm", "etcd", "kubernetes", "argocd", "redis");
const environment = "example";
/** Each way takes three minutes on a quiet machine with two cores. */
const limitSeconds = 1500;
const trusted = { name: "tls-orch", namespace: "orch-gateway" };

describe.skipIf(reason !== undefined)(
  `the whole platform on a real API server, with a real Argo CD${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let there: Surroundings;
    let product: Product;

    beforeAll(async () => {
      there = await startSurroundings([environment]);
      const { api } = there.cluster;
      await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: trusted.namespace } });
      await api.apply({
        apiVersion: "v1",
        kind: "Secret",
        metadata: trusted,
        stringData: { "tls.crt": "PEM" },
      });
      const { given } = await deploy(there, environment, applications);
      product = await startProduct({ api, namespace: environment, project: given.project });
    });

    afterAll(() => there.stop());

    test("every application of every wave becomes healthy, and provision rollout sees when all are", async () => {
      const wanted = applications.map(({ name }) => name);
      const watched = watchRollout(there.cluster.api, environment, { wanted, seconds: limitSeconds });
      // When provision fails, that is what is told; the cluster is stopped below the watch.
      watched.catch(() => undefined);
      expect(await product.provision("rollout --env dev")).toBe(0);
      expect(product.printed.join("\n")).toContain(`All ${wanted.length} applications are healthy`);

      const seen = await watched;
      expect([...seen.values()].every(({ done }) => done !== undefined)).toBe(true);
      expect(overlaps(seen)).toEqual([]);
    }, 1_600_000);

    test("provision destroy has Argo CD delete all of them, the last wave first", async () => {
      const { api } = there.cluster;
      const gone = watchDrain(api, environment, limitSeconds);
      const words = "destroy --env dev --only argocd --yes --confirm dev --allow-data-loss argocd";
      expect(await product.provision(words)).toBe(0);
      expect(product.printed.join("\n")).toContain(
        `Argo CD has deleted ${applications.length + 1} applications`,
      );

      const order = (await gone).filter((name) => name !== "root-app").map(waveOf);
      expect(order).toEqual(order.toSorted((one, other) => other - one));
      const left = await api.list("/apis/apps/v1/deployments");
      expect(left.map(({ metadata }) => metadata).filter(({ namespace }) => namespace !== "argocd")).toEqual(
        [],
      );
    });
  },
);

const waveOf = (name: string) => applications.find((one) => one.name === name)?.wave ?? NaN;

/** Waves that began before all of the wave before was healthy. */
function overlaps(seen: ReadonlyMap<string, Seen>): readonly number[] {
  const waves = [...new Set(applications.map(({ wave }) => wave))];
  const times = waves.map((wave) => {
    const of = applications.filter((one) => one.wave === wave).map(({ name }) => seen.get(name));
    return {
      wave,
      begun: Math.min(...of.map((one) => one?.appeared ?? -Infinity)),
      healthy: Math.max(...of.map((one) => one?.healthy ?? Infinity)),
    };
  });
  // What happened within a second may have been seen in one look.
  const early = times.filter(({ begun }, index) => begun < (times[index - 1]?.healthy ?? 0) - 1);
  return early.map(({ wave }) => wave);
}
