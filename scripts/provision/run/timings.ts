import type { RunEvent } from "./events";

/** How long each Terraform command took, and what was repeated, from the events of a run. */
export class Timings {
  private readonly retries: {
    readonly layer: string;
    readonly attempt: number;
    readonly waitedSeconds: number;
    readonly reason: string;
  }[] = [];
  private readonly commands: {
    readonly layer: string;
    readonly command: string;
    readonly seconds: number;
  }[] = [];

  readonly listen = (event: RunEvent): void => {
    if (event.type === "retrying") {
      const { layer, attempt, seconds, reason } = event;
      this.retries.push({ layer, attempt, waitedSeconds: seconds, reason });
    }
    if (event.type !== "terraform ended") return;
    const { layer, command, seconds } = event;
    this.commands.push({ layer, command, seconds });
  };

  /** As JSON: every command, every attempt after the first, Terraform's share, and the whole run. */
  report(totalSeconds: number): string {
    const terraformSeconds = this.commands.reduce((sum, { seconds }) => sum + seconds, 0);
    const { commands, retries } = this;
    return `${JSON.stringify({ commands, retries, terraformSeconds, totalSeconds }, undefined, 2)}\n`;
  }
}
