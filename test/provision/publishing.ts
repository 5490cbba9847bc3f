import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { z } from "zod";
import { type AnyLayer, defineLayer } from "../../lib/layer/layer";
import { byKey, type Outputs, text } from "../../lib/layer/outputs";

/** A layer with these outputs, which commands beside apply and destroy read. */
export function publishing(
  name: string,
  outputs: Readonly<Record<string, string | Record<string, string>>>,
): AnyLayer {
  const declared = Object.entries(outputs).map(([output, value]): [string, Outputs[string]] => [
    output,
    typeof value === "string" ? text(output) : byKey(output),
  ]);
  const declarations: Outputs = Object.fromEntries(declared);
  return defineLayer({
    name,
    summary: name,
    settings: z.object({
      minCapacityAcu: z.number().default(0.5).describe("least"),
      maxCapacityAcu: z.number().default(8).describe("most"),
    }),
    needs: {},
    outputs: declarations,
    build(stack) {
      new SecurityGroup(stack, "group", { name });
      return outputs;
    },
  });
}

const commandMembers = [
  "restore",
  "restoreRole",
  "endpoints",
  "bastion",
  "databases",
  "cluster",
  "rollout",
  "logins",
] as const;

/** What a real layer declares for commands, to be declared by another. */
export function commandsOf(real: AnyLayer): Pick<AnyLayer, (typeof commandMembers)[number]> {
  const names: readonly string[] = commandMembers;
  return Object.fromEntries(Object.entries(real).filter(([name]) => names.includes(name)));
}

/** A layer that publishes these values in the place of a real one, and declares for commands what the real one does. */
export function standIn(
  real: AnyLayer,
  outputs: Readonly<Record<string, string | Record<string, string>>>,
  earlier: readonly AnyLayer[] = [],
): AnyLayer {
  const needs = Object.entries(real.needs).flatMap(([alias, { name }]) =>
    earlier.filter((layer) => layer.name === name).map((layer) => [alias, layer] as const),
  );
  return { ...publishing(real.name, outputs), needs: Object.fromEntries(needs), ...commandsOf(real) };
}
