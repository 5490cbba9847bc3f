import { image } from "./image/image";
import { imageSbom } from "./image/sbom";
import { checksums, signature } from "./checksums";
import { installer } from "./installer";
import { packageNotices } from "./notices";
import { npmPackage } from "./package";
import { provenance } from "./provenance";
import { packageSbom } from "./sbom";
import type { Step } from "./step";

/** Everything that a release consists of, in order: what describes the other files comes last. */
export const steps: readonly Step[] = [
  npmPackage,
  packageSbom,
  packageNotices,
  image,
  imageSbom,
  installer,
  provenance,
  checksums,
  signature,
];
