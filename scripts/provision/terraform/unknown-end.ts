/**
 * How it is said that nobody knows whether a change was made:
 * - The provider has ended, or its request was cancelled:
 *   https://github.com/hashicorp/terraform/blob/v1.11.4/internal/plugin/grpc_error.go
 * - AWS did not answer (status 0), its answer could not be read (2xx), or it has had a fault (5xx):
 *   https://github.com/aws/aws-sdk-go-v2/blob/v1.36.3/aws/transport/http/response_error.go
 *   The last attempt alone is told. So a connection that could not be made does not say that the attempt before it was not carried out:
 *   when a network goes down, the first attempt loses its answer, and the others find nothing to connect to.
 * - A Kubernetes API did not answer. Without further attempts, what could not connect has changed nothing.
 */
const signs: readonly RegExp[] = [
  /Plugin did not respond|Request cancelled|context canceled|transport is closing|error reading from server/,
  /https response error StatusCode: (?:0|2\d\d|5\d\d),/,
  /\b(?:Post|Put|Patch) "[^"]*": (?!(?:proxyconnect \w+: )?dial |tls: |x509: |net\/http: TLS handshake)/,
];

/** What AWS answers with 5xx although it says that it has done nothing. */
const undone =
  /\b(?:Insufficient\w*Capacity|RequestLimitExceeded|SlowDown|Throttling\w*|TooManyRequests\w*|\w*LimitExceeded\w*)\b/;

/** Whether an error leaves open if the change that it is about was made. Falsely so, it costs a search; to miss one, a second object. */
export function isUnknownEnd(error: string): boolean {
  const isFault = /StatusCode: 5\d\d,/.test(error);
  return signs.some((sign) => sign.test(error)) && !(isFault && undone.test(error));
}
