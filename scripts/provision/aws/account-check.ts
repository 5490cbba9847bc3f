import { awsCall } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { type Preflight, preflight } from "../../../lib/layer/preflight";

/**
 * The credentials belong to the account of the environment file. No layer of its own has this check: the AWS provider of
 * every layer refuses another account, but only layer by layer, and after questions have been asked of the wrong one.
 */
export function accountCheck({ account }: Environment): Preflight {
  const signIn = `Sign in to account ${account}, e.g. with AWS_PROFILE or aws sso login`;
  return preflight({
    about: "the account of the credentials",
    call: awsCall("sts", "GetCallerIdentity", {}),
    // Everybody may ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    actions: [],
    verdict: ({ Account, Arn }) =>
      Account === account
        ? undefined
        : {
            reason: `the credentials belong to account "${Account ?? ""}" (${Arn ?? ""}), the environment to "${account}"`,
            cure: `${signIn}; or correct "account" in the environment file`,
          },
    verdictOnRefusal: ({ code, message }) => ({
      reason: `there are no valid AWS credentials, "${code}: ${message}"`,
      cure: signIn,
    }),
  });
}
