import { createHash } from "node:crypto";
import { z } from "zod";
import { jsonOrUndefined } from "../run/json";
import type { Run } from "../run/run";
import type { Profile } from "./profiles";
import { signInOf } from "./credentials";
import type { SignIn } from "./sign-in";

/** How long the credentials of a run are accepted, as far as this machine knows without asking AWS. */
export type CredentialExpiry =
  | { readonly kind: "at"; readonly at: Date; readonly according: string }
  /** Each command of Terraform gets new ones, or they do not expire. */
  | { readonly kind: "lasting"; readonly because: string }
  | { readonly kind: "unknown"; readonly because: string };

/** Finds out when the credentials, or the session that new ones come from, expire. */
export function credentialExpiry(run: Pick<Run, "world" | "loaded" | "environment">): CredentialExpiry {
  const signIn = signInOf(run);
  const { source, profiles } = signIn;
  const profile = profiles.get(source.profile) ?? {};
  switch (source.kind) {
    case "variables":
      return ofVariables(run.environment);
    case "keys":
      return ofKeys(signIn, profile);
    case "sso":
      return ofSignIn(run, signIn, profile);
    default:
      return { kind: "lasting", because: `${source.name} gives new ones when they expire` };
  }
}

/** As `aws configure export-credentials --format env` names it. */
const variable = "AWS_CREDENTIAL_EXPIRATION";

function ofVariables(variables: Readonly<Record<string, string>>): CredentialExpiry {
  if (!variables["AWS_SESSION_TOKEN"]) return { kind: "lasting", because: "keys do not expire" };
  return (
    at(variables[variable], variable) ?? {
      ...{ kind: "unknown", because: `there is no ${variable} beside AWS_SESSION_TOKEN` },
    }
  );
}

/** Settings in which programs that write temporary keys to a profile keep their end. */
const endings = ["x_security_token_expires", "expiration", "aws_expiration"];

function ofKeys({ source }: SignIn, profile: Profile): CredentialExpiry {
  if (profile["aws_session_token"] === undefined)
    return { kind: "lasting", because: `the keys of ${source.name} do not expire` };
  const name = endings.find((ending) => profile[ending] !== undefined);
  return (
    at(profile[name ?? ""], `${name ?? ""} of ${source.name}`) ?? {
      ...{ kind: "unknown", because: `${source.name} does not say when its token expires` },
    }
  );
}

const cached = z.object({ expiresAt: z.string(), refreshToken: z.string().optional() });

/** The session of IAM Identity Center: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html */
function ofSignIn(
  { world, environment }: Pick<Run, "world" | "environment">,
  { source }: SignIn,
  profile: Profile,
): CredentialExpiry {
  const key = profile["sso_session"] ?? profile["sso_start_url"] ?? "";
  const name = createHash("sha1").update(key).digest("hex");
  const text = world.files.read(`${environment["HOME"] ?? ""}/.aws/sso/cache/${name}.json`);
  const session = cached.safeParse(jsonOrUndefined(text ?? "")).data;
  if (session?.refreshToken !== undefined)
    return { kind: "lasting", because: `the session of ${source.name} is renewed by itself` };
  return (
    at(session?.expiresAt, `the session of ${source.name}`) ?? {
      ...{ kind: "unknown", because: `there is no session of ${source.name} on this machine` },
    }
  );
}

/** Undefined for what is no time. */
function at(text: string | undefined, according: string): CredentialExpiry | undefined {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) ? undefined : { kind: "at", at: time, according };
}
