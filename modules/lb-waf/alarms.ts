import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { addAlarm } from "../../lib/constructs/alarm";
import type { LayerStack } from "../../lib/layer/stack";
import type { LoadBalancerName } from "./hosts";
import type { LoadBalancers } from "./balancers/load-balancers";
import type { AlarmSettings } from "./settings";
import type { TargetGroups, TargetName } from "./balancers/target-groups";
import type { ProtectedName } from "./firewall/web-acl";

/** Monitored resources, alarm settings and the topic that alarms notify. */
export interface Monitored {
  readonly loadBalancers: LoadBalancers;
  readonly targets: TargetGroups;
  readonly webAcls: Readonly<Record<ProtectedName, Wafv2WebAcl>>;
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

/** Adds alarms on 5xx errors, blocked requests and unhealthy targets. */
export function addAlarms(stack: LayerStack, on: Monitored): void {
  for (const name of ["traefik", "argocd"] as const) {
    addErrorAlarm(stack, name, on);
    addBlockAlarm(stack, name, on);
  }
  for (const [target, group] of Object.entries(on.targets)) {
    // Object.entries widens the keys of a record to string.
    addTargetAlarm(stack, { name: target as TargetName, group }, on);
  }
}

function addErrorAlarm(stack: LayerStack, name: ProtectedName, on: Monitored): void {
  addAlarm(stack, `${name}-load-balancer-errors`, {
    description: `The load balancer ${name} returns 5xx errors itself: its targets do not respond, or respond too late. Check its target groups`,
    metric: {
      namespace: "AWS/ApplicationELB",
      name: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: on.loadBalancers[name].arnSuffix },
      statistic: "Sum",
    },
    threshold: { above: on.settings.errorsPerFiveMinutes },
    topicArn: on.topicArn,
  });
}

function addBlockAlarm(stack: LayerStack, name: ProtectedName, on: Monitored): void {
  addAlarm(stack, `${name}-blocked-requests`, {
    description: `The web ACL ${name} blocks many requests: an attack, or a rule that blocks legitimate clients. Its log contains rule and source address`,
    metric: {
      namespace: "AWS/WAFV2",
      name: "BlockedRequests",
      dimensions: { WebACL: on.webAcls[name].name, Region: stack.environment.region, Rule: "ALL" },
      statistic: "Sum",
    },
    threshold: { above: on.settings.blockedRequestsPerFiveMinutes },
    topicArn: on.topicArn,
  });
}

interface Target {
  readonly name: TargetName;
  readonly group: LbTargetGroup;
}

function addTargetAlarm(stack: LayerStack, { name, group }: Target, on: Monitored): void {
  const entrance = entrances[name];
  const loadBalancer = on.loadBalancers[entrance];
  if (loadBalancer === undefined) return;
  addAlarm(stack, `${name}-unhealthy-targets`, {
    description: `Pods of ${name} have failed the load balancer's health check for 15 minutes: check their events and logs`,
    metric: {
      namespace: networkEntrances.includes(entrance) ? "AWS/NetworkELB" : "AWS/ApplicationELB",
      name: "UnHealthyHostCount",
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: group.arnSuffix },
      statistic: "Maximum",
    },
    threshold: { above: 0 },
    // During a rollout, pods are unhealthy for minutes.
    periods: 3,
    topicArn: on.topicArn,
  });
}
