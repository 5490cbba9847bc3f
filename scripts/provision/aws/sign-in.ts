import { quoted } from "../command-line/quoted";
import type { CredentialSource } from "./credential-source";
import type { Profile } from "./profiles";

/** What decides how the operator gets valid credentials. */
export interface SignIn {
  readonly source: CredentialSource;
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly account: string;
  readonly environment: string;
}

/** How the operator gets credentials that AWS accepts: a command, or what to set. */
export function signInCure(given: SignIn): string {
  const { source, account } = given;
  const profile = quoted(source.profile);
  switch (source.kind) {
    case "variables":
      return `Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN to valid credentials for account ${account}, or unset them and set AWS_PROFILE`;
    case "keys":
      return `Replace the keys, run: aws configure --profile ${profile}`;
    case "sso":
      return `Run: aws sso login --profile ${profile}`;
    case "login":
      return `Run: aws configure set credential_process "aws configure export-credentials --profile ${profile} --format process" --profile ${quoted(`${source.profile}-process`)} && export AWS_PROFILE=${quoted(`${source.profile}-process`)}`;
    case "process":
      return `Run the credential_process of profile "${source.profile}" to see its error`;
    case "token file":
      return `Renew the token in "${source.file}"`;
    case "machine":
      return "Check the role of this machine";
    case "no profile":
    case "none":
      return otherProfileCure(given);
  }
}

/** How the operator uses another profile than the one in effect: one of this account, if there is any. */
export function otherProfileCure({ source, profiles, account, environment }: SignIn): string {
  const usable = [...profiles].filter(([, settings]) => settings["login_session"] === undefined);
  const [found] = usable.filter(([name, settings]) => isOf(account, settings) && name !== source.profile);
  const unset =
    source.kind === "variables" ? "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN && " : "";
  if (found !== undefined) return `Run: ${unset}${useOf(found)}`;
  const names = usable.map(([name]) => name).filter((name) => name !== source.profile);
  const others = names.length === 0 ? "" : ` (configured: ${names.join(", ")})`;
  if (unset !== "")
    return `Run: ${unset}export AWS_PROFILE=PROFILE, with a profile for account ${account}${others}`;
  if (source.kind === "no profile" && names.length === 0)
    return `Run: aws configure sso --profile ${quoted(source.profile)}`;
  if (source.kind !== "none" || others !== "")
    return `Set AWS_PROFILE to a profile for account ${account}${others}`;
  const name = quoted(environment);
  return `Run: aws configure sso --profile ${name} && export AWS_PROFILE=${name}; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
}

function isOf(account: string, { sso_account_id: signedIn, role_arn: role }: Profile): boolean {
  return role === undefined ? signedIn === account : role.split(":")[4] === account;
}

function useOf([name, settings]: readonly [string, Profile]): string {
  const login = settings["sso_account_id"] === undefined ? "" : `aws sso login --profile ${quoted(name)} && `;
  return `${login}export AWS_PROFILE=${quoted(name)}`;
}
