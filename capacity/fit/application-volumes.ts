import type { ScaleProfile } from "../../lib/layer/environment-schema";

/** Persistent volumes that the applications ask for, by the kind of node they have to be attached to. */
export interface ApplicationVolumes {
  readonly observability: number;
  readonly others: number;
  /** Each, as their charts ask for. */
  readonly sizeGiB: number;
}

/**
 * The edge's observability charts, replica by replica: Loki write, Mimir ingesters, store gateway, compactor; 40 GiB
 * each. They grow with the value file that the argocd layer picks: o11y-release, from 500en on o11y-release-large.
 */
const edge = { release: 3 + 3 + 1 + 1, large: 6 + 18 + 3 + 3 };
/** An estimate on the high side: the observability of the orchestrator itself. */
const orchestrator = 3;
/** An estimate on the high side: Vault, Gitea, Keycloak and whatever else keeps data on a volume of its own. */
const others = 12;

const release = { observability: edge.release + orchestrator, others, sizeGiB: 40 };
const large = { observability: edge.large + orchestrator, others, sizeGiB: 40 };

/** Volumes by scale profile. The applications decide them: check again when their release changes. */
export const applicationVolumes: Readonly<Record<ScaleProfile, ApplicationVolumes>> = {
  default: release,
  "100en": release,
  "500en": large,
  "1ken": large,
  "10ken": large,
};
