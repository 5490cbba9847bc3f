import { putObject } from "../aws/put-object";
import { faultText } from "../aws/fault";
import { isChanging } from "../run/changing-commands";
import type { RunEvent } from "../run/events";
import type { Journal } from "../run/journal/journal";
import { journalKey } from "../run/journal/place";
import type { Run } from "../run/run";

/** When there is enough that is new. */
const moments: readonly RunEvent["type"][] = ["run began", "layer ended", "layer finished", "run ended"];

/** Copies the journal of a run to the state bucket: whole each time, and beside the run, which does not wait for it. */
export class JournalUpload {
  private work = Promise.resolve();
  private copied = "";
  private warned = false;

  constructor(
    private readonly run: Run,
    private readonly journal: Journal,
    /** Names the run. */
    private readonly name: string,
  ) {}

  readonly listen = (event: RunEvent): void => {
    if (this.creates(event) || moments.includes(event.type)) this.work = this.work.then(() => this.copy());
  };

  /** Of a run that is killed, only this tells that it may have created something. A destroy, which empties the bucket, creates nothing. */
  private creates(event: RunEvent): boolean {
    const { command } = this.run.request;
    return event.type === "terraform began" && command !== "destroy" && isChanging(event.command);
  }

  /** Resolves when everything that was published until now is copied, or has failed to be. */
  done(): Promise<void> {
    return this.work;
  }

  private async copy(): Promise<void> {
    const { text } = this.journal;
    if (text === this.copied) return;
    const failure = await this.put(text);
    if (failure === undefined) this.copied = text;
    else this.warn(failure);
  }

  /** Why the text is not in the bucket; undefined if it is, or there is no bucket yet, or no more. */
  private async put(text: string): Promise<string | undefined> {
    const key = journalKey(this.run.loaded.environment, this.name);
    try {
      const reply = await putObject(this.run, { key, text, patience: "question" });
      if (reply.kind === "answered" || reply.fault.code === "NoSuchBucket") return undefined;
      return faultText(reply.fault);
    } catch (error) {
      // Whatever it is, the run matters more.
      return error instanceof Error ? error.message : String(error);
    }
  }

  private warn(reason: string): void {
    if (this.warned) return;
    this.warned = true;
    this.run.events.note(
      `Cannot copy the journal to the state bucket: ${reason}; it is on this machine alone`,
      "warning",
    );
  }
}
