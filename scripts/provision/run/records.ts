import type { Files } from "../world/index";
import type { Events } from "./events";

/**
 * What a run writes for people: logs, its journal, times. A record that cannot be written never ends a run: the first one is one
 * warning, and later ones are tried all the same. What a run needs is written with `World.files`, which throws.
 */
export class Records implements Pick<Files, "read" | "write" | "append" | "remove"> {
  private warned = false;

  constructor(
    private readonly files: Pick<Files, "read" | "write" | "append" | "remove">,
    private readonly events: Pick<Events, "note">,
  ) {}

  read(path: string): string | undefined {
    return this.files.read(path);
  }

  write(...given: Parameters<Files["write"]>): void {
    this.attempt(() => {
      this.files.write(...given);
    });
  }

  append(...given: Parameters<Files["append"]>): void {
    this.attempt(() => {
      this.files.append(...given);
    });
  }

  /** For files that do no harm when they stay. */
  remove(path: string): void {
    this.attempt(() => {
      this.files.remove(path);
    });
  }

  /** Whether something that only informs has worked. */
  attempt(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.warned) {
        this.warned = true;
        const text = `${reason}; the run goes on, but its logs, journal and times may be incomplete`;
        this.events.note(text, "warning");
      }
      return false;
    }
  }
}
