import type { RunEvent } from "./events";

/** How long each Terraform command took, from the events of a run. */
export class Timings {
  private readonly commands: {
    readonly layer: string;
    readonly command: string;
    readonly seconds: number;
  }[] = [];

  readonly listen = (event: RunEvent): void => {
    if (event.type !== "terraform ended") return;
    const { layer, command, seconds } = event;
    this.commands.push({ layer, command, seconds });
  };

  /** As JSON: every command, Terraform's share, and the whole run. */
  report(totalSeconds: number): string {
    const terraformSeconds = this.commands.reduce((sum, { seconds }) => sum + seconds, 0);
    return `${JSON.stringify({ commands: this.commands, terraformSeconds, totalSeconds }, undefined, 2)}\n`;
  }
}
