/** Why a call of the AWS API gave no output. */
export interface Fault {
  readonly kind:
    /** AWS answered, but did not do it. */
    | "refused"
    /** There are no credentials, or AWS does not accept them. */
    | "credentials"
    | "throttled"
    /** Nothing of AWS was reached. */
    | "unreachable"
    | "timeout"
    /** There is no AWS CLI, which was needed for it. */
    | "no program";
  /** AWS's or the SDK's name for it; empty when there is none. */
  readonly code: string;
  readonly message: string;
}

const credentialCodes =
  /^(CredentialsProviderError|TokenProviderError|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|RequestExpired|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?)$/;
const throttlingCodes = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/;
/** As Node names what goes wrong on the network, and what it finds wrong with certificates. */
const networkCodes = /^E[A-Z]+$|^EAI_|^ERR_(TLS|SSL)|CERT|UNABLE_TO_VERIFY|SELF_SIGNED/;

/** Reads what the SDK throws; undefined for what is not about AWS: that is a bug. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = error.name;
  const message = wordsOf(error);
  if (credentialCodes.test(code)) return { kind: "credentials", code, message };
  if (throttlingCodes.test(code)) return { kind: "throttled", code, message };
  if (["TimeoutError", "AbortError"].includes(code)) return { kind: "timeout", code, message };
  if (code === "NetworkError" || networkCodes.test(nodeCode(error)))
    return { kind: "unreachable", code: nodeCode(error), message };
  if (!("$metadata" in error)) return undefined;
  const status = statusOf(error.$metadata);
  // The SDK's own failure to read an answer: it is a page of a proxy or of a load balancer, with names of neither.
  if (["Error", "SyntaxError", "TypeError"].includes(code))
    return { kind: "unreachable", code, message: `something else answered, with HTTP status ${status}` };
  return { kind: "refused", code, message };
}

function statusOf(metadata: unknown): string {
  const known = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata;
  return known ? String(metadata.httpStatusCode) : "unknown";
}

/** A fault in half a sentence, e.g. `AWS says "AccessDenied: …"`. */
export function faultText({ kind, code, message }: Fault): string {
  switch (kind) {
    case "refused":
    case "throttled":
      return `AWS says "${code === "" ? message : `${code}: ${message}`}"`;
    case "credentials":
      return `there are no valid AWS credentials, "${message}"`;
    case "unreachable":
      return `AWS cannot be reached, ${message}`;
    case "timeout":
      return "AWS did not answer in time";
    case "no program":
      return 'no program "aws" is on the PATH';
  }
}

/** Whether a role with other permissions would help. */
export function isDenied({ code, message }: Fault): boolean {
  return /AccessDenied|UnauthorizedOperation|Forbidden/.test(code) || /not authorized/.test(message);
}

function wordsOf(error: Error): string {
  // The command line of credential_process and what it printed, which may hold a password.
  if (error.message.startsWith("Command failed:"))
    return "the credential_process of the AWS profile failed; run its command to see why";
  // Node tries several addresses, and keeps what each of them said.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.message.split("\n")[0] ?? "";
}

function nodeCode(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
