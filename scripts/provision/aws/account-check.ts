import { mustBeEnabled } from "../../../lib/aws-facts/default-regions";
import { awsCall, sent } from "../../../lib/layer/aws-call";
import type { Environment } from "../../../lib/layer/environment-schema";
import { type Preflight, preflight } from "../../../lib/layer/preflight";
import { kindOfCode } from "./fault-codes";

/**
 * The credentials belong to the account of the environment file. No layer of its own has this check: the AWS provider of
 * every layer refuses another account, but only layer by layer, and after questions have been asked of the wrong one.
 */
export function accountCheck({ account, region }: Environment): Preflight {
  const signIn = `Sign in to account ${account}, e.g. with AWS_PROFILE or aws sso login`;
  return preflight({
    about: "the account of the credentials",
    call: awsCall("sts", "GetCallerIdentity", {}),
    // Everybody may ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    actions: [],
    verdict: ({ Account, Arn }) =>
      sent(Account, "Account") === account
        ? undefined
        : {
            reason: `the credentials belong to account "${Account ?? ""}" (${Arn ?? ""}), the environment to "${account}"`,
            cure: `${signIn}; or correct "account" in the environment file`,
          },
    verdictOnRefusal: (refusal) => {
      const said = `"${refusal.code}: ${refusal.message}"`;
      switch (kindOfCode(refusal)) {
        case "credentials":
          return {
            reason: `there are no valid AWS credentials, ${said}`,
            cure: mustBeEnabled(region)
              ? `${signIn}; and enable "${region}" in this account: until then it refuses all credentials (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html)`
              : signIn,
          };
        case "clock":
          return {
            reason: `the clock of this machine differs from that of AWS, ${said}`,
            cure: "Set the clock of this machine, e.g. by NTP",
          };
        // Whatever else is refused, e.g. by the policy of a VPC endpoint, says nothing of the credentials.
        default:
          return undefined;
      }
    },
  });
}
