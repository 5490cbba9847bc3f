import type { Problem } from "../../../lib/layer/layer";
import { problemsOfEach } from "../../../lib/layer/waiting-rules";
import { type AdditionalEgress, flowKey } from "./egress";

/** Reports outbound rules that EC2 would refuse. */
export function egressProblems(additional: AdditionalEgress): readonly Problem[] {
  const names = Object.keys(additional);
  return problemsOfEach(names, (name, index) => {
    const flow = additional[name];
    if (flow === undefined) return [];
    const at = ["layers", "eks", "additionalEgress", name];
    const earlier = names.slice(0, index).find((other) => isSame(additional[other], flow));
    return earlier === undefined ? [] : [repeated(at, earlier)];
  });
}

function isSame(one: AdditionalEgress[string] | undefined, other: AdditionalEgress[string]): boolean {
  return one !== undefined && flowKey(one) === flowKey(other);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (InvalidPermission.Duplicate) */
function repeated(path: Problem["path"], earlier: string): Problem {
  return {
    path,
    message: `has the range, protocol and port of "${earlier}", and EC2 rejects the same rule twice`,
    hint: "Keep one of the two",
  };
}
