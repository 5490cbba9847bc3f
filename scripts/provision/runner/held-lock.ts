import { faultText } from "../aws/fault";
import type { LockStore } from "../aws/lock-store";
import type { EnvironmentLock } from "../run/environment-lock";
import type { RunEvent } from "../run/events";
import { lease, type LockMember } from "../run/lock-document";
import type { Run } from "../run/run";
import { LockClaim } from "./lock-claim";
import { lockLost } from "./lock-errors";
import { lockUnknown } from "./lock-trouble";

/**
 * The lock of an environment in its state bucket, above those that Terraform takes for each state. It is renewed as long as the
 * run lasts, and checked before each plan and each change. As long as there is no bucket, there is nothing that could be locked.
 */
export class HeldLock implements EnvironmentLock {
  private readonly claim: LockClaim;
  private work: Promise<unknown> = Promise.resolve();
  private stopBeating: (() => void) | undefined;
  private warned = false;

  constructor(
    private readonly run: Run,
    store: LockStore,
    own: LockMember,
  ) {
    this.claim = new LockClaim(run, store, own);
  }

  /** Takes the lock, if there is a bucket; throws who has it. */
  async take(): Promise<void> {
    await this.inTurn(() => this.claim.acquire());
    this.stopBeating ??= this.run.world.clock.every(
      lease.beatSeconds,
      // A renewal that fails in whatever way must not end a run in the middle of a change.
      () => void this.inTurn(() => this.beat()).catch(() => undefined),
    );
  }

  async confirm(layer?: string): Promise<void> {
    const { claim, run } = this;
    await this.inTurn(async () => {
      if (layer !== undefined) claim.own = { ...claim.own, layer };
      if (claim.phase === "none") return claim.acquire();
      const fault = await claim.renew();
      if (fault !== undefined) throw lockUnknown(run, fault);
      if (this.isLost()) throw lockLost(run, claim.lostTo);
    });
  }

  /** Takes the lock as soon as the run has created the bucket, in the middle of an apply. */
  readonly listen = (event: RunEvent): void => {
    if (event.type !== "object changed" || event.change.type !== "aws_s3_bucket") return;
    if (this.claim.phase !== "none") return;
    // Whoever was quicker stops this run before its next change.
    this.inTurn(() => this.claim.acquire()).catch(() => undefined);
  };

  /** Lets others begin; says so if that fails. The run is over, and with it what could change something. */
  async release(): Promise<void> {
    this.stopBeating?.();
    await this.inTurn(() => this.claim.release());
  }

  /** One request after the other: each needs to know what the one before has written. */
  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.work.then(act);
    this.work = turn.catch(() => undefined);
    return turn;
  }

  private async beat(): Promise<void> {
    const { claim, run } = this;
    if (this.isLost()) return;
    // It is repeated anyway, and the end of the run waits for it.
    const fault = await claim.renew("question");
    const silent = Math.round(run.world.clock.seconds() - claim.heard);
    if (this.isLost()) this.warn(lockLost(run, claim.lostTo).message);
    if (fault !== undefined && silent > lease.staleSeconds)
      this.warn(`The environment's lock was not reached for ${silent} s: ${faultText(fault)}`);
  }

  private isLost(): boolean {
    return this.claim.phase === "lost";
  }

  private warn(text: string): void {
    if (!this.warned) this.run.events.note(text, "warning");
    this.warned = true;
  }
}
