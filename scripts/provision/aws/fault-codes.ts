import type { Refusal } from "../../../lib/layer/question";

const credentialCodes =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidToken(Exception)?|InvalidClientTokenId|UnrecognizedClient(Exception)?|InvalidAccessKeyId|InvalidIdentityToken(Exception)?|SignatureDoesNotMatch|InvalidSignature(Exception)?|AuthFailure|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?)$/;
const clockCodes = /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/;
const throttlingCodes = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;

/** Why AWS does not take a request, as far as its code says; undefined for what has to do with the request itself. */
export function kindOfCode({ code, message }: Refusal): "credentials" | "clock" | "throttled" | undefined {
  // Most services report a wrong clock as a wrong signature.
  if (clockCodes.test(code) || /^Signature (expired|not yet current)/.test(message)) return "clock";
  if (credentialCodes.test(code)) return "credentials";
  return throttlingCodes.test(code) ? "throttled" : undefined;
}
