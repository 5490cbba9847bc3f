/** One call of the AWS CLI, and what its outcome tells. */
export interface Look {
  /** Words of the AWS CLI; only what reads. */
  readonly words: readonly string[];
  /** What an operator should know, if anything; another look where this answer alone does not tell. */
  readonly tell: (answer: unknown) => string | Look | undefined;
  /** The same for words in which AWS refuses, where the refusal is the answer. */
  readonly tellRefusal?: (said: string) => string | undefined;
}

/** What a layer wants to know of the account before Terraform runs, or after; looking changes nothing, and stops no run. */
export interface Question extends Look {
  /** Whom or what it looks at, as in `Not looked at: GuardDuty`. */
  readonly about: string;
  /** What IAM must allow for it, and for what it looks at next. */
  readonly actions: readonly string[];
}
