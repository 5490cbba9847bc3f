import { releases } from "../../gitops/releases";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { problemsOf } from "../../lib/layer/waiting-rules";
import { natSources } from "../../lib/constructs/nat-sources";
import { hostProblems } from "../../lib/layer/host-length";
import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { platform } from "../platform/layer";
import { route53 } from "../route53/layer";
import { vpc } from "../vpc/layer";
import { routedHosts } from "./balancers/routes";
import { accessProblems } from "./checks/access";
import { addAlarms } from "./alarms";
import { exposureProblems } from "./checks/exposure";
import { networkProblems } from "./checks/network";
import { addFirewall } from "./firewall/firewall";
import { addLoadBalancers } from "./balancers/load-balancers";
import { addRecords } from "./records";
import { scale } from "./scale";
import { Settings } from "./settings";
import { addShield } from "./shield/shield";
import { subnetIds } from "./balancers/subnets";
import { addTargetGroups } from "./balancers/target-groups";

const loadBalancerNames = ["traefik", "tinkerbell", "argocd"] as const;

/** The load balancers, their firewall and their DNS names. */
export const lbWaf = defineLayer({
  name: "lb-waf",
  summary: "Load balancers, target groups, WAF and the DNS names that point at them",
  settings: Settings,
  scale,
  // Of platform the settings only.
  needs: { kms, platform, audit, vpc, route53 },
  outputs: {
    loadBalancerArns: byKey("ARN of each load balancer", loadBalancerNames),
    loadBalancerDnsNames: byKey("DNS name that AWS assigned to each load balancer", loadBalancerNames),
    optionalTargetGroupArns: byKey("ARN of the target groups of optional programs: vpro"),
    targetGroupArns: byKey("ARN of the target group of a program's pods, by program", [
      "traefik",
      "traefik-grpc",
      "tinkerbell",
      "argocd",
      "gitea",
    ]),
    webAclArns: byKey("ARN of the web ACL of each application load balancer", ["traefik", "argocd"]),
  },
  check: (given) =>
    problemsOf(
      () => accessProblems(given.environment),
      () => hostProblems(given.environment, routedHosts),
      () => exposureProblems(given),
      () => networkProblems(given),
    ),
  build(stack, { settings, needs, from }) {
    const release = releases[needs.platform.release];
    const internal = settings.scheme === "internal";
    const network = {
      vpcId: from.vpc.vpcId,
      internal,
      subnetIds: subnetIds(stack.environment.zones, { internal, network: needs.vpc.network, ids: from.vpc }),
      natSources: natSources(stack.environment.zones, needs.vpc, from.vpc),
      nodeSecurityGroupId: from.vpc.nodeSecurityGroupId,
      elasticIpAddresses: settings.elasticIpAddresses,
    };
    const targets = addTargetGroups(stack, { vpcId: from.vpc.vpcId, vpro: needs.platform.services.vpro });
    const https = {
      ...settings,
      certificateArn: from.route53.certificateArn,
      accessLogBucket: from.audit.accessLogBucketName,
    };
    const { loadBalancers, addresses } = addLoadBalancers(stack, {
      network,
      targets,
      https,
      bootIngress: release.bootIngress,
    });
    addShield(stack, settings.shieldAdvanced, { loadBalancers, addresses });
    const webAcls = addFirewall(stack, {
      loadBalancers,
      settings: settings.waf,
      logKeyArn: from.kms.keyArns.at("logs"),
      natSources: internal ? [] : network.natSources,
    });
    const { topicArn } = from.audit;
    addAlarms(stack, { loadBalancers, targets, webAcls, settings: settings.alarms, topicArn });
    if (needs.route53.zones.source !== "none") {
      const zones = { public: from.route53.publicZoneId, private: from.route53.privateZoneId };
      addRecords(stack, zones, { loadBalancers, release, wildcard: settings.wildcardRecord });
    }
    const { vpro, ...required } = targets;
    const balancers: Readonly<Record<(typeof loadBalancerNames)[number], Lb>> = loadBalancers;
    return {
      loadBalancerArns: each(balancers, ({ arn }) => arn),
      loadBalancerDnsNames: each(balancers, ({ dnsName }) => dnsName),
      targetGroupArns: each(required, ({ arn }) => arn),
      optionalTargetGroupArns: vpro === undefined ? {} : { vpro: vpro.arn },
      webAclArns: each(webAcls, ({ arn }) => arn),
    };
  },
});

function each<Name extends string, Item>(
  items: Readonly<Record<Name, Item>>,
  read: (item: Item) => string,
): Record<Name, string> {
  const entries = Object.entries<Item>(items).map(([name, item]) => [name, read(item)]);
  // Object.fromEntries widens the keys of `items` to string.
  return Object.fromEntries(entries) as Record<Name, string>;
}
