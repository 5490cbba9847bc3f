import type { Profile } from "./profiles";

type Variables = Readonly<Record<string, string>>;
type Profiles = ReadonlyMap<string, Profile>;

/** Where Terraform, the AWS CLI and the SDK take credentials from. */
export interface CredentialSource {
  readonly kind:
    /** Keys in variables. */
    | "variables"
    /** Keys in a file. */
    | "keys"
    /** IAM Identity Center: `aws sso login`. */
    | "sso"
    /** The console's session: `aws login`. */
    | "login"
    | "process"
    /** A token that a file holds, e.g. of a CI system. */
    | "token file"
    /** The role of a container or of an instance that a profile or variable names. */
    | "machine"
    /** A profile that is named, but does not exist or has no credentials. */
    | "no profile"
    /** Nothing is named: only the role of an EC2 instance can provide credentials. */
    | "none";
  /** For messages, e.g. `profile "ops" (AWS_PROFILE)`. */
  readonly name: string;
  /** The profile with which one signs in; empty when there is none. */
  readonly profile: string;
  /** The file that holds the token; empty when there is none. */
  readonly file: string;
}

/**
 * Finds the source that is in effect: keys in variables, the profile that a variable names, and what remains.
 * https://developer.hashicorp.com/terraform/language/backend/s3#credentials-and-shared-configuration
 */
export function credentialSource(variables: Variables, profiles: Profiles): CredentialSource {
  const variable = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].find((name) => (variables[name] ?? "") !== "");
  if (variables["AWS_ACCESS_KEY_ID"] && variables["AWS_SECRET_ACCESS_KEY"]) {
    const over = variable === undefined ? "" : `, which takes precedence over ${variable}`;
    return source("variables", `the keys in AWS_ACCESS_KEY_ID${over}`);
  }
  if (variable !== undefined) {
    const profile = variables[variable] ?? "";
    return ofProfile(profiles, profile, `profile "${profile}" (${variable})`);
  }
  const usual = ofProfile(profiles, "default", 'profile "default"');
  if (usual.kind !== "no profile") return usual;
  const file = variables["AWS_WEB_IDENTITY_TOKEN_FILE"];
  if (file) return { ...source("token file", "the token in AWS_WEB_IDENTITY_TOKEN_FILE"), file };
  if (variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
    return source("machine", "the role of this container");
  return source("none", "the role of this instance");
}

/** Follows `source_profile` to the profile that holds credentials. */
function ofProfile(profiles: Profiles, first: string, name: string): CredentialSource {
  let profile = first;
  const seen = new Set<string>();
  for (;;) {
    const settings = profiles.get(profile) ?? {};
    const next = settings["role_arn"] === undefined ? undefined : settings["source_profile"];
    seen.add(profile);
    if (next === undefined || seen.has(next))
      return { ...source(kindOf(settings), name), ...fileOf(settings), profile };
    profile = next;
  }
}

function kindOf(settings: Profile): CredentialSource["kind"] {
  if (settings["aws_access_key_id"] !== undefined) return "keys";
  if (settings["role_arn"] !== undefined && settings["credential_source"] !== undefined) return "machine";
  if (settings["web_identity_token_file"] !== undefined) return "token file";
  if (settings["credential_process"] !== undefined) return "process";
  if (settings["sso_session"] !== undefined || settings["sso_start_url"] !== undefined) return "sso";
  return settings["login_session"] === undefined ? "no profile" : "login";
}

function fileOf({ web_identity_token_file: file = "" }: Profile) {
  return { file };
}

function source(kind: CredentialSource["kind"], name: string): CredentialSource {
  return { kind, name, profile: "", file: "" };
}
