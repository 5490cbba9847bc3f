import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "../cluster";
import { moveBindings } from "./bindings";
import { type Misbehaviour, movePods } from "./pods";
import { provideVolumes } from "./volumes";
import { answerWebhooks } from "./webhooks";

/** What a cluster has beside its control plane: kubelets, volumes, a load balancer controller and servers of webhooks. */
export interface StandIns {
  /** What goes wrong from now on; to be changed at any time. */
  readonly misbehaviour: Misbehaviour;
  /** What it could not do, newest last; the API server may have been away. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

const everyMs = 300;

/** Does their work every moment until it is stopped. */
export async function startStandIns({
  api,
  egressSocket,
}: Pick<Cluster, "api" | "egressSocket">): Promise<StandIns> {
  const misbehaviour: Misbehaviour = {};
  const failures: string[] = [];
  const webhooks = await answerWebhooks(api, egressSocket);
  const state = { stopped: false };
  const attempt = async (work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      failures.push(String(error));
    }
  };
  const loop = async () => {
    while (!state.stopped) {
      await Promise.all([movePods(api, misbehaviour), provideVolumes(api), moveBindings(api)].map(attempt));
      await sleep(everyMs);
    }
  };
  const ended = loop();
  return {
    misbehaviour,
    failures,
    stop: async () => {
      state.stopped = true;
      await ended;
      webhooks.stop();
    },
  };
}
