import type { SynthesisedJson } from "../synthesis/environment";

/** What a rule found wrong with one resource. */
export interface Finding {
  readonly layer: string;
  /** As Terraform calls it, e.g. `aws_vpc.vpc`. */
  readonly address: string;
  /** What is true now. */
  readonly message: string;
}

/** One thing that must be true of every environment. */
export interface Rule<Id extends string = string> {
  /** Noun in kebab-case; exceptions name it. */
  readonly id: Id;
  /** What is true when nothing violates it. */
  readonly title: string;
  /** Checks of checkov (`CKV_`), trivy (`AWS-`), AWS Security Hub (`EKS.1`) and CIS that it stands for; maybe none. */
  readonly publicIds: readonly string[];
  /** What could happen otherwise. */
  readonly reason: string;
  readonly fix: string;
  readonly check: (synthesised: SynthesisedJson) => readonly Finding[];
}

/** A rule that a resource violates. */
export interface Violation extends Finding {
  readonly rule: Rule;
}

/** The rules of one topic, each declared under its ID. */
export function rules<Id extends string>(byId: Readonly<Record<Id, Omit<Rule, "id">>>): readonly Rule<Id>[] {
  // Object.keys forgets which keys there are.
  const ids = Object.keys(byId) as Id[];
  return ids.map((id) => ({ id, ...byId[id] }));
}
