import { addressInLayer } from "./rewriting";

/** What a scanner reports of a resource. */
export interface ScannerFinding {
  /** The root module: an export, or an example of a weakness. */
  readonly root: string;
  /** The scanner's ID of the check. */
  readonly id: string;
  readonly layer: string;
  readonly address: string;
}

/** A finding in the names of the product. */
export function findingOn(root: string, id: string, joinedAddress: string): ScannerFinding {
  return { root, id, ...addressInLayer(joinedAddress) };
}

/** Each finding once, as text. */
export function listed(findings: readonly ScannerFinding[]): readonly string[] {
  return [...new Set(findings.map(({ id, layer, address }) => `${id} ${layer} ${address}`))].sort();
}

/** The IDs in a list of findings, each once. */
export function idsIn(findings: readonly string[]): readonly string[] {
  return [...new Set(findings.map((finding) => finding.replace(/ .*/, "")))];
}
