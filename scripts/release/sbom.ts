import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./digests";
import { packageFolder } from "./package";
import { runProgram } from "./run-program";
import type { Step } from "./step";
import { tools } from "./tools";

/** The bill of materials of the npm package: every package that it locks, for every platform. */
export const packageSbom: Step = {
  name: "sbom",
  summary: "bill of materials of the package",
  part: "package",
  tools: [tools.npm],
  run: (release) => {
    const options = [
      "--package-lock-only",
      "--omit=dev",
      "--sbom-format=cyclonedx",
      "--sbom-type=application",
    ];
    const text = runProgram(tools.npm, { folder: packageFolder(release) }, "sbom", ...options);
    // npm's own.
    const sbom = reproducible(JSON.parse(text) as Sbom, release.epoch);
    const file = join(release.out, `${release.name}-${release.version}.cdx.json`);
    writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
  },
};

/** What of a bill of materials is different each time: https://cyclonedx.org/docs/1.5/json/ */
export interface Sbom {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string };
}

/** The same bill of materials with a serial number made of its content, and the release's time. */
export function reproducible<Document extends Sbom>(sbom: Document, epoch: number): Document {
  const timestamp = new Date(epoch * 1000).toISOString();
  const dated = { ...sbom, metadata: { ...sbom.metadata, timestamp }, serialNumber: undefined };
  return { ...dated, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(dated))}` };
}

/** A UUID of version 8, whose bits are anybody's: https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function uuidOf(content: string): string {
  const digits = sha256(content);
  const variant = ((parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
  ];
  return [...parts, digits.slice(20, 32)].join("-");
}
