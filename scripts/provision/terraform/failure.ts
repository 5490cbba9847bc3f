/** Kind of a failure, for those that a later command can handle. */
export type FailureKind =
  "locked" | "stalePlan" | "bucketMissing" | "stateDenied" | "keyDenied" | "unknown" | "other";

/** Context of a failed command. */
export interface Failed {
  /** `apply`, `plan`, … as in "Cannot apply". */
  readonly verb: string;
  readonly layer: string;
  /** Terraform's own command, e.g. `init`. */
  readonly terraform: string;
  /** Path of the state that Terraform only printed; see `keepState`. */
  readonly keptState: string | undefined;
  /** What runs as Terraform, as the operator would type it. */
  readonly program: string;
  readonly folder: string;
  readonly log: string;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** The lock of its state: `s3://<bucket>/<key>.tflock --region <region>`. */
  readonly lockObject: string;
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
export interface KnownFailure {
  readonly kind: FailureKind;
  readonly sign: RegExp;
  /** `output` is everything that Terraform said. */
  readonly truth: (match: RegExpMatchArray, failed: Failed, output: string) => string;
  readonly hint: (match: RegExpMatchArray, failed: Failed, output: string) => string;
  readonly exitCode: number;
}
