import { exitCodes } from "../../../lib/errors";
import type { KnownFailure } from "./failure";

const { preflightFailed } = exitCodes;

/** Credentials that AWS does not accept, or that Terraform does not find. */
export const credentialFailures: readonly KnownFailure[] = [
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
    kind: "other",
    // https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
    sign: /InvalidClientTokenId|InvalidAccessKeyId|UnrecognizedClientException/,
    truth: () =>
      "AWS does not know the access key of your credentials: it is deleted, inactive, or of another partition",
    hint: (_, { signIn, retry }) => `${signIn}; then run: ${retry}`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    sign: /RequestTimeTooSkewed|Signature (?:expired|not yet current)|SignatureDoesNotMatch[^\n]*(?:expired|not yet current)/,
    truth: () => "the clock of this machine differs from that of AWS by more than five minutes",
    hint: (_, { retry }) => `Set the clock, e.g. by NTP; then run: ${retry}`,
    exitCode: preflightFailed,
  },
  {
    kind: "other",
    // https://github.com/aws/aws-sdk-go-v2/blob/main/config/shared_config.go
    sign: /failed to get shared config profile, (?<profile>[^\s,]+)/,
    truth: ({ groups }) =>
      `there is no profile "${groups?.["profile"] ?? ""}" in the AWS configuration of this machine`,
    hint: (_, { retry }) =>
      `Correct AWS_PROFILE, or add the profile with aws configure sso; then run: ${retry}`,
    exitCode: preflightFailed,
  },
];
