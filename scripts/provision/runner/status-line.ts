import type { RunEvent } from "../run/events";
import type { Screen, Working } from "../screen/screen";
import type { Progress } from "./progress";

/** Shows what a run is doing at the moment. */
export class StatusLine {
  private working: Working | undefined;
  /** Titles of layers, e.g. `vpc 6/15`. */
  private readonly titles = new Map<string, string>();

  constructor(
    private readonly screen: Screen,
    private readonly progress: Progress,
  ) {}

  readonly listen = (event: RunEvent): void => {
    switch (event.type) {
      case "layer began":
        this.titles.set(event.layer, `${event.layer} ${event.position}/${event.count}`);
        return;
      case "terraform began":
        this.begin(
          `${this.titles.get(event.layer) ?? event.layer} ${event.command}`,
          event.command === "apply" ? this.progress.applySeconds : undefined,
        );
        return;
      case "terraform progressed":
        this.working?.update(`${event.done}/${event.planned}`, this.progress.object ?? event.current);
        return;
      case "step began":
        this.begin(event.step, event.usualSeconds);
        return;
      case "hook began":
        this.begin(`hook ${event.hook}`);
        return;
      case "step progressed":
        this.working?.update(event.text, "", event.lines);
        return;
      case "terraform ended":
      case "step ended":
      case "hook ended":
        this.end();
        return;
      case "layers ended":
        this.titles.clear();
    }
  };

  end(): void {
    this.working?.stop();
    this.working = undefined;
  }

  private begin(label: string, usualSeconds?: number): void {
    this.end();
    this.working = this.screen.working(label, usualSeconds);
  }
}
