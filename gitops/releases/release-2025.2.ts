import type { PlatformRelease } from "./platform-release";
import { bootIngresses } from "./boot-ingresses";
import { shared } from "./shared";
import { sharedApplications } from "./shared-applications";

/** https://github.com/open-edge-platform/edge-manageability-framework/tree/v2025.2.0; its branch differs in version numbers only. */
export const release2025v2: PlatformRelease = {
  commit: "3a2d9869daa26e1925daf159dabb7307fc24e3ed",
  tag: "v2025.2.0",
  kubernetes: shared.kubernetes,
  hosts: [...shared.hosts, ...shared.deviceHosts],
  bootIngress: bootIngresses.nginx,
  applications: [...sharedApplications, "app-interconnect-manager"],
  profiles: [...shared.profiles, "enable-singleTenancy"],
  namespaces: shared.namespaces,
  secrets: [
    ...shared.secrets,
    { namespace: "orch-platform", name: "platform-keycloak", keys: ["admin-password"] },
  ],
};
