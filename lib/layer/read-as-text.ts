import type { AwsCall } from "./aws-call";

/** The same call, with a stream of its output read to its end; the output has this text in its place. */
export function readAsText<Output, Stream extends keyof Output & string>(
  { service, operation, input, region }: AwsCall<Output>,
  stream: Stream,
): AwsCall<Omit<Output, Stream> & Readonly<Record<Stream, string>>> {
  return { service, operation, input, textOf: stream, ...(region === undefined ? {} : { region }) };
}
