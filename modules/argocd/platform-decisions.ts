import type { z } from "zod";
import type { PlatformDecisions } from "../../gitops/platform-values";
import type { ClusterProxy } from "../../gitops/proxy-values";
import { direct, indirectRanges } from "../../lib/aws-facts/direct-destinations";
import { orchestratorDomain } from "../../lib/layer/domain";
import type { Environment } from "../../lib/layer/environment-schema";
import type { eks } from "../eks/layer";
import type { platform } from "../platform/layer";
import type { route53 } from "../route53/layer";
import type { vpc } from "../vpc/layer";
import type { Settings } from "./settings";

/** What the environment file decides: the settings of this layer and of those before it. */
export interface Decisions {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly platform: z.output<(typeof platform)["settings"]>;
  readonly eks: z.output<(typeof eks)["settings"]>;
  readonly route53: Pick<z.output<(typeof route53)["settings"]>, "certificate">;
  readonly vpc: Pick<z.output<(typeof vpc)["settings"]>, "cidr" | "additionalCidrs">;
}

/** What is decided about the platform, as its charts' values take it. */
export function platformDecisions(decisions: Decisions): PlatformDecisions {
  const { services, secrets, edgeNodeProxy, traefikRateLimit, releaseService } = decisions.platform;
  return {
    services,
    srePrivateAuthority: secrets.srePrivateAuthority,
    proxies: {
      cluster: podProxy(decisions),
      edgeNodes: edgeNodeProxy,
    },
    rateLimit: traefikRateLimit.source === "own" ? withoutSource(traefikRateLimit) : undefined,
    releaseService,
  };
}

/**
 * The proxy of the cluster's pods: that of its nodes. The orchestrator's own names are reached directly, because the load
 * balancers allow the cluster's addresses, not those of a proxy.
 */
export function podProxy({
  environment,
  eks,
  vpc,
}: Pick<Decisions, "environment" | "eks" | "vpc">): ClusterProxy | undefined {
  const { proxy } = eks.nodes;
  if (proxy === undefined) return undefined;
  const domain = orchestratorDomain(environment);
  const ranges = indirectRanges([vpc.cidr, ...vpc.additionalCidrs]);
  return { ...proxy, noProxy: [...direct, ...ranges, domain, `.${domain}`, ...proxy.noProxy] };
}

function withoutSource<Limit extends { readonly source: string }>({
  source: _,
  ...limit
}: Limit): Omit<Limit, "source"> {
  return limit;
}
