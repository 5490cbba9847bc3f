import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine } from "../command-line/request";
import { Interrupted } from "../run/interrupts";
import type { Run } from "../run/run";

/** Ends a run because the operator answered no. */
export class Declined extends UserError {
  constructor(verb: string, subject: string, next: string) {
    super(`Cannot ${verb} "${subject}": declined`, `Run: ${next}`, exitCodes.failed);
  }
}

/** A question that must be answered before a run goes on. */
export interface Consent {
  /** What the run wants to do, and to what, as in `Cannot apply "vpc": declined`. */
  readonly verb: string;
  readonly subject: string;
  readonly question: string;
  /** Whether data would be lost; shown in red. */
  readonly danger?: boolean;
  /** The answer that confirms. */
  readonly expected: string;
  /** The command line that asks again. */
  readonly next: string;
  /** What to review before agreeing in advance; unset: the plan. */
  readonly review?: string;
}

/** Asks the operator. Throws `Declined` or `Interrupted` unless agreed, and `UserError` when there is no terminal. */
export async function askConsent(run: Run, consent: Consent): Promise<void> {
  const { verb, subject, question, expected, next } = consent;
  assertTerminal(run, consent);
  run.events.publish({ type: "question asked", subject, question });
  const answer = await run.screen.ask(consent.danger ? run.screen.ink.red(question) : question);
  run.events.publish({ type: "question answered", subject, answer });
  if (answer === undefined || run.interrupts.draining) throw new Interrupted(subject, next);
  const given = expected === "yes" ? answer.toLowerCase() : answer;
  if (given !== expected) throw new Declined(verb, subject, next);
}

/** Throws without an interactive terminal. */
export function assertTerminal(
  { world, request }: Run,
  { verb, subject, review = "the plan" }: Pick<Consent, "verb" | "subject" | "review">,
): void {
  if (world.terminal.interactive) return;
  throw new UserError(
    `Cannot ${verb} "${subject}": there is no interactive terminal for approval; nothing was changed`,
    `Review ${review}, then run: ${commandLine(request, { yes: true })}`,
    exitCodes.preflightFailed,
  );
}
