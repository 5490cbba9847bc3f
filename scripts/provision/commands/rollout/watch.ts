import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Rollout } from "../../../../lib/layer/rollout";
import { commandLine } from "../../command-line/request";
import { type Application, listApplications } from "../../kubernetes/application";
import { workloadCauses } from "../../kubernetes/causes";
import { SteadyRequests } from "../../kubernetes/steady";
import { unreadyArgocd } from "../../kubernetes/workloads";
import { Durations } from "../../run/durations";
import { Interrupted } from "../../run/interrupts";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";
import type { KubernetesApi } from "../../world/index";
import { Causes } from "./causes";
import { summary, tableLines } from "./lines";
import { RolloutProgress, type Situation } from "./progress";
import { Transitions } from "./transitions";

const pollSeconds = 5;

/** What a watch needs. */
export interface Watch {
  readonly api: KubernetesApi;
  /** The layer that declares the rollout. */
  readonly layer: AnyLayer;
  readonly rollout: Rollout;
  readonly limitSeconds: number;
}

/** How a watch ended. */
export interface Watched {
  /** Undefined when the API never answered. */
  readonly situation: Situation | undefined;
  readonly seconds: number;
  causes(application: string): readonly string[];
}

/** Watches until everything is healthy, something fails for good, or the time is over; throws `Interrupted`. */
export async function watch(run: Run, { api, rollout, limitSeconds }: Watch): Promise<Watched> {
  const { clock } = run.world;
  const started = clock.seconds();
  const durations = new Durations(run.world.files, `${run.folders.own}/durations.json`);
  const progress = new RolloutProgress(rollout.rootApplication);
  const requests = new SteadyRequests(run);
  const causes = new Causes(api);
  const transitions = new Transitions(run.events, (name) => causes.of(name));
  let situation: Situation | undefined;
  let isNew = false;
  const step = { step: "rolling out", usualSeconds: durations.median("rollout") };
  await run.events.step(step, async (show) => {
    for (;;) {
      const look = await requests.try("watch the rollout", async () => {
        const snapshot = await lookAt(api, rollout, situation);
        const now = progress.look(snapshot, clock.seconds());
        await causes.update(now.rows, snapshot.applications, clock.seconds());
        return now;
      });
      if (look !== undefined) {
        situation = look;
        isNew ||= look.rows.some(({ state }) => state === "not created");
        transitions.look(look);
        show(
          summary(look),
          tableLines(look, (name) => causes.of(name)),
        );
        if (look.step === "done" || look.stop !== undefined) return;
      }
      if (clock.seconds() - started >= limitSeconds) return;
      await pause(clock, pollSeconds, () => run.interrupts.draining);
      if (run.interrupts.draining)
        throw new Interrupted("the rollout", commandLine(run.request, { command: "rollout" }));
    }
  });
  const seconds = clock.seconds() - started;
  // A look at a platform that is there already says nothing of the next rollout.
  if (situation?.step === "done" && isNew) {
    durations.add("rollout", seconds);
    durations.write();
  }
  return { situation, seconds, causes: (name) => causes.of(name) };
}

/** Argo CD is asked for only until it is up; later, its applications say enough. */
async function lookAt(
  api: KubernetesApi,
  { namespace, argocdNamespace }: Rollout,
  before: Situation | undefined,
): Promise<{ readonly unready: readonly string[]; readonly applications: readonly Application[] }> {
  if (before !== undefined && before.step !== "Argo CD")
    return { unready: [], applications: await listApplications(api, namespace) };
  const unready = await unreadyArgocd(api, argocdNamespace);
  const causes = await Promise.all(unready.map((workload) => workloadCauses(api, workload)));
  const reasons = unready.map(({ reason }, index) =>
    [...new Set([reason, ...(causes[index] ?? [])])].join(", "),
  );
  return { unready: reasons, applications: unready.length > 0 ? [] : await listApplications(api, namespace) };
}
