import type { Fault } from "../aws/fault";
import type { Found, FoundLock, LockStore, Written } from "../aws/lock-store";
import { type LockDocument, type LockMember, lockText, readLock } from "../run/lock-document";
import { names, withJoined } from "../run/lock-list";
import { bootstrapLayer, type Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { releaseLock } from "./lock-release";
import { isSilentJob, mayTakeOver, takenOver } from "./lock-silence";
import { lockUnknown, lockUnreadable, tooManyTakers } from "./lock-trouble";

/** Runs that change it at the same moment are done after a few requests. */
const attempts = 20;
/** After these, a request may have been served. */
const unanswered: readonly Fault["kind"][] = ["timeout", "unavailable"];
type Patience = AwsRequest["patience"];

/** What a run has of the lock of its environment. One request after the other: each needs to know what the one before has written. */
export class LockClaim {
  /** `joined`: a run with the same id holds it, and this run is, or may be, in its list. */
  phase: "none" | "held" | "joined" | "lost" = "none";
  /** When this run knew for certain, in seconds of the clock. */
  heard: number;
  lostTo: LockDocument | undefined;
  /** Whether this run may have the lock although no answer has said so. */
  private mayHold = false;
  private etag = "";
  private beat = 0;
  private joined: LockDocument["joined"] = [];
  /** The version of the lock that was seen a beat ago. */
  private watched: string | undefined;

  constructor(
    private readonly run: Run,
    private readonly store: LockStore,
    /** Is at another layer from time to time. */
    public own: LockMember,
  ) {
    this.heard = run.world.clock.seconds();
  }

  /** Takes the lock, or joins a run with the same id, if there is a bucket; throws who has it. */
  async acquire(): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      this.joined = [];
      if (this.isSettled(this.keep(await this.store.create(this.text())))) return;
      const found = await this.store.read();
      if (found.kind === "no bucket") {
        this.phase = "none";
        return;
      }
      if (found.kind === "fault") throw lockUnknown(this.run, found.fault);
      if (found.kind === "found" && this.isSettled(await this.takeOver(found))) return;
    }
    throw tooManyTakers(this.run);
  }

  /** Renews what is held, and looks at what is joined; afterwards, `phase` says what is left. Returns why that is unknown. */
  async renew(patience?: Patience): Promise<Fault | undefined> {
    let fault = this.phase === "joined" ? await this.look(patience) : undefined;
    for (let attempt = 1; this.phase === "held" && !fault && attempt <= attempts; attempt++) {
      const written = await this.replace(this.etag, this.joined, patience);
      if (written.kind === "fault") return written.fault;
      if (written.kind !== "conflict") return undefined;
      fault = await this.look(patience);
    }
    return fault;
  }

  /** Leaves the lock to the next run that has joined, or to everybody. */
  async release(): Promise<void> {
    const { phase, etag, store } = this;
    if (phase !== "held" && phase !== "joined" && !this.mayHold) return;
    this.phase = "none";
    this.mayHold = false;
    const known = phase === "held" ? { lock: this.document(), etag } : undefined;
    await releaseLock(this.run, { store, holder: this.own.holder, known });
  }

  private document(): LockDocument {
    return { ...this.own, kind: "held", beat: this.beat, joined: this.joined };
  }

  private text(): string {
    this.beat += 1;
    return lockText(this.document());
  }

  private isSettled(written: Written): boolean {
    if (written.kind === "fault") {
      this.mayHold = unanswered.includes(written.fault.kind);
      throw lockUnknown(this.run, written.fault);
    }
    return written.kind !== "conflict";
  }

  /** Remembers what a write of this run's own lock has led to. */
  private keep(written: Written): Written {
    if (written.kind === "no bucket") this.phase = "none";
    if (written.kind === "written") this.hold(written.etag);
    return written;
  }

  private hold(etag: string): void {
    this.phase = "held";
    this.etag = etag;
    this.heard = this.run.world.clock.seconds();
  }

  private isOwn(lock: LockDocument): boolean {
    return lock.kind === "held" && lock.holder === this.own.holder;
  }

  /** The answer to an earlier write was lost, others have joined, or the run that had it has left it to this one. */
  private adopt({ etag }: FoundLock, { beat, joined }: LockDocument): Written {
    this.beat = beat;
    this.joined = joined;
    this.hold(etag);
    return { kind: "written", etag };
  }

  private isOfSameJobs({ runId }: LockMember): boolean {
    return runId !== undefined && runId === this.own.runId;
  }

  /** Decides about the lock of another run before this one begins. Throws who has it. */
  private async takeOver(found: FoundLock): Promise<Written> {
    const lock = readLock(found.text);
    if (lock === undefined) throw lockUnreadable(this.run);
    if (this.isOwn(lock)) return this.adopt(found, lock);
    if (lock.kind === "released") return this.replace(found.etag, []);
    if (this.isOfSameJobs(lock)) return this.share(found, lock);
    if (!(await mayTakeOver(this.run, lock, { ...found, watched: this.watched }))) {
      this.watched = found.etag;
      return { kind: "conflict" };
    }
    const written = await this.replace(found.etag, []);
    if (written.kind === "written") this.run.events.note(takenOver(lock), "warning");
    return written;
  }

  private async replace(etag: string, joined: LockDocument["joined"], patience?: Patience): Promise<Written> {
    this.joined = joined;
    return this.keep(await this.store.replace(this.text(), etag, patience));
  }

  /** Joins a run with the same id, or takes the lock over from one that is not heard from, with those that have joined it. */
  private async share(found: FoundLock, lock: LockDocument, patience?: Patience): Promise<Written> {
    if (isSilentJob(this.run, lock, found)) {
      const others = lock.joined.filter(({ holder }) => holder !== this.own.holder);
      return this.replace(found.etag, others, patience);
    }
    // Before the answer, which may be lost: a list that nobody leaves would keep others out.
    this.phase = "joined";
    const { holder, layer } = this.own;
    const isUpToDate = lock.joined.some((each) => each.holder === holder && each.layer === layer);
    const written: Written = isUpToDate
      ? { kind: "written", etag: found.etag }
      : await this.store.replace(lockText(withJoined(lock, this.own)), found.etag, patience);
    if (written.kind === "written") this.heard = this.run.world.clock.seconds();
    if (written.kind === "no bucket") this.phase = "none";
    return written;
  }

  /** Finds out what has become of the lock that this run holds or has joined. */
  private async look(patience?: Patience): Promise<Fault | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const found = await this.store.read(patience);
      if (found.kind === "fault") return found.fault;
      const lock = found.kind === "found" ? readLock(found.text) : undefined;
      const written = found.kind === "found" && lock && (await this.follow(found, lock, patience));
      if (!written) this.lose(found, lock);
      if (!written) return undefined;
      if (written.kind === "fault") return written.fault;
      if (written.kind !== "conflict") return undefined;
    }
    throw tooManyTakers(this.run);
  }

  /** Undefined if the lock is no more that of this run, nor of those with the same id. */
  private async follow(
    found: FoundLock,
    lock: LockDocument,
    patience?: Patience,
  ): Promise<Written | undefined> {
    if (this.isOwn(lock)) return this.adopt(found, lock);
    if (!this.isOfSameJobs(lock)) return undefined;
    if (lock.kind === "held") return this.share(found, lock, patience);
    // Whom it still names was at work when somebody has unlocked it.
    return names(lock, this.own.holder) ? undefined : this.replace(found.etag, [], patience);
  }

  private lose({ kind }: Found, lock: LockDocument | undefined): void {
    const { request } = this.run;
    const isLastLayer = request.command === "destroy" && bootstrapLayer(this.run)?.name === this.own.layer;
    // Its own destroy empties the bucket.
    this.phase = kind !== "found" && isLastLayer ? "none" : "lost";
    this.lostTo = lock;
  }
}
