import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../../lib/errors";
import { missing } from "../tools";
import { type Deployed, deploy, startSurroundings, type Surroundings } from "./argocd/environment";
import { applicationsOf } from "./argocd/watch";
import { openTunnel } from "./breakable-tunnel";
import type { StandIn } from "./platform/applications";
import { type Product, startProduct } from "./product";

const reason = missing("helm", "etcd", "kubernetes", "argocd", "redis");
const environments = ["fine", "degraded", "stuck", "vanished", "tunnel"] as const;
type Name = (typeof environments)[number];

/** Four applications in four waves; some read a Secret that a test creates. */
function applicationsIn(environment: Name): readonly StandIn[] {
  const one = (name: string, wave: number, traits: StandIn["traits"]): StandIn => ({
    ...{ name: `${environment}-${name}`, namespace: `${environment}-objects` },
    ...{ wave, traits, finalizer: true, secrets: [] },
  });
  const waits = environment === "tunnel";
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
    });

    afterAll(() => there.stop());

    const product = (namespace: Name, url?: string): Promise<Product> => {
      const project = deployed.get(namespace)?.given.project;
      if (project === undefined) throw new Error(`${namespace} was not deployed`);
      return startProduct({
        api: there.cluster.api,
        namespace,
        project,
        // The limits are minutes.
        acceleration: 10,
        ...(url === undefined ? {} : { url }),
      });
    };
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
      const failure = await (await product("stuck")).provision("rollout --env dev --timeout 5");
      expect(failure).toBeInstanceOf(UserError);
      expect(String(failure)).toContain("wave 20, 1 of 4 healthy, waiting for stuck-checked");
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

    test("goes on when the tunnel to the API breaks and is there again", async () => {
      const target = Number(new URL(there.cluster.api.access.url).port);
      const tunnel = await openTunnel(target);
      const through = await product("tunnel", `https://127.0.0.1:${tunnel.port}`);
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
