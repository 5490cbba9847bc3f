import { checksums, signature } from "./checksums";
import { npmPackage } from "./package";
import type { Step } from "./step";

/** Everything that a release consists of, in order: what describes the other files comes last. */
export const steps: readonly Step[] = [npmPackage, checksums, signature];
