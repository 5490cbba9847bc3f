import type { Problem } from "../../lib/layer/layer";
import { problemsOf } from "../../lib/layer/waiting-rules";
import type { Settings } from "./settings";
import { windowProblems } from "./windows";

/** Reports invalid combinations of settings, which AWS would reject minutes into an apply. */
export function checkDatabase({ settings }: { settings: Settings }): readonly Problem[] {
  return problemsOf(
    () => capacityProblems(settings),
    () => windowProblems(settings),
  );
}

function capacityProblems({ minCapacityAcu, maxCapacityAcu }: Settings): readonly Problem[] {
  if (minCapacityAcu <= maxCapacityAcu) return [];
  return [
    {
      path: ["layers", "aurora", "minCapacityAcu"],
      message: `is ${minCapacityAcu}, more than maxCapacityAcu, which is ${maxCapacityAcu}`,
      hint: "Lower minCapacityAcu or raise maxCapacityAcu",
    },
  ];
}
