import type { Hook } from "../../../lib/environment/hooks";
import type { Finished } from "../world/index";

/** What is true of a hook that did not succeed. */
export function hookTruth({ timeoutSeconds }: Pick<Hook, "timeoutSeconds">, ended: Finished): string {
  const { exitCode, seconds } = ended;
  if (exitCode === 127) return "was not found, or exited with 127";
  if (exitCode === 126) return "could not be started, or exited with 126";
  if (exitCode >= 128 && seconds >= timeoutSeconds) return `was killed after ${timeoutSeconds} s`;
  return `exited with ${exitCode}`;
}
