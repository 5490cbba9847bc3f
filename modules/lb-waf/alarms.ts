import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { LoadBalancerName } from "./hosts";
import type { LoadBalancers } from "./balancers/load-balancers";
import type { AlarmSettings } from "./settings";
import type { TargetGroups, TargetName } from "./balancers/target-groups";
import type { GuardedName } from "./firewall/web-acl";

/** What is watched, and who is told. */
export interface Watch {
  readonly loadBalancers: LoadBalancers;
  readonly targets: TargetGroups;
  readonly webAcls: Readonly<Record<GuardedName, Wafv2WebAcl>>;
  readonly settings: AlarmSettings;
  readonly topicArn: string;
}

const entrances: Readonly<Record<TargetName, LoadBalancerName>> = {
  traefik: "traefik",
  "traefik-grpc": "traefik",
  tinkerbell: "tinkerbell",
  argocd: "argocd",
  gitea: "argocd",
  vpro: "vpro",
};

const networkEntrances: readonly LoadBalancerName[] = ["tinkerbell", "vpro"];

/** Alarms on requests without an answer, programs that fail their health checks, and attacks. */
export function addAlarms(stack: LayerStack, watch: Watch): void {
  for (const name of ["traefik", "argocd"] as const) {
    watchErrors(stack, name, watch);
    watchBlocks(stack, name, watch);
  }
  for (const [target, group] of Object.entries(watch.targets)) {
    // Object.entries widens the keys of a record to string.
    watchTargets(stack, { name: target as TargetName, group }, watch);
  }
}

function watchErrors(stack: LayerStack, name: GuardedName, watch: Watch): void {
  addAlarm(stack, `${name}-load-balancer-errors`, {
    description: `The load balancer ${name} answers 5xx by itself: nothing behind it answers, or too late. Look at its target groups`,
    metric: {
      namespace: "AWS/ApplicationELB",
      name: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: watch.loadBalancers[name].arnSuffix },
      statistic: "Sum",
    },
    threshold: { above: watch.settings.errorsPerFiveMinutes },
    topicArn: watch.topicArn,
  });
}

function watchBlocks(stack: LayerStack, name: GuardedName, watch: Watch): void {
  addAlarm(stack, `${name}-blocked-requests`, {
    description: `The web ACL ${name} blocks many requests: an attack, or a rule that stops clients. Its log names rule and address`,
    metric: {
      namespace: "AWS/WAFV2",
      name: "BlockedRequests",
      dimensions: { WebACL: watch.webAcls[name].name, Region: stack.environment.region, Rule: "ALL" },
      statistic: "Sum",
    },
    threshold: { above: watch.settings.blockedRequestsPerFiveMinutes },
    topicArn: watch.topicArn,
  });
}

interface Target {
  readonly name: TargetName;
  readonly group: LbTargetGroup;
}

function watchTargets(stack: LayerStack, { name, group }: Target, watch: Watch): void {
  const entrance = entrances[name];
  const loadBalancer = watch.loadBalancers[entrance];
  if (loadBalancer === undefined) return;
  addAlarm(stack, `${name}-unhealthy-targets`, {
    description: `Pods of ${name} have failed the load balancer's health check for a quarter of an hour: look at their events and logs`,
    metric: {
      namespace: networkEntrances.includes(entrance) ? "AWS/NetworkELB" : "AWS/ApplicationELB",
      name: "UnHealthyHostCount",
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: group.arnSuffix },
      statistic: "Maximum",
    },
    threshold: { above: 0 },
    // A roll-out makes pods unhealthy for minutes.
    periods: 3,
    topicArn: watch.topicArn,
  });
}
