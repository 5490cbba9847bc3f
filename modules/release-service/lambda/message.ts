/** A request, whatever way it came. */
export interface Request {
  readonly httpMethod: string;
  /** As sent by the client, encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By name in lower case; the values of a repeated header are joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The response to a request. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error response in the format of the registry protocol: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export function refusal(statusCode: number, message: string, headers: Answer["headers"] = {}): Answer {
  const code = codes[statusCode] ?? "UNKNOWN";
  return {
    statusCode,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    body: JSON.stringify({ errors: [{ code, message }] }),
  };
}

const codes: Readonly<Record<number, string>> = {
  400: "DIGEST_INVALID",
  401: "UNAUTHORIZED",
  403: "DENIED",
  404: "NAME_UNKNOWN",
  405: "UNSUPPORTED",
};
