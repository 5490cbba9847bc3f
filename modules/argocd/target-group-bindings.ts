import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import type { PlatformRelease } from "../../gitops/releases/platform-release";
import { type BoundService, boundServices, targetGroupBinding } from "../../gitops/target-group-bindings";
import type { LayerStack } from "../../lib/layer/stack";
import { installObjects } from "./plain-objects";
import type { Chart } from "./releases";

/** The target groups of the services, and which optional services there are. */
interface Bindings extends Pick<Chart, "repositories"> {
  readonly release: Pick<PlatformRelease, "bootIngress">;
  readonly targetGroups: {
    readonly targetGroupArns: { at(service: Exclude<BoundService, "vpro">): string };
    readonly optionalTargetGroupArns: { at(service: "vpro"): string };
  };
  readonly enabled: Readonly<Record<"gitea" | "vpro", boolean>>;
  /** The controller, whose CRD and webhook they need, and the namespaces. */
  readonly after: readonly ITerraformDependable[];
}

/** Binds services to their target groups, apart from Argo CD, which therefore does not wait for the controller. */
export function bindTargetGroups(
  stack: LayerStack,
  { release, targetGroups, enabled, repositories, after }: Bindings,
): Release {
  const services = boundServices(release);
  // Object.keys widens the keys of a record to string.
  const names = Object.keys(services) as BoundService[];
  const optional: Partial<Record<BoundService, boolean>> = enabled;
  const bound = names.filter((name) => optional[name] ?? true);
  const { targetGroupArns, optionalTargetGroupArns } = targetGroups;
  const arnOf = (name: BoundService) =>
    name === "vpro" ? optionalTargetGroupArns.at(name) : targetGroupArns.at(name);
  return installObjects(stack, {
    release: "target-group-bindings",
    namespace: "kube-system",
    objects: bound.map((name) =>
      targetGroupBinding({ ...services[name], name, targetGroupArn: arnOf(name) }),
    ),
    repositories,
    after,
  });
}
