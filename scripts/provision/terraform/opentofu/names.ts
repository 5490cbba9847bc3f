import type { World } from "../../world/index";

/** Node's names for systems and processors, and OpenTofu's. */
const platforms: Readonly<Record<string, string>> = {
  "linux-x64": "linux_amd64",
  "linux-arm64": "linux_arm64",
  "darwin-x64": "darwin_amd64",
  "darwin-arm64": "darwin_arm64",
};

/** Files of a release, as OpenTofu names them: https://github.com/opentofu/opentofu/blob/main/.goreleaser.yaml */
export interface ReleaseFiles {
  readonly archive: string;
  readonly sums: string;
  readonly signature: string;
  /** SHA-256 of the archive. */
  readonly digest: string;
}

/** The files of the release for this machine; undefined where OpenTofu is not fetched. */
export function releaseFiles({ downloads }: Pick<World, "downloads">): ReleaseFiles | undefined {
  const { platform, openTofu } = downloads;
  const name = platforms[platform];
  const digest = name === undefined ? undefined : openTofu.archives[name];
  if (name === undefined || digest === undefined) return undefined;
  const sums = `tofu_${openTofu.version}_SHA256SUMS`;
  return { archive: `tofu_${openTofu.version}_${name}.zip`, sums, signature: `${sums}.gpgsig`, digest };
}
