import type { Rollout } from "../../../../lib/layer/rollout";
import { type Application, listApplications } from "../../kubernetes/application";
import { workloadCauses } from "../../kubernetes/causes";
import { SteadyRequests } from "../../kubernetes/steady";
import { unreadyArgocd } from "../../kubernetes/argocd";
import type { Run } from "../../run/run";
import type { KubernetesApi } from "../../world/index";
import { Causes } from "./causes";
import type { KnownCauses } from "./lines";
import { RolloutProgress, type Situation, type Snapshot } from "./progress";
import { Transitions } from "./transitions";

/** Looks at a rollout again and again. */
export class Looks {
  /** The newest look; undefined while the API has never answered. */
  last: Situation | undefined;
  /** Whether an application was still to be created. */
  isNew = false;
  private readonly progress: RolloutProgress;
  private readonly requests: SteadyRequests;
  private readonly reader: Causes;
  private readonly transitions: Transitions;

  constructor(
    private readonly run: Run,
    private readonly at: { readonly api: KubernetesApi; readonly rollout: Rollout },
  ) {
    this.progress = new RolloutProgress(at.rollout.rootApplication);
    this.requests = new SteadyRequests(run);
    this.reader = new Causes(at.api);
    this.transitions = new Transitions(run.events, this.causes);
  }

  readonly causes: KnownCauses = (name) => this.reader.of(name);

  /** Looks once, and says what has changed; undefined when nothing answers. */
  async next(): Promise<Situation | undefined> {
    const look = await this.requests.try("watch the rollout", () => this.look());
    if (look === undefined) return undefined;
    this.last = look;
    this.isNew ||= look.rows.some(({ state }) => state === "not created");
    this.transitions.look(look);
    return look;
  }

  private async look(): Promise<Situation> {
    const { clock } = this.run.world;
    const snapshot = await this.snapshot();
    const look = this.progress.look(snapshot, clock.seconds());
    await this.reader.update(look.rows, snapshot.applications, clock.seconds());
    return look;
  }

  /** Argo CD is asked for only until it is up; later, its applications say enough. */
  private async snapshot(): Promise<Snapshot> {
    const { api, rollout } = this.at;
    const isUp = this.last !== undefined && this.last.step !== "Argo CD";
    const unready = isUp ? [] : await unreadyArgocd(api, rollout.argocdNamespace);
    const causes = await Promise.all(unready.map((workload) => workloadCauses(api, workload)));
    const applications: readonly Application[] =
      unready.length > 0 ? [] : await listApplications(api, rollout.namespace);
    return {
      unready: unready.map(({ reason }, index) =>
        [...new Set([reason, ...(causes[index] ?? [])])].join(", "),
      ),
      applications,
    };
  }
}
