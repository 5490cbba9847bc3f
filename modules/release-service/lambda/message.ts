/** A request event of a load balancer. */
export interface Request {
  readonly httpMethod: string;
  /** As sent by the client, encoded. */
  readonly path: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The response to the load balancer. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error response in the format of the registry protocol. */
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
