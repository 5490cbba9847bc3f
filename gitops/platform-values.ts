import { merged } from "./merged";
import { type ClusterProxy, type EdgeNodeProxy, proxyValues } from "./proxy-values";
import type { Services } from "./releases/platform-release";
import { serviceValues } from "./service-values";
import type { YamlObject } from "./yaml";

/** Limit of each client's requests at the platform's ingress. */
interface RateLimit {
  readonly average: number;
  readonly periodSeconds: number;
  readonly burst: number;
  readonly ipStrategyDepth: number;
}

/** Where charts, images and files of the platform are read from. */
interface ReleaseService {
  readonly chartRepository: string;
  readonly containerRegistry: string;
  readonly ociRegistry: string;
  readonly fileServer: string;
}

/** What an environment decides about the platform. */
export interface PlatformDecisions {
  readonly services: Services;
  /** Whether the Prometheus server that service levels are exported to has a certificate of a private authority. */
  readonly srePrivateAuthority: boolean;
  readonly proxies: {
    readonly cluster: ClusterProxy | undefined;
    readonly edgeNodes: EdgeNodeProxy | undefined;
  };
  /** Unset: none, or that of a profile. */
  readonly rateLimit: RateLimit | undefined;
  /** Unset: that of a profile. */
  readonly releaseService: ReleaseService | undefined;
}

/** Values below `argo` of the platform's charts that follow from these decisions. */
export function platformValues(decisions: PlatformDecisions): YamlObject {
  const { services, proxies, rateLimit, releaseService } = decisions;
  const proxy = proxyValues(proxies);
  return merged(serviceValues(services), {
    ...(services.sre ? { o11y: { sre: sreValues(decisions) } } : {}),
    ...(Object.keys(proxy).length === 0 ? {} : { proxy }),
    ...(rateLimit === undefined ? {} : { traefik: { rateLimit: rateLimitValues(rateLimit) } }),
    ...(releaseService === undefined ? {} : releaseServiceValues(releaseService)),
  });
}

/** https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/custom/sre-exporter.tpl */
function sreValues({ srePrivateAuthority }: PlatformDecisions): YamlObject {
  return { tls: { caSecretEnabled: srePrivateAuthority } };
}

/** https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/argocd/applications/custom/traefik-extra-objects.tpl */
function rateLimitValues({ periodSeconds, ...limit }: RateLimit): YamlObject {
  return { ...limit, period: `${periodSeconds}s` };
}

/** https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/orch-configs/profiles/artifact-rs-production-noauth.yaml */
function releaseServiceValues(service: ReleaseService): YamlObject {
  const { chartRepository, containerRegistry, ociRegistry, fileServer } = service;
  return {
    releaseService: { ociRegistry, fileServer },
    chartRepoURL: chartRepository,
    rsChartRepoURL: chartRepository,
    containerRegistryURL: containerRegistry,
  };
}
