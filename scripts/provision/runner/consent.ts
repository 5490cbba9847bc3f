import { exitCodes, UserError } from "../../../lib/errors";
import { Interrupted } from "../run/interrupts";
import type { Run } from "../run/run";
import { assertTerminal } from "./unattended";

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
  /** Without the answers, which are added. */
  readonly question: string;
  /** Whether data would be lost; shown in red. */
  readonly danger?: boolean;
  /** The command line that asks again. */
  readonly next: string;
  /** What to review before agreeing in advance; unset: the plan. */
  readonly review?: string;
  /** Prints everything that there is to know; offers the answer `details`. */
  readonly details?: () => void;
  /** What the answer `all` covers; offers it. */
  readonly all?: string;
}

/** No question is wider, also on a wider terminal. */
const widest = 80;
/** Room for what is typed. */
const answerWidth = 8;

/** Asks the operator. Throws `Declined` or `Interrupted` unless agreed, and `UserError` when there is no terminal. */
export async function askConsent(run: Run, consent: Consent): Promise<"yes" | "all"> {
  const { details, all } = consent;
  const more = [...(all === undefined ? [] : ["all"]), ...(details === undefined ? [] : ["details"])];
  const answers = more.length === 0 ? "yes/no" : ["yes", "no", ...more, "quit"].join("/");
  for (;;) {
    const given = (await ask(run, consent, `${consent.question} ${answers}`)).toLowerCase();
    if (given === "y" || given === "yes") return "yes";
    if (declines(given)) throw new Declined(consent.verb, consent.subject, consent.next);
    if (given === "all" && all !== undefined) return "all";
    if (given === "details" && details !== undefined) details();
    else for (const line of explanation(given, consent)) run.screen.print(line);
  }
}

/** Asks for a name as confirmation; nothing else confirms. Throws as `askConsent` does. */
export async function askName(
  run: Run,
  consent: Omit<Consent, "all"> & { readonly name: string },
): Promise<void> {
  const { name, question, details } = consent;
  const more = details === undefined ? "or quit" : "details or quit";
  const meanings = [
    `enter ${name} to confirm`,
    ...(details === undefined ? [] : ["details to print the whole plan"]),
    "or quit to end the run",
  ];
  for (;;) {
    const given = await ask(run, consent, `${question} Enter ${name} to confirm, ${more}:`);
    if (given === name) return;
    if (declines(given.toLowerCase())) throw new Declined(consent.verb, consent.subject, consent.next);
    if (given.toLowerCase() === "details" && details !== undefined) details();
    else run.screen.print(`  ${named(given)}: ${meanings.join(", ")}`);
  }
}

function declines(given: string): boolean {
  return ["n", "no", "quit"].includes(given);
}

/** Puts a question once; a line of its own for the answers if they do not fit beside it. */
async function ask(run: Run, consent: Consent, question: string): Promise<string> {
  const { subject, next, danger } = consent;
  assertTerminal(run, consent);
  assertNotInterrupted(run, consent);
  const { screen, events, world } = run;
  const inked = (text: string) => (danger === true ? screen.ink.red(text) : text);
  const fits = question.length + answerWidth < Math.min(world.terminal.columns, widest);
  const answers = question.slice(consent.question.length + 1);
  if (!fits) screen.print(screen.ink.bold(inked(consent.question)));
  events.publish({ type: "question asked", subject, question });
  const answer = await screen.ask(inked(fits ? question : answers));
  events.publish({ type: "question answered", subject, answer });
  assertNotInterrupted(run, consent);
  if (answer === undefined) throw new Interrupted(subject, next);
  return answer;
}

function assertNotInterrupted({ interrupts }: Run, { subject, next }: Consent): void {
  if (interrupts.draining) throw new Interrupted(subject, next);
}

/** What the answers are and mean, after one that is none of them. */
function explanation(given: string, { all, details }: Consent): readonly string[] {
  return [
    `  ${named(given)}. Answers:`,
    "    yes or y        agree",
    "    no, n or quit   end the run here; the next command is printed",
    ...(all === undefined ? [] : [`    all             ${all}`]),
    ...(details === undefined ? [] : ["    details         print the whole plan, then ask again"]),
  ];
}

function named(given: string): string {
  return given === "" ? "Nothing was entered" : `"${given}" is not an answer`;
}
