/** Members of a request, by its model's names. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- fillers reach freely into what the judge has checked
export type Params = any;

/** A request that a filler is asked for. */
export interface Asked {
  readonly params: Params;
  readonly region: string;
}

/** An answer in place of moto's. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type ByOperation<Value> = Readonly<Record<string, Value>>;

/** What moto lacks of a service. Everything else of it moto answers. */
export interface Filler {
  /** Folder of the service in botocore's data. */
  readonly service: string;
  /** Terraform's types of what it holds. */
  readonly types: readonly string[];
  /** Operations that it answers; undefined: moto answers this one. */
  readonly answers: ByOperation<(asked: Asked) => Answer | undefined>;
  /** Requests that go to moto otherwise than they came. */
  readonly sends?: ByOperation<(body: string, asked: Asked) => string>;
  /** Answers of moto that come back otherwise than it gave them. */
  readonly corrects?: ByOperation<(body: string, asked: Asked) => string>;
  /** Why, for operations that moto has, too; it has none of the others. */
  readonly reasons?: ByOperation<string>;
  /** What it still holds. */
  readonly held: () => readonly string[];
}

/** Where the environment is. */
export interface Place {
  readonly account: string;
  readonly partition: string;
}

/** Seconds, as JSON services give times; any will do. */
export const aTime = 1_780_000_000;

/** A successful answer of a service that speaks JSON. */
export function ok(members: unknown = {}, status = 200): Answer {
  return { status, type: "application/json", body: status === 204 ? "" : JSON.stringify(members) };
}

/** That something is not there, as the service itself says it. */
export function notThere(code = "ResourceNotFoundException", status = 404): Answer {
  const body = JSON.stringify({ __type: code, code, message: "It is not there", Message: "It is not there" });
  return { status, type: "application/json", body, headers: { "x-amzn-errortype": code } };
}

/** The object if there is one. */
export function found(object: unknown, inAnswer: (object: unknown) => unknown, absent = notThere()): Answer {
  return object === undefined ? absent : ok(inAnswer(object));
}

/** An answer in XML. */
export function xml(operation: string, namespace: string, content: string, status = 200): Answer {
  const body = `<?xml version="1.0"?><${operation}Response xmlns="${namespace}">${content}</${operation}Response>`;
  return { status, type: "text/xml", body };
}

/** Names for what AWS would give one. */
export class Numbered {
  private last = 0;

  constructor(private readonly format: (hex: string) => string) {}

  next(): string {
    return this.format((++this.last).toString(16).padStart(17, "0"));
  }
}

/** An ID as services of REST and JSON use it. */
export const uuids = (): Numbered => new Numbered((hex) => `00000000-0000-4000-8000-${hex.slice(-12)}`);
