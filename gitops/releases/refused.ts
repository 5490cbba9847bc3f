import { bootIngresses } from "./boot-ingresses";
import type { KnownRelease } from "./platform-release";
import { shared } from "./shared";

/** A release that is known, and not installed. */
interface RefusedRelease extends KnownRelease {
  readonly reason: string;
}

/** Where 3.0 and 3.1 configure access keys: the environment of https://github.com/open-edge-platform/edge-manageability-framework/blob/v3.1.3/argocd/applications/custom/vault.tpl */
const keys = "its Vault takes access keys of an IAM user, which would be stored in the cluster";

/** Releases that are not installed, for which environments of the previous deployer can exist. */
export const refusedReleases: Readonly<Record<string, RefusedRelease>> = {
  "3.1": {
    tag: "v3.1.3",
    hosts: [...shared.hosts, ...shared.deviceHosts],
    bootIngress: bootIngresses.nginx,
    reason: keys,
  },
  "3.0": {
    tag: "v3.0.0",
    hosts: shared.hosts,
    bootIngress: bootIngresses.nginx,
    reason: `${keys}, and images that it needs were withdrawn`,
  },
};
