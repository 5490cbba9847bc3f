import type { ThirdPartyApplication } from "../../../gitops/third-party/application";
import type { Settings } from "../settings";

/** The applications of an environment file. */
export function thirdPartyApplications({
  applications,
}: Pick<Settings, "applications">): readonly ThirdPartyApplication[] {
  // Settings are JSON: their schema says so.
  return applications as readonly ThirdPartyApplication[];
}
