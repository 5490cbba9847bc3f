import type { Settings } from "../../../rehearsal/engine/settings";

/** What a provider that Terraform starts finds in the file that this variable names. */
export const placeVariable = "CHAOS_PROVIDER_PLACE";

/** Where it works. */
export interface ProviderPlace {
  /** Folder of the simulated account. */
  readonly directory: string;
  readonly settings: Settings;
}
