import type { Environment } from "../../../lib/layer/environment-schema";

/** The cluster that is gone; it was named as the environment. */
export interface Cluster {
  readonly environment: Environment;
  /** The VPC that it was in; undefined if neither the settings nor a state name it. */
  readonly vpcId: string | undefined;
}
