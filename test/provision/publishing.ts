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
