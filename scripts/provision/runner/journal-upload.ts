import { putObject } from "../aws/put-object";
import { faultText } from "../aws/fault";
import { passingFaults } from "../aws/passing-faults";
import { isChanging } from "../run/changing-commands";
import type { RunEvent } from "../run/events";
import type { Journal } from "../run/journal/journal";
import { journalKey } from "../run/journal/place";
import { pause } from "../run/pause";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";

type Patience = AwsRequest["patience"];

/** When there is enough that is new. */
const moments: readonly RunEvent["type"][] = [
  "run began",
  "layer ended",
  "layer finished",
  "state restored",
  "run ended",
];

/** There is none yet, or no more. */
const noBucket = "NoSuchBucket";

/** Seconds before each further attempt at the end, one each for an operator who has interrupted the run. */
const pauses = [2, 5];

/** Until then there was no place for it. */
function makesBucket(event: RunEvent): boolean {
  return (
    event.type === "object changed" &&
    event.change.action === "create" &&
    event.change.type === "aws_s3_bucket"
  );
}

/** Copies the journal of a run to the state bucket: whole each time, and beside the run, which does not wait for it. */
export class JournalUpload {
  private work = Promise.resolve();
  private copied = "";
  private warned = false;
  /** Whether the last copy has failed in a way that may pass, and no other was begun since. */
  private isBehind = false;

  constructor(
    private readonly run: Run,
    private readonly journal: Journal,
    /** Names the run. */
    private readonly name: string,
  ) {}

  readonly listen = (event: RunEvent): void => {
    const creates = this.creates(event);
    // Terraform prints a line every ten seconds as long as it creates something.
    const isLate = this.isBehind && event.type === "terraform printed";
    if (!creates && !isLate && !makesBucket(event) && !moments.includes(event.type)) return;
    this.isBehind = false;
    this.work = this.work.then(() => this.copy(creates ? "work" : "question"));
  };

  /** Of a run that is killed, only this tells that it may have created something. A destroy, which empties the bucket, creates nothing. */
  private creates(event: RunEvent): boolean {
    const { command } = this.run.request;
    return event.type === "terraform began" && command !== "destroy" && isChanging(event.command);
  }

  /** Resolves when everything that was published until now is copied, or has failed to be for some time. */
  async done(): Promise<void> {
    const { world, interrupts, events, loaded } = this.run;
    await this.work;
    for (const seconds of pauses) {
      if (!this.isBehind) return;
      await pause(world.clock, seconds, () => interrupts.draining);
      await this.copy("question");
    }
    if (this.isBehind)
      events.note(
        `The journal of this run in the state bucket of ${loaded.environment.name} has no end: other machines may take the run for cut off, and then name the command that looks for what it has left`,
        "warning",
      );
  }

  private async copy(patience: Patience): Promise<void> {
    const { text } = this.journal;
    if (text === this.copied) return;
    const failure = await this.put(text, patience);
    this.isBehind = failure?.passing === true;
    if (failure === undefined) this.copied = text;
    else if (failure.text !== noBucket) this.warn(failure.text);
  }

  /** Why the text is not in the bucket; undefined if it is. */
  private async put(
    text: string,
    patience: Patience,
  ): Promise<{ readonly text: string; readonly passing: boolean } | undefined> {
    const key = journalKey(this.run.loaded.environment, this.name);
    try {
      const reply = await putObject(this.run, { key, text, patience, evenWithoutKey: true });
      if (reply.kind === "answered") return undefined;
      const { fault } = reply;
      const passing = passingFaults.includes(fault.kind);
      return { text: fault.code === noBucket ? noBucket : faultText(fault), passing };
    } catch (error) {
      // Whatever it is, the run matters more.
      return { text: error instanceof Error ? error.message : String(error), passing: false };
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
