import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addNotices } from "../notices";
import { runProgram } from "../run-program";
import type { Release, Step } from "../step";
import { tools } from "../tools";
import type { Architecture } from "./architecture";
import { placeDebian } from "./debian";
import { debianLicences } from "./debian-licences";
import { placeGoPrograms } from "./go-programs";
import { packLayer } from "./layer";
import { type PlatformImage, writeImages } from "./layout";
import { placeNode, placeProduct, placeProductNative } from "./node-and-product";

/** The image, built without a daemon, without root, and without running a program of another architecture. */
export const image: Step = {
  name: "image",
  summary: "OCI image",
  part: "image",
  tools: [tools.mmdebstrap, tools.dpkgDeb, tools.go, tools.npm, tools.sh, tools.zstd],
  run: async (release) => {
    const product = join(scratchOf(release), "product");
    mkdirSync(product, { recursive: true });
    mkdirSync(blobsOf(release), { recursive: true });
    placeProduct(product, release.sources);
    const shared = await packed(product, release);
    const images: PlatformImage[] = [];
    const licences: string[] = [];
    for (const architecture of release.architectures) {
      const [debian, programs] = [
        folderOf(release, architecture, "debian"),
        folderOf(release, architecture, "programs"),
      ];
      mkdirSync(join(scratchOf(release), architecture));
      placeDebian(debian, architecture);
      licences.push(placeGoPrograms(join(programs, "usr/local/bin"), architecture));
      placeNode(programs, architecture);
      placeProductNative(programs, architecture, release.sources);
      // Debian's files have the modes that its packages give them.
      chmodSync(debian, 0o755);
      const own = [await packLayer(debian, blobsOf(release), release.epoch), await packed(programs, release)];
      images.push({ architecture, layers: [...own, shared] });
    }
    const bases = release.architectures.map((name) => folderOf(release, name, "debian"));
    addNotices(release, "Debian's packages in the image", debianLicences(bases));
    addNotices(release, "Go modules in the image", [...new Set(licences)].join("\n"));
    const digests = writeImages(blobsOf(release), images, { ...release, file: imageFile(release) });
    const lines = digests.map(([digest, what]) => `${digest} ${what}\n`);
    writeFileSync(join(release.out, "image-digests.txt"), lines.join(""));
  },
};

/** The file of the image, with all architectures. */
export function imageFile({ out, name, version }: Pick<Release, "out" | "name" | "version">): string {
  return join(out, `${name}-${version}-image.tar`);
}

const chmod = { name: "chmod", install: "coreutils" };

/** What npm and this process made has the modes of their user's umask. */
function packed(folder: string, release: Release) {
  runProgram(chmod, { folder: release.scratch }, "-R", "u=rwX,go=rX", folder);
  return packLayer(folder, blobsOf(release), release.epoch);
}

function scratchOf({ scratch }: Release): string {
  return join(scratch, "image");
}

function folderOf(release: Release, architecture: Architecture, layer: string): string {
  return join(scratchOf(release), architecture, layer);
}

function blobsOf(release: Release): string {
  return join(scratchOf(release), "layout/blobs/sha256");
}
