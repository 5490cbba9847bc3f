import type { Environment } from "./environment-schema";

/** An environment file, checked and completed with every default. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  /** Checked settings by layer name. */
  readonly settings: Readonly<Record<string, unknown>>;
}
