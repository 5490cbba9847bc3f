import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../../lib/errors";
import { missing } from "../tools";
import { type Deployed, deploy, startSurroundings, type Surroundings } from "./argocd/environment";
import { type Application, applicationsOf } from "./argocd/watch";
import { openTunnel } from "./breakable-tunnel";
import type { StandIn } from "./platform/applications";
import { type Place, type Product, startProduct } from "./product";
import { until } from "./program";

const reason = missing("helm", "etcd", "kubernetes", "argocd", "redis");
const environments = ["fine", "degraded", "stuck", "late", "vanished", "foreign", "tunnel"] as const;
type Name = (typeof environments)[number];

/** Four applications in four waves; some read a Secret that a test creates. */
function applicationsIn(environment: Name): readonly StandIn[] {
  const one = (name: string, wave: number, traits: StandIn["traits"]): StandIn => ({
    ...{ name: `${environment}-${name}`, namespace: `${environment}-objects` },
    ...{ wave, traits, finalizer: true, secrets: [] },
  });
  const waits = environment === "late" || environment === "tunnel";
  return [
    one("first", 10, ["deployment"]),
    one("checked", 20, ["deployment", "pre-sync", "pre-delete"]),
    one("job", 30, ["job"]),
    { ...one("last", 40, ["deployment"]), secrets: waits ? [{ name: "login", keys: ["password"] }] : [] },
  ];
}

const login = (environment: Name) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "login", namespace: `${environment}-objects` },
  stringData: { password: "secret" },
});

describe.skipIf(reason !== undefined)(
  `provision rollout on a real API server, with a real Argo CD${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let there: Surroundings;
    const deployed = new Map<Name, Deployed>();

    beforeAll(async () => {
      there = await startSurroundings(environments);
      there.standIns.misbehaviour.failing = /^(degraded-job|stuck-checked-pre-sync)/;
      const { api } = there.cluster;
      await api.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "orch-gateway" } });
      const trusted = { name: "tls-orch", namespace: "orch-gateway" };
      await api.apply({
        apiVersion: "v1",
        kind: "Secret",
        metadata: trusted,
        stringData: { "tls.crt": "PEM" },
      });
      for (const name of environments) deployed.set(name, await deploy(there, name, applicationsIn(name)));
      for (const name of environments)
        await reached(name, "root-app", ({ status }) => (status?.resources ?? []).length === 4);
    });

    afterAll(() => there.stop());

    /** The limits of a rollout are minutes. */
    const product = (namespace: Name, differing: Partial<Place> = { acceleration: 10 }): Promise<Product> => {
      const project = deployed.get(namespace)?.given.project;
      if (project === undefined) throw new Error(`${namespace} was not deployed`);
      return startProduct({ api: there.cluster.api, namespace, project, ...differing });
    };
    /** Waits until an Application is somehow: the clock of the product runs fast, that of Argo CD does not. */
    const reached = (name: Name, which: string, is: (found: Application) => boolean) =>
      until(
        `${which} in ${name} is as expected`,
        async () => {
          const found = await there.cluster.api.list<Application>(applicationsOf(name));
          return found.filter(({ metadata }) => metadata.name === which).some(is);
        },
        { seconds: 240 },
      );
    const notes = ({ printed }: Product) => printed.map((line) => line.trim());
    const application = (name: Name, which: string) => `${applicationsOf(name)}/${name}-${which}`;

    test("is done when every application of every wave is healthy", async () => {
      const fine = await product("fine");
      expect(await fine.provision("rollout --env dev")).toBe(0);
      expect(notes(fine)).toContain("All 4 applications are healthy");
    });

    test("stops at a degraded application, with its wave and the Job that failed", async () => {
      const failure = await (await product("degraded")).provision("rollout --env dev");
      expect(String(failure)).toContain('"degraded-job" in wave 30 is degraded');
      expect(String(failure)).toContain("Job degraded-job: BackoffLimitExceeded");
    });

    test("stops at its limit when an application is tried again and again, and names it", async () => {
      await reached("stuck", "stuck-checked", ({ status }) => (status?.operationState?.retryCount ?? 0) > 0);
      const failure = await (await product("stuck")).provision("rollout --env dev --timeout 5");
      expect(failure).toBeInstanceOf(UserError);
      expect(String(failure)).toContain("wave 20, 1 of 4 healthy, waiting for stuck-checked");
    });

    test("a drain ends the syncs that would not end, of the root application and of the one that it waits for", async () => {
      const { api } = there.cluster;
      const running = ({ operation, status }: Application) =>
        operation !== undefined && status?.operationState?.phase === "Running";
      await reached("stuck", "root-app", running);
      await reached("stuck", "stuck-checked", running);
      const words = "destroy --env dev --only argocd --yes --confirm dev --allow-data-loss argocd";
      const stuck = await product("stuck", {});
      expect(await stuck.provision(words)).toBe(0);
      expect(notes(stuck)).toContain("Argo CD has deleted 3 applications, and what they deployed");
      expect(await api.list(applicationsOf("stuck"))).toEqual([]);
      expect(await api.list("/apis/apps/v1/namespaces/stuck-objects/deployments")).toEqual([]);
    });

    test("shows the Secret that is missing, and is done once it is there", async () => {
      const late = await product("late");
      await reached("late", "late-last", ({ status }) => status?.health?.status === "Progressing");
      const failure = await late.provision("rollout --env dev --timeout 3");
      expect(String(failure)).toContain("waiting for late-last");
      expect(String(failure)).toContain('CreateContainerConfigError: secret "login" not found');
      await there.cluster.api.apply(login("late"));
      expect(await late.provision("rollout --env dev")).toBe(0);
    });

    test("is not done while an application that was deleted is not there again", async () => {
      const { api } = there.cluster;
      const vanished = await product("vanished");
      expect(await vanished.provision("rollout --env dev")).toBe(0);
      const before = await api.get<{ metadata: { uid: string } }>(application("vanished", "last"));
      await api.remove(application("vanished", "last"));
      expect(await vanished.provision("rollout --env dev")).toBe(0);
      const after = await api.get<{ metadata: { uid: string } }>(application("vanished", "last"));
      expect(after.metadata.uid).not.toBe(before.metadata.uid);
    });

    test("is not done while an application is out of sync", async () => {
      const { api } = there.cluster;
      const foreign = await product("foreign");
      expect(await foreign.provision("rollout --env dev")).toBe(0);
      const manual = { spec: { syncPolicy: { automated: null } } };
      await api.merge(`${applicationsOf("foreign")}/root-app`, manual);
      await api.merge(application("foreign", "last"), manual);
      const path = "/apis/apps/v1/namespaces/foreign-objects/deployments/foreign-last";
      const containers = [{ name: "main", image: "registry.invalid/another:1" }];
      await api.merge(path, { spec: { template: { spec: { containers } } } });
      const status = () => api.get<{ status: { sync: { status: string } } }>(application("foreign", "last"));
      await expect
        .poll(async () => (await status()).status.sync.status, { timeout: 60_000 })
        .toBe("OutOfSync");
      const failure = await foreign.provision("rollout --env dev --timeout 1");
      expect(String(failure)).toContain("waiting for foreign-last");
    });

    test("goes on when the tunnel to the API breaks and is there again", async () => {
      const target = Number(new URL(there.cluster.api.access.url).port);
      const tunnel = await openTunnel(target);
      const through = await product("tunnel", {
        url: `https://127.0.0.1:${tunnel.port}`,
        acceleration: 10,
      });
      const ended = through.provision("rollout --env dev");
      await expect
        .poll(() => notes(through).join("\n"), { timeout: 60_000 })
        .toContain("Healthy up to wave 30");
      await tunnel.break();
      await expect.poll(() => notes(through).join("\n")).toContain("The Kubernetes API does not answer");
      await tunnel.mend();
      await there.cluster.api.apply(login("tunnel"));
      expect(await ended).toBe(0);
      expect(notes(through)).toContain("The Kubernetes API answers again");
      await tunnel.stop();
    });

    test("goes on when the API server restarts", async () => {
      const { cluster } = there;
      await cluster.stopApiServer();
      const fine = await product("fine");
      const ended = fine.provision("rollout --env dev");
      await sleep(2000);
      await cluster.startApiServer();
      expect(await ended).toBe(0);
      expect(notes(fine)).toContain("The Kubernetes API answers again");
    });
  },
);
