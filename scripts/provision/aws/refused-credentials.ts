import { mustBeEnabled } from "../../../lib/aws-facts/default-regions";
import type { Hindrance } from "../../../lib/layer/preflight";
import type { Run } from "../run/run";
import type { Fault } from "./fault";
import { type SignIn, signInCure } from "./sign-in";

/** Nothing provides credentials. */
export function noCredentials(signIn: SignIn): Hindrance {
  return {
    reason: "there are no AWS credentials: no AWS_ACCESS_KEY_ID, no profile, and no role of an instance",
    cure: signInCure(signIn),
  };
}

/** AWS was asked, and there are no credentials, or it does not accept them. */
export function refusedCredentials(run: Pick<Run, "loaded">, signIn: SignIn, fault: Fault): Hindrance {
  return signIn.source.kind === "none" ? noCredentials(signIn) : notAccepted(run, signIn, fault);
}

/** AWS, or whatever provides the credentials, refuses. */
function notAccepted(run: Pick<Run, "loaded">, signIn: SignIn, { code, message }: Fault): Hindrance {
  const { name } = signIn.source;
  const verb = signIn.source.kind === "variables" ? "provide" : "provides";
  // Nothing was sent to AWS.
  if (/^(Credentials|Token)ProviderError$/.test(code))
    return {
      reason: `${name} ${verb} no credentials, "${withoutAdvice(message)}"`,
      cure: signInCure(signIn),
    };
  const { region } = run.loaded.environment;
  const enable = `; and enable "${region}" in this account: until then it refuses all credentials (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html)`;
  return {
    reason: `AWS does not accept ${name}, "${code}: ${message}"`,
    cure: `${signInCure(signIn)}${mustBeEnabled(region) ? enable : ""}`,
  };
}

/** The SDK adds what to run, without the name of the profile. */
function withoutAdvice(message: string): string {
  return message.replace(/ (To refresh this SSO session|Please re-?authenticate).*$/i, "");
}
