import type { AwsCall } from "./aws-call";

/** The same call, whose output also says when AWS answered, by its own clock, if that is known. */
export function timed<Output>({
  service,
  operation,
  input,
  region,
  textOf,
}: AwsCall<Output>): AwsCall<Output & { readonly AnsweredAt?: Date }> {
  const more = { ...(region === undefined ? {} : { region }), ...(textOf === undefined ? {} : { textOf }) };
  return { service, operation, input, timed: true, ...more };
}
