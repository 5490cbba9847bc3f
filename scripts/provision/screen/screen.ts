import pc from "picocolors";
import type { World } from "../world/index";

/** Colours that are none where the terminal shows none. */
export type Ink = ReturnType<typeof pc.createColors>;

/** A status that is shown while something runs. */
export interface Working {
  /** Says what is going on now. */
  update(text: string): void;
  stop(): void;
}

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameSeconds = 0.1;
/** Some CI services end a job that is silent for minutes. */
const keepAliveSeconds = 30;

/** What the operator sees: lines that stay, and one status line where a terminal can draw it. */
export class Screen {
  readonly ink: Ink;

  constructor(
    private readonly world: Pick<World, "terminal" | "clock">,
    /** Put before every status, e.g. "simulated". */
    readonly mark = "",
  ) {
    this.ink = pc.createColors(world.terminal.colours);
  }

  print(text = ""): void {
    this.world.terminal.print(text);
  }

  /** A heading that begins one part of a run. */
  heading(title: string, about = ""): void {
    const { bold, dim, yellow } = this.ink;
    const mark = this.mark === "" ? "" : `${yellow(`[${this.mark}]`)} `;
    this.print(`\n${mark}${bold(title)}${about === "" ? "" : `  ${dim(about)}`}`);
  }

  /** Shows that something is going on until `stop`. */
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
    const tell = () => {
      this.print(`  ${text()}`);
    };
    const cancel = terminal.live ? clock.every(frameSeconds, draw) : clock.every(keepAliveSeconds, tell);
    return {
      update: (said) => {
        now = said;
      },
      stop: () => {
        cancel();
        terminal.status();
      },
    };
  }

  /** Undefined when the operator interrupted the question. */
  ask(question: string): Promise<string | undefined> {
    return this.world.terminal.ask(this.ink.bold(question));
  }
}

/** `8 s`, `2 min 5 s`: how long, for people. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
