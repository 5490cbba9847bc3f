import { createRequire } from "node:module";
import type { AwsCall } from "../../../lib/layer/aws-call";
import { credentialsFrom } from "./aws-credentials";
import { sdkVariables, type Variables, withVariables } from "./aws-environment";
import { type Patience, RequestHandler } from "./aws-network";
import { withAddressEndpoint } from "./aws-endpoint";
import { answerTime, type SdkCommand } from "./aws-answer-time";
import type { Aws, AwsRequest } from "./index";

/** A client takes 65 to 130 ms to load: only what is called is loaded, and only then. */
const load = createRequire(__filename);

interface Limits extends Patience {
  readonly totalSeconds: number;
  /** Default: what the SDK takes. */
  readonly maxAttempts?: number;
}

const limits: Readonly<Record<AwsRequest["patience"], Limits>> = {
  // One failure does not speak for STS, which decides whether a run starts.
  "first question": { connectSeconds: 2, requestSeconds: 5, totalSeconds: 60, maxAttempts: 2 },
  look: { connectSeconds: 2, requestSeconds: 4, totalSeconds: 5, maxAttempts: 1 },
  suggestion: { connectSeconds: 2, requestSeconds: 4, totalSeconds: 6, maxAttempts: 1 },
  question: { connectSeconds: 5, requestSeconds: 10, totalSeconds: 20, maxAttempts: 1 },
  work: { connectSeconds: 10, requestSeconds: 60, totalSeconds: 300 },
  transfer: { connectSeconds: 10, requestSeconds: 600, totalSeconds: 1800 },
};

/** The AWS SDK for JavaScript. */
export function awsSdk(): Aws {
  const sessions = new WeakMap<Variables, Session>();
  return {
    send: (call, request) => {
      const session = sessions.get(request.environment) ?? new Session(request.environment);
      sessions.set(request.environment, session);
      return session.send(call, request);
    },
    region: configuredRegion,
  };
}

/** What the SDK exports, as far as it is used here. */
interface Client {
  send(command: object, options: SendOptions): Promise<object>;
}
interface SendOptions {
  readonly abortSignal: AbortSignal;
}
type Paginator = (
  config: { readonly client: Client },
  input: object,
  options: SendOptions,
) => AsyncIterable<Readonly<Record<string, unknown>>>;
type Constructor<Instance> = new (given: object) => Instance;
type Exports = Readonly<Record<string, unknown>>;

/** The clients of one environment, with credentials that are fetched once for all of them. */
class Session {
  private readonly variables: Variables;
  private readonly clients = new Map<string, Client>();
  private credentials: unknown;

  constructor(environment: Variables) {
    this.variables = sdkVariables(environment);
  }

  send(call: AwsCall, request: AwsRequest): Promise<unknown> {
    return withVariables(this.variables, () =>
      inTime(limits[request.patience].totalSeconds, (abortSignal) => {
        const sdk = load(`@aws-sdk/client-${call.service}`) as Exports;
        const client = this.client(sdk, call, request);
        return send({ sdk, client, call }, { abortSignal });
      }),
    );
  }

  private client(sdk: Exports, { service, region }: AwsCall, request: AwsRequest): Client {
    const options = { region: region ?? request.region, patience: request.patience };
    const key = `${service} ${options.region} ${options.patience}`;
    const client = this.clients.get(key) ?? this.open(sdk, service, options);
    this.clients.set(key, client);
    return client;
  }

  private open(
    sdk: Exports,
    service: string,
    { region, patience }: { readonly region: string; readonly patience: AwsRequest["patience"] },
  ): Client {
    const name = Object.keys(sdk).find((found) => found.endsWith("Client") && !found.startsWith("_")) ?? "";
    // Every client package exports one class of this name.
    const ServiceClient = sdk[name] as Constructor<Client>;
    const own = this.variables["AWS_ENDPOINT_URL_S3"] ?? this.variables["AWS_ENDPOINT_URL"];
    const { maxAttempts } = limits[patience];
    const client = new ServiceClient({
      region,
      credentials: (this.credentials ??= credentialsFrom(this.variables, this.handler("first question"))),
      requestHandler: this.handler(patience),
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
      // Whatever stands in for S3 seldom has a name for each bucket.
      ...(service === "s3" && own !== undefined ? { forcePathStyle: true } : {}),
    });
    if (service === "s3-control") withAddressEndpoint(client);
    return client;
  }

  private handler(name: AwsRequest["patience"]): RequestHandler {
    return new RequestHandler(limits[name], this.variables);
  }
}

/** The AWS CLI reads AWS_DEFAULT_REGION after AWS_REGION and before the profile, the SDK not at all. */
async function configuredRegion(environment: Variables): Promise<string | undefined> {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: older } = environment;
  const named = region || older;
  if (named) return named;
  const variables = sdkVariables(environment);
  return withVariables(variables, async () => {
    const { STSClient } = load("@aws-sdk/client-sts") as {
      readonly STSClient: Constructor<{ readonly config: { region(): Promise<string> } }>;
    };
    // Rejects when no region is configured, or the profile does not exist.
    return new STSClient({}).config.region().catch(() => undefined);
  });
}

async function send(
  { sdk, client, call }: { readonly sdk: Exports; readonly client: Client; readonly call: AwsCall },
  options: SendOptions,
): Promise<unknown> {
  const { operation, input, allPagesOf: list } = call;
  if (list === undefined) {
    // lib/layer/aws-operations.ts lists operations that the SDK has.
    const Command = sdk[`${operation}Command`] as Constructor<SdkCommand>;
    const command = new Command(input);
    const answered = call.timed === true ? answerTime(command) : () => ({});
    const output = await client.send(command, options);
    const texts = call.textOf === undefined ? {} : await textIn(output, call.textOf);
    return { ...output, ...texts, ...answered() };
  }
  // The same holds for lists that it pages through.
  const paginate = sdk[`paginate${operation}`] as Paginator;
  const items: unknown[] = [];
  for await (const page of paginate({ client }, input, options)) {
    const some = page[list];
    if (Array.isArray(some)) items.push(...(some as readonly unknown[]));
  }
  return { [list]: items };
}

/** Reads the stream within the time of the call, whose end would not reach it later. */
async function textIn(output: object, name: string): Promise<Readonly<Record<string, string>>> {
  // Every stream in an output of the SDK has this method:
  // https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/STREAM_CONSUMPTION.md
  const stream = (output as Readonly<Record<string, { transformToString(): Promise<string> } | undefined>>)[
    name
  ];
  return { [name]: (await stream?.transformToString()) ?? "" };
}

/** Gives up after so long, whatever is being waited for: a request, or a program that fetches credentials. */
async function inTime<Result>(
  seconds: number,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(Object.assign(new Error(`no answer within ${seconds} seconds`), { name: "TimeoutError" }));
      controller.abort();
    }, seconds * 1000);
  });
  try {
    return await Promise.race([act(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
