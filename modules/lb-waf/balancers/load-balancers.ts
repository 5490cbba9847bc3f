import type { Eip } from "@cdktf/provider-aws/lib/eip";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { BootIngress } from "../../../gitops/releases/platform-release";
import type { LayerStack } from "../../../lib/layer/stack";
import { addAdministrationEntry, addOrchestratorEntry, type Entry } from "./application-load-balancers";
import type { LoadBalancerName } from "../hosts";
import { addPassThrough, type NetworkEntry } from "./network-load-balancer";
import { podPorts } from "./target-groups";

/** The load balancers of an environment; optional ones may be absent. */
export type LoadBalancers = Readonly<Record<Exclude<LoadBalancerName, "vpro">, Lb>> & { readonly vpro?: Lb };

/** What the load balancers have in front of and behind them. */
interface Inputs extends Entry {
  readonly bootIngress: BootIngress;
}

/** All load balancers, and the Elastic IP addresses of network load balancers. */
export interface Entrances {
  readonly loadBalancers: LoadBalancers;
  readonly addresses: Readonly<Record<string, Eip>>;
}

/** Adds a load balancer for each kind of target group. */
export function addLoadBalancers(stack: LayerStack, entry: Inputs): Entrances {
  const tinkerbell = addTinkerbellEntry(stack, entry);
  const vpro = addVproEntry(stack, entry);
  return {
    loadBalancers: {
      traefik: addOrchestratorEntry(stack, entry),
      tinkerbell: tinkerbell.loadBalancer,
      argocd: addAdministrationEntry(stack, entry),
      ...(vpro === undefined ? {} : { vpro: vpro.loadBalancer }),
    },
    addresses: { ...tinkerbell.addresses, ...vpro?.addresses },
  };
}

function addTinkerbellEntry(stack: LayerStack, { network, targets, bootIngress }: Inputs): NetworkEntry {
  return addPassThrough(
    stack,
    {
      name: "tinkerbell",
      purpose: "Tinkerbell, which edge nodes boot from",
      port: 443,
      podPorts: { [bootIngress.program]: bootIngress.podPort },
      target: targets.tinkerbell,
    },
    network,
  );
}

function addVproEntry(stack: LayerStack, { network, targets }: Entry): NetworkEntry | undefined {
  if (targets.vpro === undefined) return undefined;
  return addPassThrough(
    stack,
    {
      name: "vpro",
      purpose: "Intel vPro, whose machines keep a connection to the management presence server",
      port: 4433,
      podPorts: { mps: podPorts.vpro },
      target: targets.vpro,
    },
    network,
  );
}
