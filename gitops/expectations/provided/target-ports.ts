import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import { readReferences } from "../../../synthesis/references";
import type { Resource } from "../../../synthesis/resource";
import type { Provision } from "../expectation";
import { placedValues } from "../value-paths";
import { chartValues } from "./chart-values";

const Binding = z.object({
  kind: z.literal("TargetGroupBinding"),
  metadata: z.object({ namespace: z.string() }),
  spec: z.object({
    serviceRef: z.object({ name: z.string(), port: z.union([z.number(), z.string()]) }),
    targetGroupARN: z.string(),
  }),
});

/** The Services whose pods are registered with target groups, with the ports of the pods that can be reached. */
export function targetPorts(synthesised: SynthesisedJson): readonly Provision[] {
  return chartValues(synthesised).flatMap(({ release, values, references }) =>
    placedValues(values).flatMap(({ value }) => {
      const binding = Binding.safeParse(value).data;
      if (binding === undefined) return [];
      const { serviceRef, targetGroupARN } = binding.spec;
      const index = Number(/^reference-(\d+)$/.exec(targetGroupARN)?.[1] ?? -1);
      return [
        {
          kind: "target-port" as const,
          name: `${binding.metadata.namespace}/${serviceRef.name}:${serviceRef.port}`,
          keys: reachablePorts(synthesised, references[index] ?? ""),
          by: release.address,
        },
      ];
    }),
  );
}

/** The ports of the target groups behind an expression, as far as a security group of the nodes lets them in. */
function reachablePorts(synthesised: SynthesisedJson, expression: string): readonly string[] {
  const groups = readReferences(expression).flatMap((reference) => {
    if (!("output" in reference) || reference.key === undefined) return [];
    const value = synthesised.output(reference.layer, reference.output);
    const text = JSON.stringify(entry(value, reference.key) ?? "");
    const addresses = readReferences(text).flatMap((found) => ("address" in found ? [found.address] : []));
    return synthesised.of("aws_lb_target_group").filter(({ address }) => addresses.includes(address));
  });
  return groups.flatMap((group) => group.texts("port")).filter((port) => isLetIn(synthesised, Number(port)));
}

function isLetIn(synthesised: SynthesisedJson, port: number): boolean {
  const covers = (rule: Resource) =>
    rule.has("referenced_security_group_id") &&
    rule.texts("from_port").some((from) => Number(from) <= port) &&
    rule.texts("to_port").some((to) => Number(to) >= port);
  return synthesised.of("aws_vpc_security_group_ingress_rule").some(covers);
}

function entry(value: unknown, key: string): unknown {
  return z.record(z.string(), z.unknown()).safeParse(value).data?.[key];
}
