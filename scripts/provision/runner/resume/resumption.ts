import type { AnyLayer } from "../../../../lib/layer/layer";
import { isStateLocked, readStateObject } from "../../aws/state-object";
import type { Serials } from "../../run/outcome";
import { bootstrapLayer, type Run } from "../../run/run";
import { minuteOf } from "../../screen/minute";
import { readEveryOutput, readStoredState } from "../../terraform/stored-state";
import { inputsOf } from "./inputs";
import { type Finished, unfinishedRuns } from "./unfinished";

/** A run of `apply`, which may go on where an earlier one stopped. */
export type Resumable = Run<{ readonly check?: boolean }>;

/** Decides which layers a run need not plan, and notes for the next run which ones it has finished. */
export class Resumption {
  /** Of the layers that this run has come to. */
  private readonly inputs = new Map<string, string>();

  private constructor(
    private readonly run: Resumable,
    private readonly finished: ReadonlyMap<string, Finished>,
  ) {}

  /** Reads how the runs before this one ended. */
  static async of(run: Resumable): Promise<Resumption> {
    return new Resumption(run, isAsked(run) ? new Map() : await unfinishedRuns(run));
  }

  /** Whether a layer is as an unfinished run has left it, so that it is not planned; says so. Without a doubt, or not at all. */
  async skips(layer: AnyLayer): Promise<boolean> {
    const inputs = await this.inputsBefore(layer);
    const finished = this.finished.get(layer.name);
    const { only, from } = this.run.request;
    if (finished === undefined || inputs !== finished.inputs) return false;
    if (only.includes(layer.name) || from === layer.name || hasLocalState(this.run, layer)) return false;
    if (!(await this.isUntouched(layer, finished))) return false;
    this.run.events.note(skippedText(layer, finished), "quiet");
    return true;
  }

  /** Notes that a layer and its hooks have ended well. */
  finish({ name }: AnyLayer, serials: Serials): void {
    const inputs = this.inputs.get(name);
    if (inputs === undefined || serials.after === undefined || serials.lineage === undefined) return;
    this.run.events.publish({ type: "layer finished", layer: name, inputs, serials });
  }

  /** Before anything is done: what is read later may be another secret. */
  private async inputsBefore(layer: AnyLayer): Promise<string | undefined> {
    const inputs = await inputsOf(this.run, layer);
    if (inputs !== undefined) this.inputs.set(layer.name, inputs);
    return inputs;
  }

  /** Whether nobody has written the state since, or works on it; later layers then know its outputs. */
  private async isUntouched({ name }: AnyLayer, { serial, lineage }: Finished): Promise<boolean> {
    const [object, locked] = await Promise.all([
      readStateObject(this.run, { layer: name, kind: "state", patience: "question" }),
      isStateLocked(this.run, name),
    ]);
    if (locked !== false || !("text" in object)) return false;
    const state = readStoredState(object.text);
    const outputs = readEveryOutput(object.text);
    if (typeof state === "string" || outputs === undefined) return false;
    if (state.serial !== serial || state.lineage !== lineage) return false;
    // A creation that failed, and a replacement whose old object is left, would be planned.
    if (state.objects.some(({ fault }) => fault !== undefined)) return false;
    this.run.known.set(name, outputs);
    return true;
  }
}

/** Whether the operator wants everything planned, or has planned it. */
function isAsked({ request, savedPlans }: Resumable): boolean {
  return request.check === true || savedPlans !== undefined;
}

/** The state of the bucket's own layer may be on this machine; of others, one that was not saved has ended the run before. */
function hasLocalState(run: Run, layer: AnyLayer): boolean {
  return layer === bootstrapLayer(run) && run.world.files.list(run.folders.bootstrap).length > 0;
}

function skippedText({ name }: AnyLayer, { run, ended, outcome, serial }: Finished): string {
  const did = outcome === "applied" ? "applied it" : "found it so";
  return `${name}: skipped, unchanged since run ${run} ${did} at ${minuteOf(ended)} (serial ${serial}); --check plans it`;
}
