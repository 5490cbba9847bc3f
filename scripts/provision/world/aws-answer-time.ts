/** What the SDK passes to the functions around a request, as far as it is used here. */
interface Answered {
  readonly response?: unknown;
}
type Next = (given: object) => Promise<Answered>;

/** A command of the SDK: https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/MIDDLEWARE.md */
export interface SdkCommand {
  readonly middlewareStack: {
    add(around: (next: Next) => Next, at: { readonly step: "deserialize" }): void;
  };
}

/** Remembers when a command is answered, by the clock of whoever answers: no output of the SDK has that header. */
export function answerTime(command: SdkCommand): () => { readonly AnsweredAt?: Date } {
  let answered: Date | undefined;
  command.middlewareStack.add(
    (next) => async (given) => {
      const result = await next(given);
      answered = dateIn(result.response);
      return result;
    },
    { step: "deserialize" },
  );
  return () => (answered === undefined ? {} : { AnsweredAt: answered });
}

/** The header `Date`; undefined if there is none, or it is none. */
function dateIn(response: unknown): Date | undefined {
  const { headers } = Object(response) as { readonly headers?: Readonly<Record<string, string>> };
  const date = new Date(headers?.["date"] ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
