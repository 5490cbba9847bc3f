import pc from "picocolors";
import type { Page } from "../../../lib/page";
import { wrapText } from "../../../lib/wrap";
import type { World } from "../world/index";
import { inAscii } from "./ascii";
import { elapsedOf } from "./duration";

/** Colour functions, which do nothing if the terminal has no colours. */
export type Ink = ReturnType<typeof pc.createColors>;

/** A status that is shown while something runs. */
export interface Working {
  /**
   * Updates the current activity, and what it is about, which is shortened where the line is too long; `below` are further
   * lines, which only a terminal shows, cut at its width.
   */
  update(activity: string, object?: string, below?: readonly string[]): void;
  stop(): void;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const asciiFrames = ["|", "/", "-", "\\"];
const frameSeconds = 0.1;
/** Some CI services cancel jobs without output. */
const keepAliveSeconds = 30;

/** A shorter one says nothing. */
const shortestObject = 8;

/** Output for the operator: lines, and a status line if the terminal supports it. */
export class Screen implements Page {
  readonly ink: Ink;

  constructor(
    private readonly world: Pick<World, "terminal" | "clock">,
    /** Prefix of every status, e.g. "simulated". */
    readonly mark = "",
  ) {
    this.ink = pc.createColors(world.terminal.colours);
  }

  /** Columns of the terminal, which can change while a run works; without end in a pipe, where lines are searched. */
  get columns(): number {
    return this.world.terminal.columns;
  }

  /** Prints text for people, with long lines wrapped to the terminal's width. */
  print(text = ""): void {
    this.verbatim(wrapText(this.shown(text), this.columns));
  }

  /** The same, where errors go. */
  printError(text: string): void {
    this.world.terminal.printError(wrapText(this.shown(text), this.columns));
  }

  /** Prints what a program reads, or has written, line by line as it is. */
  verbatim(text: string): void {
    this.world.terminal.print(text);
  }

  /** A heading that begins one part of a run. */
  heading(title: string, about = ""): void {
    const { bold, dim, yellow } = this.ink;
    const mark = this.mark === "" ? "" : `${yellow(`[${this.mark}]`)} `;
    this.print(`\n${mark}${bold(title)}${about === "" ? "" : `  ${dim(about)}`}`);
  }

  /** Shows an activity until `stop`, beside the time that it usually takes. */
  working(label: string, usualSeconds?: number): Working {
    const { terminal, clock } = this.world;
    const started = clock.seconds();
    let activity = "";
    let object = "";
    let below: readonly string[] = [];
    const text = (columns: number) => {
      const before = [this.mark, label, activity];
      return fitted({ before, object, times: elapsedOf(clock.seconds() - started, usualSeconds) }, columns);
    };
    const spinners = terminal.unicode ? frames : asciiFrames;
    let frame = 0;
    const draw = () => {
      const spinner = spinners[frame++ % spinners.length] ?? "";
      const lines = [`${spinner} ${text(terminal.columns - 5)}`, ...below];
      terminal.status(lines.map((line) => this.shown(line).slice(0, terminal.columns - 1)).join("\n"));
    };
    let intervals = 0;
    const keepAlive = () => {
      // After half a minute, and then each minute.
      if (intervals++ % 2 === 0) this.print(`  ${text(Infinity)}`);
    };
    const cancel = terminal.live ? clock.every(frameSeconds, draw) : clock.every(keepAliveSeconds, keepAlive);
    return {
      update: (newActivity, newObject = "", newBelow = []) => {
        activity = newActivity;
        object = newObject;
        below = newBelow;
      },
      stop: () => {
        cancel();
        terminal.status();
      },
    };
  }

  /** Asks a question; undefined if the operator interrupted it. */
  ask(question: string): Promise<string | undefined> {
    return this.world.terminal.ask(this.ink.bold(this.shown(question)));
  }

  private shown(text: string): string {
    return this.world.terminal.unicode ? text : inAscii(text);
  }
}

/** Parts of a status. */
interface Status {
  readonly before: readonly string[];
  readonly object: string;
  /** The time, and shorter forms of it. */
  readonly times: readonly [longest: string, ...shorter: string[]];
}

/** A status in one line: first the time is said more shortly, then the object, because which one takes long matters more. */
function fitted({ before, object, times }: Status, columns: number): string {
  const line = (...last: readonly string[]) => [...before, ...last].filter((part) => part !== "").join(" · ");
  const whole = times.find((time) => line(object, time).length <= columns);
  if (whole !== undefined) return line(object, whole);
  const shortest = times.at(-1) ?? times[0];
  const left = object.length - (line(object, shortest).length - columns) - 1;
  return line(left < shortestObject ? "" : `${object.slice(0, left)}…`, shortest);
}
