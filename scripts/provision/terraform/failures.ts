import { exitCodes, UserError } from "../../../lib/errors";
import type { Counts } from "../run/outcome";

/** What went wrong, when it is something the next command can put right. */
export type FailureKind = "locked" | "stalePlan" | "bucketMissing" | "unknown" | "other";

/** A Terraform command that failed: its own words, and ours. */
export class TerraformFailure extends UserError {
  /** What an apply had done before it failed. */
  done?: Counts;

  constructor(
    readonly kind: FailureKind,
    /** What Terraform printed, untouched. */
    readonly words: string,
    ours: { readonly message: string; readonly hint: string; readonly exitCode: number },
  ) {
    super(ours.message, ours.hint, ours.exitCode);
  }
}

/** Where a command failed. */
export interface Failed {
  /** `apply`, `plan`, … as in "Cannot apply". */
  readonly verb: string;
  readonly layer: string;
  /** Terraform's own command, e.g. `init`. */
  readonly terraform: string;
  readonly folder: string;
  readonly log: string;
  readonly account: string;
  readonly bucket: string;
  /** The command line that tries again from here. */
  readonly retry: string;
  /** The command line that makes the state bucket; undefined when it is managed elsewhere. */
  readonly createBucket: string | undefined;
}

/** One known failure: what gives it away, and what to say. */
interface Known {
  readonly kind: FailureKind;
  readonly sign: RegExp;
  readonly truth: (match: RegExpMatchArray, failed: Failed) => string;
  readonly hint: (match: RegExpMatchArray, failed: Failed) => string;
  readonly exitCode: number;
}

const { locked, stalePlan, preflightFailed, recoveryNeeded, failed: plainFailure } = exitCodes;
const signIn = "Sign in, e.g. run: aws sso login; then run: aws sts get-caller-identity";

const known: readonly Known[] = [
  {
    kind: "locked",
    sign: /Error acquiring the state lock(?:[\s\S]*?Lock Info:\s+ID:\s+(?<id>\S+)[\s\S]*?Operation:\s+(?<operation>\S+)[\s\S]*?Who:\s+(?<who>[^\n]+)[\s\S]*?Created:\s+(?<since>[^\n]+))?/,
    truth: ({ groups }) =>
      groups?.["who"] === undefined
        ? "its state is locked by somebody else"
        : `its state is locked by "${groups["who"].trim()}" since ${since(groups["since"])}`,
    hint: ({ groups }, { folder }) =>
      `Wait until that run ends; if it is dead, run: terraform -chdir=${folder} force-unlock ${groups?.["id"] ?? "<lock ID>"}`,
    exitCode: locked,
  },
  {
    kind: "stalePlan",
    sign: /Saved plan is stale/,
    truth: () => "its state changed after the plan was made",
    hint: (_, { retry }) => `Look at a new plan, run: ${retry}`,
    exitCode: stalePlan,
  },
  {
    kind: "bucketMissing",
    sign: /S3 bucket "[^"]*" does not exist|NoSuchBucket/,
    truth: (_, { bucket }) => `the state bucket "${bucket}" does not exist`,
    hint: (_, { createBucket }) =>
      createBucket === undefined
        ? "Correct state.bucket in the environment file, or make the bucket"
        : `Run: ${createBucket}`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /AWS account ID not allowed: (?<found>\d+)/,
    truth: ({ groups }, { account }) =>
      `your AWS credentials are of account "${groups?.["found"] ?? ""}", the environment is in "${account}"`,
    hint: () => "Choose the other account, e.g. set AWS_PROFILE; then run: aws sts get-caller-identity",
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /ExpiredToken|SSO session .*(expired|invalid)|security token .* expired/i,
    truth: () => "your AWS credentials have expired",
    hint: () => signIn,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /No valid credential sources found|failed to refresh cached credentials|NoCredentialProviders/,
    truth: () => "Terraform finds no AWS credentials",
    hint: () => signIn,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /Unable to access object "[^"]*" in S3 bucket|(?:ListObjectsV2|HeadBucket|GetObject|HeadObject)[\s\S]{0,200}StatusCode: 403/,
    truth: (_, { bucket }) => `AWS refuses access to the state bucket "${bucket}"`,
    hint: (_, { account }) =>
      `Use credentials of account "${account}" that may read the bucket; run: aws sts get-caller-identity`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /Failed to (?:query available provider packages|install provider|resolve provider packages)/,
    truth: () => "Terraform cannot get its providers",
    hint: () =>
      "Check the network, or name a provider mirror in the file TF_CLI_CONFIG_FILE points to; then try again",
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /Failed to (?:save|persist) state|errored\.tfstate/,
    truth: () => "its state could not be stored, and waits in errored.tfstate",
    hint: (_, { folder }) => `Run: terraform -chdir=${folder} state push errored.tfstate`,
    exitCode: recoveryNeeded,
  },
];

/** Turns a failed command into Terraform's words and our two lines. */
export function explainFailure(failed: Failed, words: string): TerraformFailure {
  for (const { kind, sign, truth, hint, exitCode } of known) {
    const match = sign.exec(words);
    if (!match) continue;
    const message = `Cannot ${failed.verb} "${failed.layer}": ${truth(match, failed)} (log: ${failed.log})`;
    return new TerraformFailure(kind, words, { message, hint: hint(match, failed), exitCode });
  }
  return new TerraformFailure("unknown", words, {
    message: `Cannot ${failed.verb} "${failed.layer}": terraform ${failed.terraform} failed (log: ${failed.log})`,
    hint: `Run: ${failed.retry}`,
    exitCode: plainFailure,
  });
}

/** Terraform prints Go's nanoseconds; a minute is enough. */
function since(created: string | undefined): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)/.exec(created?.trim() ?? "");
  return match ? `${match[1] ?? ""} ${match[2] ?? ""} UTC` : (created ?? "an unknown time");
}
