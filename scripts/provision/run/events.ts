import type { FoundInCluster, Row, Serials } from "./outcome";
import type { PlanReading } from "./plan";
import type { TerraformEvent } from "./terraform-events";

/** The events of a run, in order; screen, logs and timings listen to them. */
export type RunEvent =
  | {
      readonly type: "run began";
      readonly command: string;
      readonly environment: string;
      readonly account: string;
      readonly region: string;
      readonly simulated: boolean;
      /** The Terraform that runs, e.g. `terraform 1.11.4`, and where its logs go; unset when none runs. */
      readonly terraform?: { readonly version: string; readonly logs: string };
    }
  /** A run of several phases, such as the full cycle of a rehearsal, begins one. */
  | { readonly type: "phase began"; readonly title: string }
  /** A walk over these layers begins, in this order. */
  | { readonly type: "layers began"; readonly layers: readonly string[] }
  | {
      readonly type: "layer began";
      readonly layer: string;
      readonly summary: string;
      /** From 1. */
      readonly position: number;
      readonly count: number;
    }
  /** Something other than a layer begins, which the next layer requires. */
  | { readonly type: "preparation began"; readonly name: string; readonly summary: string }
  | {
      readonly type: "plan created";
      readonly layer: string;
      readonly plan: PlanReading;
      /** Where everything in it was written to; unset if nothing changes. */
      readonly file?: string;
    }
  /** What a plan found in the cluster of a layer: Terraform does not see it, and apply corrects it. */
  | {
      readonly type: "found in cluster";
      readonly layer: string;
      readonly findings: readonly FoundInCluster[];
    }
  | { readonly type: "layer ended"; readonly row: Row; readonly serials?: Serials }
  /** A layer and its hooks ended well; `inputs` is a digest of what it was made from, for the next run. */
  | {
      readonly type: "layer finished";
      readonly layer: string;
      readonly inputs: string;
      readonly serials: Serials;
    }
  /** An earlier version, or an empty state, is about to take the place of a layer's state, and may lack what exists. */
  | { readonly type: "state restored"; readonly layer: string }
  /** Everything that exists of a layer is in its state again. */
  | { readonly type: "layer recovered"; readonly layer: string; readonly serials: Serials }
  /** Every layer of a walk has its outcome. */
  | { readonly type: "layers ended"; readonly rows: readonly Row[] }
  | { readonly type: "run ended"; readonly seconds: number; readonly exitCode: number }
  | TerraformEvent
  | HookEvent
  | StepEvent
  | QuestionEvent
  /** Further text for the operator. */
  | { readonly type: "note"; readonly text: string; readonly tone?: Tone }
  /** What a read-only check of the account found, and what it could not find out. */
  | {
      readonly type: "account checked";
      readonly title: string;
      readonly about: string;
      readonly findings: readonly string[];
      readonly unknown: readonly string[];
    }
  | { readonly type: "interrupted"; readonly text: string };

/** A command of the operator's own; `hook` is its title, e.g. `after eks: ./notify.sh`. Secrets are masked. */
type HookEvent =
  | { readonly type: "hook began"; readonly hook: string; readonly command: readonly string[] }
  /** A line of output. */
  | { readonly type: "hook printed"; readonly hook: string; readonly text: string }
  | {
      readonly type: "hook ended";
      readonly hook: string;
      readonly exitCode: number;
      readonly seconds: number;
    };

/** A longer step outside Terraform. */
type StepEvent =
  | {
      readonly type: "step began";
      readonly step: string;
      /** How long it usually takes, where that is known. */
      readonly usualSeconds?: number;
    }
  | {
      readonly type: "step progressed";
      readonly step: string;
      readonly text: string;
      /** What there is to see below it, where lines can be drawn and erased. */
      readonly lines?: readonly string[];
    }
  | { readonly type: "step ended"; readonly step: string };

type QuestionEvent =
  | { readonly type: "question asked"; readonly subject: string; readonly question: string }
  /** `answer` is unset when the question was interrupted. */
  | { readonly type: "question answered"; readonly subject: string; readonly answer: string | undefined };

/** How much a note matters: unset is as much as any line. */
type Tone = "warning" | "quiet";

interface Listener {
  readonly listen: (event: RunEvent) => void;
  readonly task: string | undefined;
}

/** The one stream of a run's events. */
export class Events {
  private readonly listeners = new Set<Listener>();

  /**
   * Every later event goes to the listener, in order, before `publish` returns. One that throws gets no further events;
   * with a `task`, e.g. `write the logs`, a warning says so.
   */
  listen(listen: (event: RunEvent) => void, task?: string): void {
    this.listeners.add({ listen, task });
  }

  /** Never throws: a full disk must not end a run while Terraform changes something. */
  publish(event: RunEvent): void {
    const warnings = [...this.listeners].flatMap((listener) => this.failureOf(listener, event));
    // Not before every other listener has the event itself.
    for (const warning of warnings) this.note(warning, "warning");
  }

  private failureOf(listener: Listener, event: RunEvent): readonly string[] {
    try {
      listener.listen(event);
      return [];
    } catch (error) {
      this.listeners.delete(listener);
      if (listener.task === undefined) return [];
      const reason = error instanceof Error ? error.message : String(error);
      return [`Cannot ${listener.task}: ${reason}; the run continues without them`];
    }
  }

  note(text: string, tone?: Tone): void {
    this.publish({ type: "note", text, ...(tone === undefined ? {} : { tone }) });
  }

  /** Publishes a step while `act` runs; `act` receives a function that publishes its progress. */
  async step<Result>(
    of: string | { readonly step: string; readonly usualSeconds: number | undefined },
    act: (progress: (text: string, lines?: readonly string[]) => void) => Promise<Result>,
  ): Promise<Result> {
    const { step, usualSeconds } = typeof of === "string" ? { step: of, usualSeconds: undefined } : of;
    this.publish({ type: "step began", step, ...(usualSeconds === undefined ? {} : { usualSeconds }) });
    try {
      return await act((text, lines) => {
        this.publish({ type: "step progressed", step, text, ...(lines === undefined ? {} : { lines }) });
      });
    } finally {
      this.publish({ type: "step ended", step });
    }
  }
}
