import type { Screen } from "../../screen/screen";
import type { Answers } from "./answers";
import { answerProblems, type Checking } from "./check";
import type { FileContents } from "./file-text";
import type { Known, Offer, Question } from "./question";

/** What an interview needs, and how it goes about a question without an answer. */
export interface Interview {
  readonly checking: Checking;
  readonly contents: Pick<FileContents, "name" | "release">;
  readonly screen: Screen;
  /** False: options and defaults answer every question. */
  readonly asks: boolean;
}

/** How an interview ended. */
export interface Outcome {
  readonly answers: Answers;
  /** Questions that nothing answered. */
  readonly missing: readonly Question[];
  /** Questions whose answers are not accepted, each with its problems. */
  readonly refused: readonly { readonly question: Question; readonly problems: readonly string[] }[];
  /** The operator interrupted it. */
  readonly interrupted: boolean;
}

/** Answers the questions in their order: by what is given, by asking, or by default. */
export async function answerAll(
  interview: Interview,
  questions: readonly Question[],
  known: Omit<Known, "answers" | "caller"> & { readonly given: Answers },
): Promise<Outcome> {
  const { screen } = interview;
  let answers: Answers = {};
  const missing: Question[] = [];
  const refused: { question: Question; problems: readonly string[] }[] = [];
  for (const question of questions) {
    const now = { ...known, answers, caller: await ownCaller(known, answers) };
    if (question.needs?.some((need) => answers[need] === undefined)) {
      if (await isMissing(question, now, known.given)) missing.push(question);
      continue;
    }
    const result = await answerOne(interview, question, { known: now, given: known.given[question.answers] });
    if (result === "interrupted") return { answers, missing, refused, interrupted: true };
    if (result === "missing") missing.push(question);
    else if ("problems" in result) refused.push({ question, problems: result.problems });
    else {
      answers = { ...answers, [question.answers]: result.answer };
      const caution = await question.caution?.(now, result.answer);
      if (caution !== undefined) screen.print(`  ${screen.ink.yellow(caution)}`);
    }
  }
  return { answers, missing, refused, interrupted: false };
}

/** Whether a question that cannot be judged yet must be answered in any case. */
async function isMissing(question: Question, known: Known, given: Answers): Promise<boolean> {
  return given[question.answers] === undefined && (await question.offer(known)).byDefault === undefined;
}

/** The caller, once it is known that the environment is for the caller's account. */
async function ownCaller({ offers }: Pick<Known, "offers">, { account }: Answers): Promise<Known["caller"]> {
  if (account === undefined) return undefined;
  const caller = await offers.caller();
  return caller?.account === account ? caller : undefined;
}

type Result =
  "interrupted" | "missing" | { readonly problems: readonly string[] } | { readonly answer: string };

async function answerOne(
  interview: Interview,
  question: Question,
  { known, given }: { readonly known: Known; readonly given: string | undefined },
): Promise<Result> {
  const problems = given === undefined ? [] : await problemsOf(interview, question, { known, answer: given });
  if (given !== undefined && problems.length === 0) return { answer: given };
  if (given !== undefined && !interview.asks) return { problems };
  const offer = await question.offer(known);
  if (interview.asks) return ask(interview, question, { known, offer, problems });
  const { byDefault } = offer;
  if (byDefault === undefined) return "missing";
  const wrong = await problemsOf(interview, question, { known, answer: byDefault });
  return wrong.length === 0 ? { answer: byDefault } : { problems: wrong };
}

/** Asks until an answer is accepted. */
async function ask(
  interview: Interview,
  question: Question,
  { known, offer, problems }: { readonly known: Known; readonly offer: Offer; problems: readonly string[] },
): Promise<Result> {
  const { screen } = interview;
  const title = titleOf(question, known);
  explain(screen, { title, why: question.why, offer });
  let wrong = problems;
  for (;;) {
    for (const line of wrong) screen.print(`  ${screen.ink.yellow(line)}`);
    const suffix = offer.byDefault === undefined ? "" : ` [${offer.byDefault}]`;
    const typed = await screen.ask(`  ${title}${suffix}:`);
    if (typed === undefined || typed === "quit") return "interrupted";
    const answer = meant(typed, offer);
    if (answer === undefined) wrong = ["There is no default: type an answer, or quit"];
    else {
      wrong = await problemsOf(interview, question, { known, answer });
      if (wrong.length === 0) return { answer };
    }
  }
}

function titleOf({ title }: Question, known: Known): string {
  return typeof title === "string" ? title : title(known);
}

function explain(
  screen: Screen,
  { title, why, offer }: { readonly title: string; readonly why: string; readonly offer: Offer },
): void {
  const { choices = [], notes = [] } = offer;
  screen.heading(title);
  for (const line of [why, ...notes]) screen.print(`  ${line}`);
  const width = Math.max(0, ...choices.map(({ answer }) => answer.length));
  choices.forEach(({ answer, about }, index) => {
    screen.print(`  ${String(index + 1).padStart(2)}  ${answer.padEnd(width)}  ${about}`);
  });
}

/** An answer as it was meant: the default, a choice by its number, or text without the quotes that a file would need. */
function meant(typed: string, { byDefault, choices = [] }: Offer): string | undefined {
  const text = typed.trim().replace(/^(["'])(.*)\1$/, "$2");
  if (text === "") return byDefault;
  const chosen = /^\d{1,3}$/.test(text) ? choices[Number(text) - 1] : undefined;
  return chosen?.answer ?? text;
}

async function problemsOf(
  { checking, contents }: Pick<Interview, "checking" | "contents">,
  question: Question,
  { known, answer }: { readonly known: Known; readonly answer: string },
): Promise<readonly string[]> {
  const answers = { ...known.answers, [question.answers]: answer };
  const problems = answerProblems(checking, { ...contents, answers }).flat();
  return problems.length > 0 ? problems : ((await question.objection?.(known, answer)) ?? []);
}
