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
export interface Rule {
  /** Noun in kebab-case; exceptions name it. */
  readonly id: string;
  /** What is true when nobody violates it. */
  readonly title: string;
  /** Checks of checkov (`CKV_`), trivy (`AWS-`), AWS Security Hub (`EKS.1`) and CIS that it stands for; maybe none. */
  readonly publicIds: readonly string[];
  /** What could happen otherwise. */
  readonly reason: string;
  readonly fix: string;
  readonly check: (document: SynthesisedJson) => readonly Finding[];
}
