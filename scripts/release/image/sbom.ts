import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { runProgram } from "../run-program";
import { reproducible, type Sbom } from "../sbom";
import type { Release, Step } from "../step";
import { tools } from "../tools";
import type { Architecture } from "./architecture";
import { imageFile } from "./image";

/** The bills of materials of the image, one per architecture: what it really holds, as syft finds it. */
export const imageSbom: Step = {
  name: "image sbom",
  summary: "bills of materials of the image",
  part: "image",
  tools: [tools.syft],
  run: (release) => {
    for (const architecture of release.architectures) writeSbom(release, architecture);
  },
};

function writeSbom(release: Release, architecture: Architecture): void {
  const source = ["scan", `oci-archive:${imageFile(release)}`, "--platform", `linux/${architecture}`];
  const output = ["--output=cyclonedx-json", "--quiet"];
  // The same name wherever it is made.
  const name = ["--source-name", release.name, "--source-version", release.version];
  const variables = { SYFT_CHECK_FOR_APP_UPDATE: "false" };
  const text = runProgram(tools.syft, { folder: release.scratch, variables }, ...source, ...output, ...name);
  // syft's own.
  const sbom = reproducible(JSON.parse(text) as Sbom, release.epoch);
  const file = join(release.out, `${release.name}-${release.version}-image-linux-${architecture}.cdx.json`);
  writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
}
