import type { RunEvent } from "../run/events";
import type { Row } from "../run/outcome";
import type { Screen } from "../screen/screen";
import { layerLine } from "./layer-lines";

/** What it takes to understand a layer, shown only where the layer fails. */
const details = new Set<RunEvent["type"]>(["layer began", "preparation began", "plan created", "note"]);

const fine: readonly Row["kind"][] = ["applied", "unchanged", "skipped", "destroyed", "nothing to destroy"];

/** Shows one line for each layer, and of a layer that fails everything. */
export class Brief {
  private layers: readonly string[] = [];
  private held: RunEvent[] | undefined;

  constructor(
    private readonly screen: Screen,
    /** Shows an event in full. */
    private readonly show: (event: RunEvent) => void,
  ) {}

  readonly listen = (event: RunEvent): void => {
    if (event.type === "layers began") this.layers = event.layers;
    if (event.type === "layer began" || event.type === "preparation began") this.held = [];
    if (event.type === "layer ended") this.end(event.row);
    else if (this.held !== undefined && details.has(event.type) && !isWarning(event)) this.held.push(event);
    else this.show(event);
  };

  private end(row: Row): void {
    const held = this.held ?? [];
    this.held = undefined;
    if (!fine.includes(row.kind)) for (const event of held) this.show(event);
    this.screen.print(layerLine(this.screen, row, this.layers));
  }
}

function isWarning(event: RunEvent): boolean {
  return event.type === "note" && event.tone === "warning";
}
