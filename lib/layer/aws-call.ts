import type { AwsOperations, Operation } from "./aws-operations";

type Described<Service extends keyof AwsOperations, Name extends keyof AwsOperations[Service]> =
  AwsOperations[Service][Name] extends Operation<infer Input, infer Output>
    ? { readonly input: Input; readonly output: Output }
    : never;

/** A call of the AWS API, as data; `Output` is the type of the answer. */
export interface AwsCall<Output = unknown> {
  /** Name of its SDK client: `@aws-sdk/client-<service>`. */
  readonly service: string;
  /** As the API reference names it. */
  readonly operation: string;
  readonly input: object;
  /** Region to send it to; unset: that of the environment. */
  readonly region?: string;
  /** List in the output that is collected from every page of it. */
  readonly allPagesOf?: string;
  /** Stream in the output that is read to its end, as text. */
  readonly textOf?: string;
  /** The output also has `AnsweredAt`: when that was, by AWS's own clock. */
  readonly timed?: true;
  /** Carries the type; never set. */
  readonly output?: Output;
}

/** Describes a call of the AWS API. The SDK is loaded when `provision` sends it. */
export function awsCall<
  const Service extends keyof AwsOperations,
  const Name extends keyof AwsOperations[Service] & string,
>(
  service: Service,
  operation: Name,
  input: Described<Service, Name>["input"] & object,
): AwsCall<Described<Service, Name>["output"]> {
  return { service, operation, input };
}

/** The same call, page by page: its output has every item of this list, and nothing else. */
export function allPages<Output>(call: AwsCall<Output>, list: keyof Output & string): AwsCall<Output> {
  return { ...call, allPagesOf: list };
}

/** A value that AWS always sends, though its models call every value optional; throws when it did not. */
export function sent<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`AWS sent no ${name}`);
  return value;
}
