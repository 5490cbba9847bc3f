import { z } from "zod";
import { repeatable } from "../layer/sameness";
import type { SettingProblem } from "./setting-problem";
import { refusedChoice } from "./setting-messages";

const shared = {
  layer: z.string().optional().describe("Layer to run before or after; unset: all layers of the run"),
  during: z
    .array(z.enum(["apply", "plan", "destroy"]))
    .min(1)
    .default(["apply", "destroy"])
    .describe("Commands of provision that run it; never in a rehearsal"),
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe("Program and its arguments, started without a shell in the folder of this file")
    .register(repeatable, {}),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe("The command is killed, with all it has started, after so long"),
  onFailure: z
    .enum(["stop", "continue"])
    .default("stop")
    .describe("What the run does when the command fails: stop there, or go on"),
};

/** A command of the operator's own at one point of a run. */
const Hook = z.discriminatedUnion("when", [
  z.strictObject({ when: z.literal("before").describe("Before the layer, or the first one"), ...shared }),
  z.strictObject({
    when: z.literal("after").describe("After the layer, or the last one"),
    ...shared,
    runOnError: z.boolean().default(false).describe("Run it after a failure too"),
  }),
]);
export type Hook = z.output<typeof Hook>;

/** Every hook of an environment, in the order in which those of the same point run. */
export const hooks = z
  .array(Hook)
  .default([])
  .describe("Commands to run before and after layers; docs/guides/hooks.md explains them");

/** Hooks of layers that do not exist, in a list as it was written: also beside hooks that are wrong in another way. */
export function hookProblems(given: unknown, layers: readonly string[]): readonly SettingProblem[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  return list.flatMap((hook, index) => {
    const layer = typeof hook === "object" && hook !== null && "layer" in hook ? hook.layer : undefined;
    // Anything but a text is a problem of its own.
    if (typeof layer !== "string" || layers.includes(layer)) return [];
    return [{ path: ["hooks", index, "layer"], ...refusedChoice(layer, layers) }];
  });
}
