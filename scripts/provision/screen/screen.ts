import pc from "picocolors";
import type { Page } from "../../../lib/page";
import { wrapText } from "../../../lib/wrap";
import type { World } from "../world/index";
import { duration } from "./duration";

/** Colour functions, which do nothing if the terminal has no colours. */
export type Ink = ReturnType<typeof pc.createColors>;

/** A status that is shown while something runs. */
export interface Working {
  /** Updates the current activity. */
  update(text: string): void;
  stop(): void;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameSeconds = 0.1;
/** Some CI services cancel jobs without output. */
const keepAliveSeconds = 30;

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
    this.verbatim(wrapText(text, this.columns));
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

  /** Shows an activity until `stop`. */
  working(label: string): Working {
    const { terminal, clock } = this.world;
    const started = clock.seconds();
    let now = "";
    const text = () => {
      const parts = [this.mark, label, now, duration(clock.seconds() - started)];
      return parts.filter((part) => part !== "").join(" · ");
    };
    let frame = 0;
    const draw = () => {
      const line = `${frames[frame++ % frames.length] ?? ""} ${text()}`;
      terminal.status(line.slice(0, terminal.columns - 1));
    };
    const keepAlive = () => {
      this.print(`  ${text()}`);
    };
    const cancel = terminal.live ? clock.every(frameSeconds, draw) : clock.every(keepAliveSeconds, keepAlive);
    return {
      update: (activity) => {
        now = activity;
      },
      stop: () => {
        cancel();
        terminal.status();
      },
    };
  }

  /** Asks a question; undefined if the operator interrupted it. */
  ask(question: string): Promise<string | undefined> {
    return this.world.terminal.ask(this.ink.bold(question));
  }
}
