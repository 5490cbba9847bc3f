import { checkDifferences } from "../../../policy/check-differences";
import { exceptions } from "../../../policy/exceptions";
import { rules } from "../../../policy/index";
import { matches } from "../../../policy/exception";
import { notApplicable } from "../../policy/not-applicable";
import type { ScannerFinding } from "./finding";

/** A reason for findings with an ID, where a resource of a layer has this address. */
interface Explanation {
  readonly id: string;
  /** Undefined: any. */
  readonly layer: string | undefined;
  readonly address: string;
  readonly reason: string;
}

const publicIdsOf = new Map<string, readonly string[]>(rules.map(({ id, publicIds }) => [id, publicIds]));

/** The product's exceptions, what does not apply to it and where its rules differ, in the scanners' IDs. */
export const explanations: readonly Explanation[] = [
  ...exceptions.flatMap(({ rule, ...about }) =>
    (publicIdsOf.get(rule) ?? []).map((id): Explanation => ({ id, ...about })),
  ),
  ...notApplicable.flatMap(({ publicIds, reason }) =>
    publicIds.map((id): Explanation => ({ id, layer: undefined, address: "*", reason })),
  ),
  ...checkDifferences.map(({ publicId, ...about }): Explanation => ({ id: publicId, ...about })),
];

/** Why the product has a resource as a scanner does not want it; undefined if no reason is recorded. */
export function explanationOf(finding: ScannerFinding): Explanation | undefined {
  return explanations.find(
    ({ id, layer, address }) =>
      id === finding.id &&
      (layer === undefined || layer === finding.layer) &&
      matches(address, finding.address),
  );
}
