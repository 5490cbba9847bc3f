import { z } from "zod";
import { exitCodes, UserError } from "../../../lib/errors";
import { TerraformFailure } from "../terraform/failures";
import { terraformFiles } from "../run/folders";
import { jsonOrUndefined } from "../run/json";
import { pullStateHead, readStateHead, type StateHead } from "../terraform/state";
import type { Terraform } from "../terraform/terraform";
import type { Files } from "../world/index";

const markerShape = z.object({ bucket: z.string() });

/** The local state of the layer that creates the state bucket, until the bucket exists. */
export class LocalState {
  readonly path: string;
  private readonly marker: string;
  private readonly override: string;

  constructor(
    private readonly files: Files,
    /** Where Terraform runs, the path of the state without its extension, and the command that heals it. */
    private readonly at: {
      readonly terraform: Pick<Terraform, "folder">;
      readonly path: string;
      readonly recover: string;
      readonly bucket: string;
    },
  ) {
    this.path = `${at.path}.tfstate`;
    this.marker = `${at.path}.started.json`;
    this.override = `${at.terraform.folder}/${terraformFiles.backendOverride}`;
  }

  /** Undefined if it contains no objects; throws `UserError` if it is cut short, as on a full disk. */
  read(): StateHead | undefined {
    if (this.isCut)
      throw new UserError(
        `Cannot use the local state ${this.path}: it is not whole`,
        `To move it away, and find and import what it listed, run: ${this.at.recover}`,
        exitCodes.recoveryNeeded,
      );
    const head = readStateHead(this.files.read(this.path));
    return head && head.objects > 0 ? head : undefined;
  }

  /** Whether it is not whole. */
  get isCut(): boolean {
    try {
      readStateHead(this.files.read(this.path));
      return false;
    } catch {
      return true;
    }
  }

  moveTo(path: string): void {
    this.files.write(path, this.files.read(this.path) ?? "", "secret");
    this.files.remove(this.path);
  }

  /** Replaces it with a copy of another state. */
  write(state: string): void {
    this.files.write(this.path, state, "secret");
  }

  /** Whether a bootstrap of this bucket was started, and may have created resources that no state contains. */
  get started(): boolean {
    const found = markerShape.safeParse(jsonOrUndefined(this.files.read(this.marker) ?? ""));
    return found.data?.bucket === this.at.bucket;
  }

  /** Must be called before the first change. */
  markStarted(): void {
    this.files.write(this.marker, `${JSON.stringify({ bucket: this.at.bucket })}\n`);
  }

  /** Makes the next `init` use the local state instead of the bucket. */
  choose(): void {
    const backend = { local: { path: this.files.absolute(this.path) } };
    this.files.write(this.override, JSON.stringify({ terraform: { backend } }));
  }

  /** Makes the next `init` use the bucket. */
  unchoose(): void {
    this.files.remove(this.override);
  }

  /** Removes the state before the marker, so that a run interrupted here is resumed. */
  remove(): void {
    this.files.remove(this.path);
    this.files.remove(`${this.path}.backup`);
    this.files.remove(this.marker);
  }
}

/** The remote state, the local state, and whether a bootstrap was started. */
export interface Situation {
  readonly remote: "no bucket" | StateHead | undefined;
  readonly local: StateHead | undefined;
  readonly started: boolean;
}

/** Reads the remote and the local state. */
export async function inspect(terraform: Terraform, local: LocalState): Promise<Situation> {
  local.unchoose();
  const here = { local: local.read(), started: local.started };
  try {
    await terraform.initialise();
  } catch (error) {
    if (error instanceof TerraformFailure && error.kind === "bucketMissing")
      return { ...here, remote: "no bucket" };
    throw error;
  }
  const remote = await pullStateHead(terraform);
  return { ...here, remote: remote && remote.objects > 0 ? remote : undefined };
}

/** Which state is authoritative; `nowhere` if the bucket exists but no state contains it. */
export function authority(
  { remote, local }: Situation,
  startOver: string | undefined,
): "remote" | "local" | "nothing" | "nowhere" {
  if (remote === "no bucket") return local ? "local" : "nothing";
  if (remote === undefined) return local ? "local" : "nowhere";
  if (local === undefined) return "remote";
  if (local.lineage === remote.lineage) return local.serial > remote.serial ? "local" : "remote";
  // Terraform creates a new lineage for the first copy in a bucket.
  if (local.contents === remote.contents) return "remote";
  throw new UserError(
    "Cannot use the state bucket: the remote and the local state have different lineages",
    startOver === undefined
      ? "Compare both with terraform show, and remove the local state below .provision if it is obsolete"
      : `Run: ${startOver}`,
    exitCodes.recoveryNeeded,
  );
}
