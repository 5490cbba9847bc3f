import type { Clock } from "../../world/index";
import { isChanging } from "../changing-commands";
import type { RunEvent } from "../events";
import type { RunIdentity } from "../identity";
import type { Records } from "../records";
import type { JournalLine } from "./line";

type Entry = Omit<JournalLine, keyof RunIdentity | "time">;

/** What a run says of itself while it happens: a line of JSON for each transition, without values and without secrets. */
export class Journal {
  private readonly lines: string[] = [];
  private kept = 0;
  private readonly answered = new Set<string>();
  private readonly planned = new Set<string>();
  private readonly repeated = new Set<string>();
  private readonly digests = new Map<string, string | undefined>();

  constructor(
    private readonly clock: Pick<Clock, "now">,
    private readonly identity: RunIdentity,
    /** Whether plans are approved in advance. */
    private readonly yes: boolean,
  ) {}

  /** Its file: all lines until now. */
  get text(): string {
    return this.lines.join("");
  }

  readonly listen = (event: RunEvent): void => {
    for (const entry of this.entriesOf(event)) {
      const line: JournalLine = { ...this.identity, time: this.clock.now().toISOString(), ...entry };
      this.lines.push(`${JSON.stringify(line)}\n`);
    }
  };

  /** Adds the lines that are new to a file. */
  keepIn(records: Pick<Records, "append">, path: string): () => void {
    return () => {
      const fresh = this.lines.slice(this.kept).join("");
      this.kept = this.lines.length;
      if (fresh !== "") records.append(path, fresh, "flushed");
    };
  }

  private entriesOf(event: RunEvent): readonly Entry[] {
    switch (event.type) {
      case "run began":
        return [{ phase: "started" }];
      case "layer began":
        return [{ phase: "started", layer: event.layer }];
      case "plan created":
        return this.onPlan(event);
      case "plan read":
        this.digests.set(event.layer, event.plan.digest);
        return [];
      case "question answered":
        if (event.answer !== undefined) this.answered.add(event.subject);
        return [];
      case "retrying":
        return this.onRetry(event);
      case "terraform began":
        return this.onTerraform(event);
      case "layer ended":
        return [endOf(event)];
      case "layer finished":
        return [{ phase: "finished", layer: event.layer, inputs: event.inputs, serials: event.serials }];
      case "state restored":
        return [{ phase: "restored", layer: event.layer }];
      case "layer recovered":
        return [{ phase: "recovered", layer: event.layer, serials: event.serials }];
      case "interrupted":
        return [{ phase: "interrupt" }];
      case "run ended":
        return [{ phase: "ended", exitCode: event.exitCode }];
      default:
        return [];
    }
  }

  private onPlan({ layer, plan }: Extract<RunEvent, { type: "plan created" }>): readonly Entry[] {
    if (plan.pending) this.planned.add(layer);
    this.answered.delete(layer);
    return [{ phase: "planned", layer, changes: plan.changes.length }];
  }

  private onRetry({ layer, attempt, reason }: Extract<RunEvent, { type: "retrying" }>): readonly Entry[] {
    this.repeated.add(layer);
    return [{ phase: "retrying", layer, attempt, reason }];
  }

  private onTerraform({ layer, command }: Extract<RunEvent, { type: "terraform began" }>): readonly Entry[] {
    if (!isChanging(command)) return [];
    const applying: Entry = { phase: "applying", layer, terraform: command };
    if (command !== "apply" || !this.planned.delete(layer)) return [applying];
    const unasked = this.repeated.has(layer) ? "earlier plan" : "all";
    const approval = this.answered.has(layer) ? "answer" : this.yes ? "--yes" : unasked;
    return [{ phase: "approved", layer, approval, digest: this.digests.get(layer) }, applying];
  }
}

function endOf({ row, serials }: Extract<RunEvent, { type: "layer ended" }>): Entry {
  const { layer, kind, counts, retries } = row;
  return {
    ...{ phase: kind, layer },
    ...(counts === undefined ? {} : { counts }),
    ...(retries === undefined ? {} : { retries }),
    ...(serials === undefined ? {} : { serials }),
  };
}
