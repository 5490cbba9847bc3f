import { faultText } from "../aws/fault";
import type { Found, LockStore, Written } from "../aws/lock-store";
import type { EnvironmentLock } from "../run/environment-lock";
import type { RunEvent } from "../run/events";
import { lease, type LockDocument, readLock } from "../run/lock-document";
import { hasEnded } from "../run/lock-holder";
import { bootstrapLayer, type Run } from "../run/run";
import { lockedBy, lockLost } from "./lock-errors";
import type { AwsRequest } from "../world/index";
import { releaseLock } from "./lock-release";
import { awaitBeat, isSilent, takenOver } from "./lock-silence";
import { lockUnknown, lockUnreadable, tooManyTakers } from "./lock-trouble";

/** Runs that take and release it at the same moment are done after a few requests. */
const attempts = 20;

/**
 * The lock of an environment in its state bucket, above those that Terraform takes for each state. It is renewed as long as the
 * run lasts, and checked before each plan and each change. As long as there is no bucket, there is nothing that could be locked.
 */
export class HeldLock implements EnvironmentLock {
  private phase: "none" | "held" | "joined" | "lost" = "none";
  private etag = "";
  private work: Promise<unknown> = Promise.resolve();
  private stopBeating: (() => void) | undefined;
  private heard: number;
  private lostTo: LockDocument | undefined;
  /** The version of the lock that was seen a beat ago. */
  private watched: string | undefined;
  private warned = false;

  constructor(
    private readonly run: Run,
    private readonly store: LockStore,
    private document: LockDocument,
  ) {
    this.heard = run.world.clock.seconds();
  }

  /** Takes the lock, if there is a bucket; throws who has it. */
  async take(): Promise<void> {
    await this.inTurn(() => this.acquire());
    this.stopBeating ??= this.run.world.clock.every(
      lease.beatSeconds,
      // A renewal that fails in whatever way must not end a run in the middle of a change.
      () => void this.inTurn(() => this.beat()).catch(() => undefined),
    );
  }

  private isLost(): boolean {
    return this.phase === "lost";
  }

  async confirm(layer?: string): Promise<void> {
    await this.inTurn(async () => {
      if (layer !== undefined) this.document = { ...this.document, layer };
      if (this.isLost()) throw lockLost(this.run, this.lostTo);
      if (this.phase !== "held") return this.acquire();
      const renewed = await this.renew();
      if (renewed.kind === "fault") throw lockUnknown(this.run, renewed.fault);
      if (this.isLost()) throw lockLost(this.run, this.lostTo);
    });
  }

  /** Takes the lock as soon as the run has created the bucket, in the middle of an apply. */
  readonly listen = (event: RunEvent): void => {
    if (event.type !== "object changed" || event.change.type !== "aws_s3_bucket" || this.phase !== "none")
      return;
    // Whoever was quicker stops this run before its next change.
    this.inTurn(() => this.acquire()).catch(() => undefined);
  };

  /** Lets others begin; says so if that fails. The run is over, and with it what could change something. */
  async release(): Promise<void> {
    this.stopBeating?.();
    await this.inTurn(async () => {
      if (this.phase !== "held") return;
      this.phase = "none";
      const text = this.text({ kind: "released" });
      await releaseLock(this.run, { store: this.store, text, etag: this.etag });
    });
  }

  /** One request after the other: each needs to know what the one before has written. */
  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.work.then(act);
    this.work = turn.catch(() => undefined);
    return turn;
  }

  private text(change: Partial<LockDocument> = {}): string {
    this.document = { ...this.document, beat: this.document.beat + 1 };
    return `${JSON.stringify({ ...this.document, ...change })}\n`;
  }

  private async acquire(): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      if (this.decided(await this.store.create(this.text()))) return;
      const found = await this.store.read();
      if (found.kind === "no bucket") return;
      if (found.kind === "fault") throw lockUnknown(this.run, found.fault);
      if (found.kind === "found" && (await this.takeOver(found))) return;
    }
    throw tooManyTakers(this.run);
  }

  /** Whether a write has settled it: the lock is held, or there is no bucket. */
  private decided(written: Written): boolean {
    if (written.kind === "conflict") return false;
    if (written.kind === "fault") throw lockUnknown(this.run, written.fault);
    if (written.kind === "no bucket") this.phase = "none";
    else this.hold(written.etag);
    return true;
  }

  private hold(etag: string): void {
    this.phase = "held";
    this.etag = etag;
    this.heard = this.run.world.clock.seconds();
  }

  /** Decides about a lock that is there; false if it has to be looked at again. Throws who has it. */
  private async takeOver(found: Extract<Found, { kind: "found" }>): Promise<boolean> {
    const other = readLock(found.text);
    if (other === undefined) throw lockUnreadable(this.run);
    const { holder, runId } = this.document;
    // The answer to an earlier write was lost.
    if (other.holder === holder && other.kind === "held") return (this.hold(found.etag), true);
    if (other.kind === "released") return this.replace(found.etag);
    const stale = found.ageSeconds !== undefined && found.ageSeconds > lease.staleSeconds;
    if (runId !== undefined && other.runId === runId) {
      if (stale) return this.replace(found.etag);
      this.phase = "joined";
      return true;
    }
    if (!hasEnded(this.run.world, other)) throw lockedBy(this.run, other, found.ageSeconds);
    if (this.watched !== found.etag && !isSilent(this.run, other, found)) {
      if (this.watched !== undefined) throw lockedBy(this.run, other, found.ageSeconds);
      this.watched = found.etag;
      await awaitBeat(this.run);
      return false;
    }
    const taken = await this.replace(found.etag);
    if (taken) this.run.events.note(takenOver(other), "warning");
    return taken;
  }

  private async replace(etag: string): Promise<boolean> {
    return this.decided(await this.store.replace(this.text(), etag));
  }

  private async beat(): Promise<void> {
    if (this.phase !== "held") return;
    // It is repeated anyway, and the end of the run waits for it.
    const renewed = await this.renew("question");
    const silent = Math.round(this.run.world.clock.seconds() - this.heard);
    if (this.isLost()) this.warn(lockLost(this.run, this.lostTo).message);
    if (renewed.kind === "fault" && silent > lease.staleSeconds)
      this.warn(`The environment's lock is not renewed since ${silent} s: ${faultText(renewed.fault)}`);
  }

  private warn(text: string): void {
    if (!this.warned) this.run.events.note(text, "warning");
    this.warned = true;
  }

  private async renew(patience?: AwsRequest["patience"]): Promise<Written> {
    const written = await this.store.replace(this.text(), this.etag, patience);
    if (written.kind === "written") this.hold(written.etag);
    if (written.kind === "no bucket") this.phase = "none";
    if (written.kind === "conflict") await this.examine();
    return written;
  }

  /** Finds out why the lock is not what this run has written last. */
  private async examine(): Promise<void> {
    const found = await this.store.read();
    if (found.kind === "fault") return;
    const other = found.kind === "found" ? readLock(found.text) : undefined;
    // The answer to an earlier renewal was lost.
    if (found.kind === "found" && other?.kind === "held" && other.holder === this.document.holder)
      this.hold(found.etag);
    // Its own destroy empties the bucket.
    else if (found.kind !== "found" && this.isEndingBucket()) this.phase = "none";
    else {
      this.phase = "lost";
      this.lostTo = other;
    }
  }

  private isEndingBucket(): boolean {
    const { command } = this.run.request;
    return command === "destroy" && bootstrapLayer(this.run)?.name === this.document.layer;
  }
}
