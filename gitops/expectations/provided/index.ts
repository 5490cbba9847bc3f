import type { SynthesisedJson } from "../../../synthesis/environment";
import type { Provision } from "../expectation";
import type { EnvironmentNames } from "../names";
import { providedInAccount } from "./account";
import { providedCertificates } from "./certificates";
import { providedInCluster } from "./cluster";
import { secretsOfReleases } from "./release-objects";
import { gitUsers } from "./git-users";
import { targetPorts } from "./target-ports";

/** What exists when Argo CD begins with the applications. */
export function provisionsOf(synthesised: SynthesisedJson, names: EnvironmentNames): readonly Provision[] {
  const objects = [...providedInCluster(synthesised), ...secretsOfReleases(synthesised)];
  return [
    ...providedInAccount(synthesised, names),
    ...providedCertificates(synthesised),
    ...objects,
    ...gitUsers(synthesised, objects),
    ...targetPorts(synthesised),
  ];
}
