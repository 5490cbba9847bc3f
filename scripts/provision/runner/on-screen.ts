import type { RunEvent } from "../run/events";
import type { Row } from "../run/outcome";
import type { Screen, Working } from "../screen/screen";
import { Brief } from "./brief";
import { outcomeLine } from "./layer-lines";
import { closingTable } from "./outcome-table";
import { planSummary } from "../plan-view/summary";

/** Shows the events of a run to the operator. */
export class OnScreen {
  private working: Working | undefined;
  /** Titles of layers in the status line, e.g. `vpc 6/15`. */
  private readonly titles = new Map<string, string>();

  private readonly brief: Brief | undefined;

  /** `brief`: one line for each layer, unless it fails. */
  constructor(
    private readonly screen: Screen,
    { brief = false }: { readonly brief?: boolean } = {},
  ) {
    if (brief) this.brief = new Brief(screen, this.showLines);
  }

  readonly listen = (event: RunEvent): void => {
    try {
      this.showStatus(event);
      (this.brief?.listen ?? this.showLines)(event);
    } catch (error) {
      // No further event arrives, and the timer of a status line would keep the process from ending.
      this.end();
      throw error;
    }
  };

  /** Updates the status line. */
  private showStatus(event: RunEvent): void {
    switch (event.type) {
      case "layer began":
        this.titles.set(event.layer, `${event.layer} ${event.position}/${event.count}`);
        return;
      case "terraform began":
        this.begin(`${this.titles.get(event.layer) ?? event.layer} ${event.command}`);
        return;
      case "terraform progressed":
        this.working?.update(`${event.done}/${event.planned} · ${event.current}`);
        return;
      case "step began":
        this.begin(event.step);
        return;
      case "hook began":
        this.begin(`hook ${event.hook}`);
        return;
      case "step progressed":
        this.working?.update(event.text);
        return;
      case "terraform ended":
      case "step ended":
      case "hook ended":
        this.end();
        return;
      case "layers ended":
        this.titles.clear();
    }
  }

  private begin(label: string): void {
    this.end();
    this.working = this.screen.working(label);
  }

  private end(): void {
    this.working?.stop();
    this.working = undefined;
  }

  /** Prints lines. */
  private readonly showLines = (event: RunEvent): void => {
    const { screen } = this;
    const { yellow } = screen.ink;
    switch (event.type) {
      case "run began":
        this.showHeading(event);
        return;
      case "phase began":
        screen.heading(event.title);
        return;
      case "layer began":
        screen.heading(event.layer, event.summary);
        return;
      case "plan created":
        this.showPlan(event);
        return;
      case "hook began":
        screen.print(`  Hook ${event.hook}`);
        return;
      case "hook printed":
        screen.verbatim(screen.ink.dim(`  | ${event.text}`));
        return;
      case "layers ended":
        this.showOutcome(event.rows);
        return;
      case "account checked":
        this.showFindings(event);
        return;
      case "retrying":
        screen.print(yellow(`  ${retryText(event)}`));
        return;
      case "note":
        screen.print(this.toned(`  ${event.text}`, event.tone));
        return;
      case "interrupted":
        screen.print(yellow(event.text));
    }
  };

  private showOutcome(rows: readonly Row[]): void {
    if (!this.brief) this.screen.print(`\n${closingTable(this.screen, rows)}`);
    this.screen.print(`  ${outcomeLine(rows)}`);
  }

  private showPlan({ plan, file }: Extract<RunEvent, { type: "plan created" }>): void {
    const { ink, columns } = this.screen;
    for (const line of planSummary({ ink, columns, everything: file }, plan)) this.screen.print(line);
  }

  private toned(text: string, tone: Extract<RunEvent, { type: "note" }>["tone"]): string {
    const { dim, yellow } = this.screen.ink;
    if (tone === undefined) return text;
    return tone === "warning" ? yellow(text) : dim(text);
  }

  private showFindings(event: Extract<RunEvent, { type: "account checked" }>): void {
    const { title, about, findings, unknown } = event;
    if (findings.length + unknown.length === 0) return;
    this.screen.heading(title, about);
    for (const finding of findings) this.screen.print(this.toned(`  ${finding}`, "warning"));
    for (const line of unknown) this.screen.print(this.toned(`  ${line}`, "quiet"));
  }

  private showHeading(event: Extract<RunEvent, { type: "run began" }>): void {
    const { screen } = this;
    screen.heading(`${event.command} ${event.environment}`, `account ${event.account}, ${event.region}`);
    if (event.simulated)
      screen.print(
        `  Simulated account ${event.account}: no credentials are used, and no real resources are changed`,
      );
    if (event.terraform) screen.print(`  ${event.terraform.version}, logs in ${event.terraform.logs}/`);
  }
}

function retryText({ attempt, seconds }: Extract<RunEvent, { type: "retrying" }>): string {
  return `AWS can deny a KMS key for 5 minutes after its alias was created; attempt ${attempt} in ${seconds} s`;
}
