import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { addNotices } from "../notices";
import { runProgram } from "../run-program";
import { reproducible, type Sbom } from "../sbom";
import type { Release, Step } from "../step";
import { tools } from "../tools";
import type { Architecture } from "./architecture";
import { placeDebian } from "./debian";
import { placeGoPrograms } from "./go-programs";
import { writeImage } from "./layout";
import { placeNode, placeProduct } from "./node-and-product";

/** This machine's: the product's compiler is unpacked by running it. */
const architecture: Architecture = process.arch === "arm64" ? "arm64" : "amd64";

/** The image of this machine's architecture, built without a daemon and without root. */
export const image: Step = {
  name: "image",
  summary: "OCI image",
  part: "image",
  tools: [tools.mmdebstrap, tools.dpkgDeb, tools.go, tools.npm, tools.sh],
  run: async (release) => {
    const scratch = join(release.scratch, "image");
    const [debian, programs, product] = [
      join(scratch, "debian"),
      join(scratch, "programs"),
      join(scratch, "product"),
    ];
    mkdirSync(product, { recursive: true });
    placeDebian(debian, architecture);
    addNotices(release, "Debian's packages in the image", debianLicences(debian));
    const licences = placeGoPrograms(join(programs, "usr/local/bin"), architecture);
    addNotices(release, "Go modules in the image", licences);
    placeNode(programs, architecture);
    placeProduct(product, architecture, release.sources);
    // What npm and this process made has the modes of their user's umask.
    for (const folder of [programs, product])
      runProgram(chmod, { folder: scratch }, "-R", "u=rwX,go=rX", folder);
    chmodSync(debian, 0o755);
    const digest = await writeImage(
      [debian, programs, product],
      { ...release, architecture },
      imageFile(release),
    );
    appendFileSync(join(release.out, "image-digests.txt"), `${digest} linux/${architecture}\n`);
  },
};

/** The bill of materials of the image: what it really holds, as syft finds it. */
export const imageSbom: Step = {
  name: "image sbom",
  summary: "bill of materials of the image",
  part: "image",
  tools: [tools.syft],
  run: (release) => {
    const source = ["scan", `oci-archive:${imageFile(release)}`, "--output=cyclonedx-json", "--quiet"];
    // The same name wherever it is made.
    const name = ["--source-name", release.name, "--source-version", release.version];
    const variables = { SYFT_CHECK_FOR_APP_UPDATE: "false" };
    const text = runProgram(tools.syft, { folder: release.scratch, variables }, ...source, ...name);
    // syft's own.
    const sbom = reproducible(JSON.parse(text) as Sbom, release.epoch);
    const file = imageFile(release).replace(/tar$/, "cdx.json");
    writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
  },
};

const chmod = { name: "chmod", install: "coreutils" };

function imageFile({ out, name, version }: Release): string {
  return join(out, `${name}-${version}-image-linux-${architecture}.tar`);
}

/** Debian keeps the licence of every package in the file that its policy names. */
function debianLicences(folder: string): string {
  const documentation = join(folder, "usr/share/doc");
  const titles = new Map<string, string[]>();
  for (const name of readdirSync(documentation).sort()) {
    const file = join(documentation, name, "copyright");
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8").trim();
    titles.set(text, [...(titles.get(text) ?? []), name]);
  }
  return [...titles].map(([text, of]) => `${of.join("\n")}\n\n${text}\n${"-".repeat(78)}\n`).join("\n");
}
