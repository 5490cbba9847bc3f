import { exitCodes, UserError } from "../../../lib/errors";
import { TerraformFailure } from "../terraform/failures";
import { terraformFiles } from "../run/folders";
import { pullStateHead, readStateHead, type StateHead } from "../terraform/state";
import type { Terraform } from "../terraform/terraform";
import type { Files } from "../world/index";

/** The state of a layer that makes the bucket for its own state, while it cannot be there. */
export class LocalState {
  readonly path: string;
  private readonly marker: string;
  private readonly override: string;

  constructor(
    private readonly files: Files,
    /** Where Terraform runs, and the path of the state without its ending. */
    at: { readonly terraform: Pick<Terraform, "folder">; readonly path: string },
  ) {
    this.path = `${at.path}.tfstate`;
    this.marker = `${at.path}.started.json`;
    this.override = `${at.terraform.folder}/${terraformFiles.backendOverride}`;
  }

  /** Undefined when it holds nothing. */
  read(): StateHead | undefined {
    const head = readStateHead(this.files.read(this.path));
    return head && head.objects > 0 ? head : undefined;
  }

  /** Replaces it by a copy of another. */
  write(state: string): void {
    this.files.write(this.path, state, "secret");
  }

  /** Whether a bootstrap was begun, and so may have made things that no state knows of. */
  get started(): boolean {
    return this.files.read(this.marker) !== undefined;
  }

  /** To be called before the first change. */
  markStarted(bucket: string): void {
    this.files.write(this.marker, `${JSON.stringify({ bucket })}\n`);
  }

  /** Lets the next `init` choose the local state over the bucket. */
  choose(): void {
    const backend = { local: { path: this.files.absolute(this.path) } };
    this.files.write(this.override, JSON.stringify({ terraform: { backend } }));
  }

  /** Lets the next `init` choose the bucket. */
  unchoose(): void {
    this.files.remove(this.override);
  }

  /** The state first: while the marker stands, a run that is cut off here is taken up again. */
  remove(): void {
    this.files.remove(this.path);
    this.files.remove(`${this.path}.backup`);
    this.files.remove(this.marker);
  }
}

/** Where things stand: in the bucket, and on this machine. */
export interface Situation {
  readonly remote: "no bucket" | StateHead | undefined;
  readonly local: StateHead | undefined;
  readonly started: boolean;
}

/** Asks the bucket and the local folder. */
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

/** Which state tells the truth; `nowhere` when the bucket is there and nobody knows of it. */
export function authority({ remote, local }: Situation): "remote" | "local" | "nothing" | "nowhere" {
  if (remote === "no bucket") return local ? "local" : "nothing";
  if (remote === undefined) return local ? "local" : "nowhere";
  if (local === undefined) return "remote";
  if (local.lineage === remote.lineage) return local.serial > remote.serial ? "local" : "remote";
  // Terraform gives the first copy in a bucket a lineage of its own.
  if (local.contents === remote.contents) return "remote";
  throw new UserError(
    "Cannot use the state bucket: a state in it and one on this machine have different histories",
    "Compare both with terraform show, and remove the local one below .provision if it is not the truth",
    exitCodes.recoveryNeeded,
  );
}
