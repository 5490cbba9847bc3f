import { environmentList } from "./proxy-values";
import type { YamlObject } from "./yaml";

/** Inputs of the values of the chart argo-cd. */
export interface ArgocdFacts {
  readonly host: string;
  /** Namespace, beside its own, in which Argo CD accepts Applications. */
  readonly applicationNamespace: string;
  readonly sessionDurationHours: number;
  /** The repositories of applications, with PEM certificates where a server's certificate is of a private authority. */
  readonly repositories: readonly {
    readonly url: string;
    readonly certificateAuthority?: string | undefined;
  }[];
  /** Environment variables of every pod: those of a proxy. */
  readonly variables: Readonly<Record<string, string>>;
}

// Argo CD has no health check of its own for Applications; without one, sync waves do not wait for each other.
const applicationHealth = `local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status or health.status
  health.message = obj.status.health.message or health.message
end
return health
`;

const forwardSecrecyCiphers = [
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "TLS_AES_256_GCM_SHA384",
].join(":");

/** Values of the chart argo-cd: no service outside the cluster, TLS 1.2 or later, short sessions, no unused parts. */
export function argocdValues(facts: ArgocdFacts): YamlObject {
  return {
    global: { domain: facts.host, networkPolicy: { create: true }, env: environmentList(facts.variables) },
    configs: {
      // Terraform creates it, because values of a chart are in its release and in the state.
      secret: { createSecret: false },
      ...trusted(facts.repositories),
      cm: {
        "users.session.duration": `${facts.sessionDurationHours}h`,
        "resource.customizations.health.argoproj.io_Application": applicationHealth,
      },
      params: {
        "application.namespaces": facts.applicationNamespace,
        "server.tls.minversion": "1.2",
        "server.tls.ciphers": forwardSecrecyCiphers,
        "reposerver.tls.minversion": "1.2",
        "reposerver.tls.ciphers": forwardSecrecyCiphers,
      },
    },
    dex: { enabled: false },
    notifications: { enabled: false },
    server: { replicas: 2, service: { type: "ClusterIP" }, pdb: { enabled: true, maxUnavailable: 1 } },
    repoServer: { replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } },
  };
}

/** The authorities for the repositories' hosts, in argocd-tls-certs-cm; the servers of other hosts are not trusted because of them. */
function trusted(repositories: ArgocdFacts["repositories"]): YamlObject {
  const byHost = new Map<string, readonly string[]>();
  for (const { url, certificateAuthority } of repositories) {
    if (certificateAuthority === undefined) continue;
    const { hostname } = new URL(url);
    byHost.set(hostname, [...(byHost.get(hostname) ?? []), certificateAuthority]);
  }
  if (byHost.size === 0) return {};
  const certificates = [...byHost].map(([host, all]) => [host, [...new Set(all)].join("\n")]);
  return { tls: { certificates: Object.fromEntries(certificates) as YamlObject } };
}
