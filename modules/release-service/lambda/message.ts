/** A request as a load balancer hands it to a function. */
export interface Request {
  readonly httpMethod: string;
  /** As the client wrote it, encoded. */
  readonly path: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What the load balancer sends back. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer in the registry protocol's form of an error, which people can read too. */
export function refusal(statusCode: number, message: string, headers: Answer["headers"] = {}): Answer {
  const code = codes[statusCode] ?? "UNKNOWN";
  return {
    statusCode,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify({ errors: [{ code, message }] }),
  };
}

const codes: Readonly<Record<number, string>> = {
  401: "UNAUTHORIZED",
  403: "DENIED",
  404: "NAME_UNKNOWN",
  405: "UNSUPPORTED",
};
