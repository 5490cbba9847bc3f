import type { PlatformRelease } from "./platform-release";
import { bootIngresses } from "./boot-ingresses";
import { shared } from "./shared";
import { sharedApplications } from "./shared-applications";

/** https://github.com/open-edge-platform/edge-manageability-framework/tree/v2026.0.0 */
export const release2026v0: PlatformRelease = {
  commit: "87252cf4f0d3491488f05e9ab1b05fb9821631bd",
  tag: "v2026.0.0",
  kubernetes: shared.kubernetes,
  hosts: [...shared.hosts, ...shared.deviceHosts, "cluster-management", "docs-ui"],
  bootIngress: bootIngresses.haproxy,
  applications: [
    ...sharedApplications,
    "component-status",
    "haproxy-ingress-pxe-boots",
    "ingress-haproxy",
    "keycloak-operator",
  ],
  profiles: [
    ...shared.profiles,
    "eim-noobb",
    "enable-edgeinfra-vpro",
    "enable-platform-vpro",
    "enable-singleTenancy",
  ],
  namespaces: shared.namespaces,
  secrets: [
    ...shared.secrets,
    {
      namespace: "orch-platform",
      name: "platform-keycloak",
      keys: ["username", "admin-password", "password"],
    },
  ],
};
