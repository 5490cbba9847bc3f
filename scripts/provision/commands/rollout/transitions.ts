import type { Events } from "../../run/events";
import type { KnownCauses } from "./lines";
import type { Situation } from "./progress";
import type { ApplicationRow } from "./rows";

const steps = ["Argo CD", "repository", "root application", "applications", "done"] as const;

/** What is said when a step is over. */
const reached: Readonly<Record<(typeof steps)[number], string>> = {
  "Argo CD": "Argo CD is up",
  repository: "The repository is readable",
  "root application": "The root application has its Applications",
  applications: "",
  done: "",
};

/** Prints a line for what changes from look to look, also where nothing can be drawn. */
export class Transitions {
  private step = 0;
  private wave = -Infinity;
  /** What was said of an Application that has a problem. */
  private readonly problems = new Map<string, string>();

  constructor(
    private readonly events: Pick<Events, "note">,
    private readonly causes: KnownCauses,
  ) {}

  look(situation: Situation): void {
    const step = steps.indexOf(situation.step);
    for (const name of steps.slice(this.step, step))
      if (reached[name] !== "") this.events.note(reached[name]);
    this.step = Math.max(step, this.step);
    this.sayWave(situation);
    for (const row of situation.rows) this.sayProblem(row);
  }

  private sayWave({ step, wave = Infinity, rows }: Situation): void {
    if (step !== "applications" || wave <= this.wave) return;
    this.wave = wave;
    const before = rows.filter((row) => row.wave < wave);
    const last = before.at(-1);
    if (last === undefined) return;
    const waits = wave === Infinity ? "" : `; ${rows.length - before.length} to go`;
    this.events.note(
      `Healthy up to wave ${last.wave}: ${before.length} of ${rows.length} applications${waits}`,
    );
  }

  private sayProblem({ name, wave, state, health, reason }: ApplicationRow): void {
    const title = `${name} (wave ${wave})`;
    if (state === "done" && this.problems.delete(name)) {
      this.events.note(`${title} has recovered`);
      return;
    }
    const lines = this.causes(name);
    if ((state !== "failing" && state !== "retrying") || (lines.length === 0 && reason === "")) return;
    const what = state === "retrying" ? "is tried again" : health === "Degraded" ? "is degraded" : "fails";
    const own = reason === "Degraded" ? [] : [reason];
    const text = [`${title} ${what}`, ...own, ...lines].join("\n    ");
    // Counters in the reasons of pods change all the time.
    const kind = `${state} ${[...own, ...lines].join(" ").replace(/\d+/g, "")}`;
    if (this.problems.get(name) === kind) return;
    this.problems.set(name, kind);
    this.events.note(text, "warning");
  }
}
