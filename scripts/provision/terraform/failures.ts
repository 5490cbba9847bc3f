import { exitCodes, UserError } from "../../../lib/errors";
import type { Counts } from "../run/outcome";
import { chartFailure } from "./chart-failure";
import { placeOfState, savingOfState } from "./state-dump";
import { firstError } from "./error-text";
import { lockedClause, unlockHint } from "./state-lock";

/** Kind of a failure, for those that a later command can handle. */
export type FailureKind =
  "locked" | "stalePlan" | "bucketMissing" | "stateDenied" | "keyDenied" | "unknown" | "other";

/** A failed Terraform command, with its output and an explanation. */
export class TerraformFailure extends UserError {
  /** Changes that an apply completed before it failed. */
  done?: Counts;

  constructor(
    readonly kind: FailureKind,
    /** Terraform's output, unchanged. */
    readonly output: string,
    explanation: { readonly message: string; readonly hint: string; readonly exitCode: number },
  ) {
    super(explanation.message, explanation.hint, explanation.exitCode);
  }
}

/** Context of a failed command. */
export interface Failed {
  /** `apply`, `plan`, … as in "Cannot apply". */
  readonly verb: string;
  readonly layer: string;
  /** Terraform's own command, e.g. `init`. */
  readonly terraform: string;
  /** Path of the state that Terraform only printed; see `keepState`. */
  readonly keptState: string | undefined;
  readonly folder: string;
  readonly log: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** How to get credentials that AWS accepts, e.g. `Run: aws sso login --profile ops`. */
  readonly signIn: string;
  /** The command line that resumes here. */
  readonly retry: string;
  /** The command line that saves a state which could not be saved. */
  readonly recover: string;
  /** The command line that creates the state bucket; undefined if the bucket is managed outside this environment. */
  readonly createBucket: string | undefined;
  /** The command lines that start a rehearsal over; undefined on a real run. See `startOver`. */
  readonly startOver: string | undefined;
}

/** A known failure: pattern in the output, cause and hint. */
interface Known {
  readonly kind: FailureKind;
  readonly sign: RegExp;
  readonly truth: (match: RegExpMatchArray, failed: Failed) => string;
  readonly hint: (match: RegExpMatchArray, failed: Failed) => string;
  readonly exitCode: number;
}

const { locked, stalePlan, preflightFailed, recoveryNeeded, failed: plainFailure } = exitCodes;

/**
 * How services say that the caller may not use a KMS key:
 * - those that pass KMS's own answer on, as IAM words it;
 * - RDS: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 * - EC2, when an instance ends because of its encrypted volume:
 *   https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html#ts-as-instancelaunchfailure-12
 * - Secrets Manager and CloudWatch Logs, in words of their own.
 */
const keyDenied =
  /not authorized to perform: kms:|KMSKeyNotAccessibleFault|InvalidKMSKey|Client\.InternalError|inaccessible AWS KMS key|KMSAccessDenied|Access to KMS is not allowed|KMS key (?:does not exist or is not allowed|[^\n]{0,200}(?:not accessible|no permission))/;

const known: readonly Known[] = [
  {
    kind: "locked",
    // A lock that S3 does not let us write is held by nobody.
    sign: /Error acquiring the state lock(?![\s\S]*?(?:AccessDenied|StatusCode: 403))(?:[\s\S]*?Lock Info:\s+ID:\s+(?<id>\S+)[\s\S]*?Operation:\s+(?<operation>\S+)[\s\S]*?Who:\s+(?<who>[^\n]+)[\s\S]*?Created:\s+(?<since>[^\n]+))?/,
    truth: ({ groups = {} }) => lockedClause(groups),
    hint: ({ groups = {} }, { folder, startOver }) => unlockHint(groups, folder, startOver),
    exitCode: locked,
  },
  {
    kind: "stalePlan",
    sign: /Saved plan is stale/,
    truth: () => "its state changed after the plan was created",
    hint: (_, { retry }) => `To create a new plan, run: ${retry}`,
    exitCode: stalePlan,
  },
  {
    kind: "bucketMissing",
    sign: /S3 bucket "[^"]*" does not exist|NoSuchBucket/,
    truth: (_, { bucket }) => `the state bucket "${bucket}" does not exist`,
    hint: (_, { createBucket }) =>
      createBucket === undefined
        ? "Correct state.bucket in the environment file, or create the bucket"
        : `Run: ${createBucket}`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    // Terraform refuses to plan: it would delete these resources with the provider of their region.
    sign: /Provider configuration not present[\s\S]*?To work with (?<address>\S+)[\s\S]*?provider\["[^"]+"\]\.(?<region>[\w-]+)/,
    truth: ({ groups }) =>
      `its state contains "${groups?.["address"] ?? ""}" in "${groups?.["region"] ?? ""}", a region that its settings no longer name`,
    hint: ({ groups }, { layer }) =>
      `In the environment file, name "${groups?.["region"] ?? ""}" again in layers.${layer}, but disable what is in that region, and apply; after that, another region can be set`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    // A cluster of this name that was destroyed by other means left it, or created it again with its last entries.
    sign: /Log Group \((?<name>[^)]+)\):[\s\S]*?ResourceAlreadyExistsException/,
    truth: ({ groups }) => `the log group "${groups?.["name"] ?? ""}" exists, but is not in its state`,
    hint: ({ groups }, { region, retry }) =>
      `To delete the log group with its logs, run: aws logs delete-log-group --region ${region} --log-group-name ${groups?.["name"] ?? ""}; then run: ${retry}`,
    exitCode: plainFailure,
  },
  {
    kind: "other",
    sign: /AWS account ID not allowed: (?<found>\d+)/,
    truth: ({ groups }, { account }) =>
      `your AWS credentials are for account "${groups?.["found"] ?? ""}", but the environment is in "${account}"`,
    hint: (_, { account, retry }) =>
      `Use credentials for account ${account}, e.g. set AWS_PROFILE; then run: ${retry}`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /ExpiredToken|SSO session .*(expired|invalid)|security token .* expired/i,
    truth: () => "your AWS credentials have expired",
    hint: (_, { signIn, retry }) => `${signIn}; then run: ${retry}`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /No valid credential sources found|failed to refresh cached credentials|NoCredentialProviders/,
    truth: () => "Terraform found no AWS credentials",
    hint: (_, { signIn, retry }) => `${signIn}; then run: ${retry}`,
    exitCode: preflightFailed,
  },
  {
    kind: "stateDenied",
    sign: /Error acquiring the state lock[\s\S]*?(?:AccessDenied|StatusCode: 403)|Unable to access object "[^"]*" in S3 bucket|(?:ListObjectsV2|HeadBucket|GetObject|HeadObject)[\s\S]{0,200}StatusCode: 403/,
    truth: (_, { bucket }) => `access to the state bucket "${bucket}" is denied`,
    hint: (_, { account }) =>
      `Use credentials for account "${account}" with access to the bucket; run: aws sts get-caller-identity`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /Failed to (?:query available provider packages|install provider|resolve provider packages)/,
    truth: () => "Terraform cannot install its providers",
    hint: () =>
      "Check the network, or configure a provider mirror in the file in TF_CLI_CONFIG_FILE; then retry",
    exitCode: preflightFailed,
  },
  { kind: "other", ...chartFailure, exitCode: preflightFailed },
  {
    kind: "other",
    sign: /decreases account's UnreservedConcurrentExecution below its minimum value of \[(?<least>\d+)\]/,
    truth: ({ groups }) =>
      `Lambda refuses to leave fewer than ${groups?.["least"] ?? ""} concurrent executions of the account unreserved`,
    hint: (_, { layer }) =>
      `Request a higher quota of "Concurrent executions" (lambda L-B99A9384), or reserve fewer in layers.${layer}, e.g. reservedConcurrency: none`,
    exitCode: plainFailure,
  },
  {
    kind: "other",
    sign: /Failed to (?:save|persist) state|errored\.tfstate/,
    truth: ({ input = "" }, failed) => `its state could not be saved, and is ${placeOfState(input, failed)}`,
    hint: ({ input = "" }, failed) => savingOfState(input, failed),
    exitCode: recoveryNeeded,
  },
  {
    kind: "keyDenied",
    sign: keyDenied,
    truth: ({ input = "" }) => `AWS denies the use of a KMS key${firstError(input)}`,
    hint: (_, { retry }) =>
      `If the key or its alias is newer than five minutes, run again: ${retry}; else compare your role's permissions with those that provision iam prints`,
    exitCode: plainFailure,
  },
];

/** Explains a failed command by Terraform's output. */
export function explainFailure(failed: Failed, output: string): TerraformFailure {
  for (const { kind, sign, truth, hint, exitCode } of known) {
    const match = sign.exec(output);
    if (!match) continue;
    const message = `Cannot ${failed.verb} "${failed.layer}": ${truth(match, failed)} (log: ${failed.log})`;
    return new TerraformFailure(kind, output, { message, hint: hint(match, failed), exitCode });
  }
  return new TerraformFailure("unknown", output, {
    message: `Cannot ${failed.verb} "${failed.layer}": terraform ${failed.terraform} failed${firstError(output)} (log: ${failed.log})`,
    hint: `Run: ${failed.retry}`,
    exitCode: plainFailure,
  });
}
