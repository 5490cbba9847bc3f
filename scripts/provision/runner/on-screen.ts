import type { RunEvent } from "../run/events";
import type { Row } from "../run/outcome";
import { about } from "../screen/duration";
import type { Screen } from "../screen/screen";
import { Brief } from "./brief";
import { outcomeLine } from "./layer-lines";
import type { ExpectedTime } from "./expected-time";
import { closingTable } from "./outcome-table";
import { Progress } from "./progress";
import { StatusLine } from "./status-line";
import { printable } from "../screen/printable";
import { planSummary } from "../plan-view/summary";

/** How much is shown. */
interface ScreenOptions {
  /** One line for each layer, unless it fails. */
  readonly brief?: boolean;
  /** How long changes usually take; unset: no times are expected. */
  readonly expected?: ExpectedTime | undefined;
}

/** Shows the events of a run to the operator. */
export class OnScreen {
  private readonly status: StatusLine;
  private readonly progress: Progress;
  private readonly brief: Brief | undefined;

  constructor(
    private readonly screen: Screen,
    { brief = false, expected }: ScreenOptions = {},
  ) {
    this.progress = new Progress(expected);
    this.status = new StatusLine(screen, this.progress);
    if (brief) this.brief = new Brief(screen, this.showLines);
  }

  readonly listen = (event: RunEvent): void => {
    try {
      this.progress.listen(event);
      this.status.listen(event);
      (this.brief?.listen ?? this.showLines)(event);
    } catch (error) {
      // No further event arrives, and the timer of a status line would keep the process from ending.
      this.status.end();
      throw error;
    }
  };

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
      case "layers began":
        this.showTotal();
        return;
      case "layer began":
        this.showLayer(event);
        return;
      case "preparation began":
        screen.heading(event.name, event.summary);
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
        this.showWait();
    }
  };

  /** What the run waits for before it ends. */
  private showWait(): void {
    const { object, applySeconds: seconds } = this.progress;
    if (object === undefined) return;
    const usual =
      seconds === undefined || seconds < 60
        ? ""
        : `; this apply usually takes about ${about(seconds)} in all`;
    this.screen.print(`  In progress: ${object}${usual}`);
  }

  private showTotal(): void {
    const total = this.progress.total();
    if (total !== undefined && !this.brief) this.screen.print(`\n  Expected: ${total}`);
  }

  private showLayer({ layer, summary, position, count }: Extract<RunEvent, { type: "layer began" }>): void {
    const left = this.progress.left(layer);
    const rest = left === undefined ? "" : ` (${position} of ${count}, ${left})`;
    // Of an extension, anybody may have written it.
    this.screen.heading(layer, printable(`${summary}${rest}`));
  }

  private showOutcome(rows: readonly Row[]): void {
    if (!this.brief) this.screen.print(`\n${closingTable(this.screen, rows)}`);
    this.screen.print(`  ${outcomeLine(rows)}`);
  }

  private showPlan({ plan, file }: Extract<RunEvent, { type: "plan created" }>): void {
    const { ink, columns } = this.screen;
    for (const line of planSummary({ ink, columns, everything: file }, plan)) this.screen.print(line);
    const seconds = this.progress.applySeconds;
    if (seconds !== undefined && seconds >= 60) this.screen.print(`  Expected: about ${about(seconds)}`);
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

function retryText({ attempt, seconds, reason }: Extract<RunEvent, { type: "retrying" }>): string {
  return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}; attempt ${attempt} in ${seconds} s`;
}
