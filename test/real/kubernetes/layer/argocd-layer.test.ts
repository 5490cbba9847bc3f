import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startProvision, provision } from "../../provision";
import { missing } from "../../tools";
import { until } from "../program";
import { killTree } from "./killed";
import { startLayerSurroundings, type LayerSurroundings } from "./surroundings";

const reason = missing("terraform", "mirror", "clusterProviders", "moto", "helm", "etcd", "kubernetes", "argocd", "redis");

describe.skipIf(reason !== undefined)(
  `the layer argocd with the real providers${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let there: LayerSurroundings;

    beforeAll(async () => {
      there = await startLayerSurroundings([]);
    });
    afterAll(() => there.stop());

    const words = (...more: readonly string[]) => [...more, "--env", there.environmentFile, "--only", "argocd-alone"];
    const unfinished = () => there.cluster.api.list("/api/v1/namespaces/argocd/secrets?labelSelector=owner%3Dhelm,name%3Dargocd,status%3Dpending-install");

    test("applies", async () => {
      there.standIns.misbehaviour.pending = /^argocd-server-/;
      const killed = startProvision(there.folder, there.variables, ...words("apply", "--yes", "--skip-rollout"));
      await until("Helm waits for Argo CD", async () => {
        if ((await unfinished()).length === 0) return false;
        return (await there.cluster.api.list("/api/v1/namespaces/argocd/pods?fieldSelector=status.phase%3DPending")).length > 0;
      }, { seconds: 300 });
      killTree(killed.pid);
      console.log((await killed.ended).output);
      there.standIns.misbehaviour.pending = undefined;
      for (let i=0; i<2;i++) {
      const applied = await provision(there.folder, there.variables, ...words("apply", "--yes", "--skip-rollout"));
      console.log("=== next", applied.code, applied.output);
      const unlock = /force-unlock (\S+)/.exec(applied.output);
      if (unlock) {
        const { succeed } = await import("../../terraform");
        console.log(await succeed(there.folder + "/cdktf.out/dev/stacks/argocd-alone", there.variables, "force-unlock", "-force", unlock[1] ?? ""));
      }}
    });
  },
);
