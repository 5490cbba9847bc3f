import type { z } from "zod";
import type { Problem } from "../../lib/layer/layer";
import type { platform } from "../platform/layer";
import type { Settings } from "./settings";

/** Reports two autoscalers: those of the platform and of this layer have the same namespace, service account and nodes. */
export function autoscalerProblems(
  { clusterAutoscaler }: Pick<Settings, "clusterAutoscaler">,
  { services }: Pick<z.output<(typeof platform)["settings"]>, "services">,
): readonly Problem[] {
  if (!clusterAutoscaler.enabled || !services.autoscaling) return [];
  return [
    {
      path: ["layers", "platform", "services", "autoscaling"],
      message:
        "is true, but layers.argocd.clusterAutoscaler.enabled is true as well: two autoscalers would scale the same node groups",
      hint: "Set one of them to false",
    },
  ];
}
