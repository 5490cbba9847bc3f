import { kindOfCode } from "./fault-codes";

/** Why a call of the AWS API gave no output. */
export interface Fault {
  readonly kind:
    /** AWS answered, but did not do it. */
    | "refused"
    /** There are no credentials, or AWS does not accept them. */
    | "credentials"
    /** The clock of this machine is wrong, so AWS does not accept what it signs. */
    | "clock"
    | "throttled"
    /** AWS answered, but failed by itself. */
    | "unavailable"
    /** Nothing of AWS was reached. */
    | "unreachable"
    /** Something else answered, e.g. a proxy. */
    | "not AWS"
    | "timeout"
    /** There is no AWS CLI, which was needed for it. */
    | "no program";
  /** AWS's or the SDK's name for it; empty when there is none. */
  readonly code: string;
  readonly message: string;
}

/** As Node names what goes wrong on the network, and what it finds wrong with certificates. */
const networkCodes = /^E[A-Z]+$|^EAI_|^ERR_(TLS|SSL)|CERT|UNABLE_TO_VERIFY|SELF_SIGNED/;

/** Reads what the SDK throws; undefined for what is not about AWS: that is a bug. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = error.name;
  const message = wordsOf(error);
  const known = kindOfCode({ code, message });
  if (known !== undefined) return { kind: known, code, message };
  if (["TimeoutError", "AbortError"].includes(code)) return { kind: "timeout", code, message };
  const faulty = faultySetting(error);
  if (faulty !== undefined) return { kind: "unreachable", code, message: faulty };
  if (code === "NetworkError" || networkCodes.test(nodeCode(error)))
    return { kind: "unreachable", code: nodeCode(error), message };
  if (!("$metadata" in error)) return undefined;
  const status = statusOf(error.$metadata);
  if (!isForeign(code, message))
    return { kind: (status ?? 0) >= 500 ? "unavailable" : "refused", code, message };
  // Nothing did, e.g. because a part of the SDK cannot be loaded.
  if (status === undefined)
    return { kind: "unreachable", code, message: `no request could be sent: ${message}` };
  return { kind: "not AWS", code, message: `something else answered, with HTTP status ${status}` };
}

/** A setting of the environment or of the profile that the SDK does not take, of which it says so in words of its own. */
function faultySetting(error: Error): string | undefined {
  if (nodeCode(error) === "ERR_INVALID_URL" && "input" in error)
    return `AWS_ENDPOINT_URL or endpoint_url of the profile is "${String(error.input)}", which is not a URL`;
  const [, accepted, given] =
    /^Invalid parameter for "defaultsMode", expect (.*), got (.*)$/.exec(error.message) ?? [];
  if (accepted === undefined || given === undefined) return undefined;
  return `AWS_DEFAULTS_MODE or defaults_mode of the profile is "${given}", and must be one of ${accepted}`;
}

/** What the SDK makes of a page of a proxy or of a load balancer, which names no error of AWS. */
function isForeign(code: string, message: string): boolean {
  const unread = ["Error", "SyntaxError", "TypeError"].includes(code);
  return unread || (/^Unknown(Error)?$/.test(message) && /^(Unknown(Error)?|NotFound|\d+)$/.test(code));
}

/** Undefined where there was no answer. */
function statusOf(metadata: unknown): number | undefined {
  const given =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? metadata.httpStatusCode
      : undefined;
  return typeof given === "number" ? given : undefined;
}

/** A fault in half a sentence, e.g. `AWS says "AccessDenied: …"`. */
export function faultText({ kind, code, message }: Fault): string {
  switch (kind) {
    case "refused":
    case "throttled":
    case "unavailable":
      return `AWS says "${code === "" ? message : `${code}: ${message}`}"`;
    case "credentials":
      return `there are no valid AWS credentials, "${message}"`;
    case "clock":
      return `the clock of this machine differs from that of AWS, "${code}: ${message}"`;
    case "unreachable":
    case "not AWS":
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
