import type { AnyLayer } from "../../../../lib/layer/layer";
import { terraformFiles } from "../../run/folders";
import type { Row } from "../../run/outcome";
import { type PlanReading, shortDigest } from "../../run/plan";
import type { Run } from "../../run/run";
import { planFile } from "../../terraform/plan-file-digest";
import { writeSavedPlan } from "../../terraform/saved-plan/archive";
import { factsOf, readsOf } from "../../terraform/saved-plan/facts";
import type { Manifest, SavedLayer } from "../../terraform/saved-plan/manifest";
import type { Terraform } from "../../terraform/terraform";

/** A layer's plan whose file still exists. */
export interface Fresh {
  readonly layer: AnyLayer;
  readonly terraform: Terraform;
  readonly plan: PlanReading;
}

/** Collects the plans of a run for `--save`: those that no other layer's apply can change. */
export class PlanSaver {
  private readonly layers: SavedLayer[] = [];
  private readonly plans = new Map<string, Uint8Array>();
  private readonly reasons = new Map<string, string>();
  /** Outputs that a plan of this run changes, as `layer.output`. */
  private readonly changing = new Set<string>();

  constructor(private readonly run: Run) {}

  /** Takes a plan, if it is complete and changes something. */
  async add({ layer, terraform, plan }: Fresh): Promise<void> {
    if (!plan.pending) return;
    for (const { name } of plan.outputs) this.changing.add(`${layer.name}.${name}`);
    const reason = this.obstacle(layer, terraform);
    if (reason !== undefined) {
      this.reasons.set(layer.name, reason);
      return;
    }
    const { files } = this.run.world;
    const path = `${terraform.folder}/${planFile}`;
    this.plans.set(layer.name, files.part(path, 0, files.size(path)));
    this.layers.push({
      ...{ name: layer.name, digest: plan.digest ?? "", file: plan.fileDigest ?? "" },
      providers: files.read(`${terraform.folder}/${terraformFiles.lock}`) ?? null,
      facts: await factsOf(this.run, layer, terraform),
    });
  }

  /** Writes the file, also one without plans, and says what is in it. */
  write(path: string, rows: readonly Row[]): void {
    const { run, layers } = this;
    const saved = new Set(layers.map(({ name }) => name));
    const pending = rows.filter(({ kind }) => kind === "to change" || kind === "waiting");
    const left = pending
      .filter(({ layer }) => !saved.has(layer))
      .map((row) => ({ layer: row.layer, because: this.reasons.get(row.layer) ?? reasonOf(row) }));
    writeSavedPlan(run.world.files, path, { manifest: manifestOf(run, layers, left), plans: this.plans });
    const list = layers.map(({ name, digest }) => `${name} (plan ${shortDigest(digest)})`);
    run.events.note(list.length === 0 ? `Saved to ${path}: no plan` : `Saved to ${path}: ${list.join(", ")}`);
    for (const { layer, because } of left)
      run.events.note(`Not saved: ${layer}, because ${because}`, "warning");
    if (list.length > 0)
      run.events.note("Keep the file as a secret: plans contain passwords and keys in plain text", "warning");
  }

  /** Why the plan could not be applied later, or elsewhere. */
  private obstacle(layer: AnyLayer, { folder, context }: Terraform): string | undefined {
    // Terraform keeps the address of the tunnel in the plan.
    const endpoint = `TF_VAR_${layer.reaches?.variable ?? ""}`;
    if (context.environment[endpoint] !== this.run.environment[endpoint])
      return "it is planned through a tunnel, which ends with this run";
    if (this.run.world.files.read(`${folder}/${terraformFiles.backendOverride}`) !== undefined)
      return "its state is on this machine alone until its bucket exists";
    const read = readsOf(this.run, layer).find((one) => this.changing.has(`${one.layer}.${one.output}`));
    return read && `it reads ${read.output} of ${read.layer}, which the plan of ${read.layer} changes`;
  }
}

function reasonOf({ kind, because = "" }: Row): string {
  if (kind === "waiting") return `it waits for ${because}`;
  return "apply corrects something in its cluster, which is in no plan";
}

function manifestOf(
  { world, request, loaded, version, program }: Run,
  layers: readonly SavedLayer[],
  left: Manifest["left"],
): Omit<Manifest, "format"> {
  const { name: environment, account, region } = loaded.environment;
  const about = world.product.about();
  return {
    ...{ environment, account, region, simulated: request.rehearse },
    created: world.clock.now().toISOString(),
    product: { version: about.version, commit: about.commit ?? null },
    terraform: version ?? program,
    platform: world.downloads.platform,
    layers: [...layers],
    left,
  };
}
