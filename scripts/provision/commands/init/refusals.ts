import { exitCodes, UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import { answersFrom, repeatedLine } from "./answer-options";
import type { Answers } from "./answers";
import { type InitInvocation, options } from "./index";
import type { Outcome } from "./interview";
import type { Question } from "./question";

type Request = InitInvocation["request"];

/** Says what is missing and what is wrong, all at once, with the options that answer it. */
export function unanswered(file: string, request: Request, { missing, refused }: Outcome): UserError {
  const lines = [
    ...missing.map((question) => `${flags(question)}: no answer`),
    ...refused.map(({ question, problems }) => `${flags(question)}: ${problems.join("; ")}`),
  ];
  const count = lines.length === 1 ? "1 answer is" : `${lines.length} answers are`;
  const accepted = Object.fromEntries(
    Object.entries(answersFrom(request)).filter(
      ([name]) => !refused.some(({ question }) => question.answers === name),
    ),
  );
  const wanted = [...missing, ...refused.map(({ question }) => question)].map((question) =>
    flagsWanted(request, question),
  );
  return new UserError(
    [
      `Cannot create ${file}: ${count} missing or not accepted; nothing was written`,
      ...lines.map((line) => `  ${line}`),
    ].join("\n"),
    `Run: ${repeatedLine(request, accepted, true)} ${[...new Set(wanted)].join(" ")}`,
    exitCodes.preflightFailed,
  );
}

/** Without a terminal, defaults are taken only if that is asked for. */
export function noTerminal(file: string, request: Request): UserError {
  return new UserError(
    `Cannot create ${file}: there is no interactive terminal for questions; nothing was written`,
    `To accept the defaults, run: ${commandLine(request, { yes: true })}`,
    exitCodes.preflightFailed,
  );
}

/** Ends the questions without a loss of what was answered. */
export function interruptedAt(file: string, request: Request, answers: Answers): UserError {
  return new UserError(
    `Cannot create ${file}: not every question was answered; nothing was written`,
    `Go on with: ${repeatedLine(request, answers, request.yes)}`,
    exitCodes.interrupted,
  );
}

/** One option that answers a question: the one that was given, if one was. */
function flagsWanted(request: Request, { options: names }: Question): string | undefined {
  const name = names.find((each) => request[each] !== undefined) ?? names[0];
  return name && options[name].flags;
}

function flags({ options: names }: Question): string {
  return names.map((name) => options[name].flags).join(" or ");
}
