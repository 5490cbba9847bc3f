import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { Resource } from "../../../synthesis/resource";
import type { Provision } from "../expectation";
import { placedValues } from "../value-paths";
import { chartValues } from "./chart-values";
import { placeholdersOf } from "./placeholder";

const Binding = z.object({
  kind: z.literal("TargetGroupBinding"),
  metadata: z.object({ namespace: z.string() }),
  spec: z.object({
    serviceRef: z.object({ name: z.string(), port: z.union([z.number(), z.string()]) }),
    targetGroupARN: z.string(),
  }),
});

/** The Services whose pods are registered with target groups, with the ports of pods that their load balancers may reach. */
export function targetPorts(synthesised: SynthesisedJson): readonly Provision[] {
  return chartValues(synthesised).flatMap(({ release, values, references }) =>
    placedValues(values).flatMap(({ value }) => {
      const binding = Binding.safeParse(value).data;
      if (binding === undefined) return [];
      const { serviceRef, targetGroupARN } = binding.spec;
      const [, index = ""] = placeholdersOf(references).exec(targetGroupARN) ?? [];
      const expression = references.expressions[Number(index)] ?? "";
      const { layer } = release;
      const read = new Resource({ layer, type: "", name: "", given: { expression } });
      const groups = synthesised.targets(read, "expression");
      return [
        {
          kind: "target-port" as const,
          name: `${binding.metadata.namespace}/${serviceRef.name}:${serviceRef.port}`,
          // Pods are registered with their own port, whatever that of the target group is.
          keys: groups.flatMap((group) => reachablePorts(synthesised, group)),
          by: release.address,
        },
      ];
    }),
  );
}

/** The ports that the load balancers of a target group may reach, by the rules that let them in. */
function reachablePorts(synthesised: SynthesisedJson, group: Resource): readonly string[] {
  const users = synthesised.users(group);
  const listeners = [
    ...users.filter(({ type }) => type === "aws_lb_listener"),
    ...users.flatMap((rule) => synthesised.targets(rule, "listener_arn")),
  ];
  const balancers = listeners.flatMap((listener) => synthesised.targets(listener, "load_balancer_arn"));
  const groups = new Set(balancers.flatMap((balancer) => synthesised.targets(balancer, "security_groups")));
  const rules = synthesised
    .of("aws_vpc_security_group_ingress_rule")
    .filter((rule) =>
      synthesised.targets(rule, "referenced_security_group_id").some((from) => groups.has(from)),
    );
  const ports = rules
    .filter((rule) => rule.texts("from_port").join() === rule.texts("to_port").join())
    .flatMap((rule) => rule.texts("from_port"));
  return [...new Set(ports)].sort();
}
