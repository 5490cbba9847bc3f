import type { AnswerName, Answers } from "./answers";
import type { AwsOffers, Caller } from "./aws-offers";
import type { options } from "./index";

interface Choice {
  readonly answer: string;
  readonly about: string;
}

/** What is suggested for a question. */
export interface Offer {
  /** The answer without an answer; unset: there is none, so one must be given. */
  readonly byDefault?: string | undefined;
  /** Can be chosen by their number, too. */
  readonly choices?: readonly Choice[];
  /** What else helps to answer. */
  readonly notes?: readonly string[];
}

/** What is known when a question is asked. */
export interface Known {
  /** Name of the environment. */
  readonly name: string;
  readonly answers: Answers;
  readonly offers: AwsOffers;
  /** Whose credentials there are, if they are of the environment's account. */
  readonly caller: Caller | undefined;
}

/** One thing that init asks for; lines have at most 78 characters. */
export interface Question {
  readonly answers: AnswerName;
  /** Options that answer it instead. */
  readonly options: readonly (keyof typeof options)[];
  readonly title: string | ((known: Known) => string);
  readonly why: string;
  /** Answers without which this one cannot be judged. */
  readonly needs?: readonly AnswerName[];
  offer(known: Known): Offer | Promise<Offer>;
  /** What is against an answer that the file accepts, as lines. */
  objection?(known: Known, answer: string): Promise<readonly string[] | undefined>;
  /** What else is needed before an accepted answer works. */
  caution?(known: Known, answer: string): Promise<string | undefined>;
}
