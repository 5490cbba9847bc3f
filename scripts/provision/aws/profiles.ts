import type { Files } from "../world/index";

/** Settings of a profile by their names, e.g. `sso_session`. */
export type Profile = Readonly<Record<string, string>>;

/**
 * The profiles of the two files that Terraform, the AWS CLI and the SDK share; a file that cannot be read has none.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function readProfiles(
  files: Pick<Files, "read">,
  variables: Readonly<Record<string, string>>,
): ReadonlyMap<string, Profile> {
  const home = variables["HOME"] ?? "";
  const place = (variable: string, file: string) =>
    (variables[variable] ?? `~/.aws/${file}`).replace(/^~(?=\/)/, home);
  const config = sections(textOf(files, place("AWS_CONFIG_FILE", "config")));
  const credentials = sections(textOf(files, place("AWS_SHARED_CREDENTIALS_FILE", "credentials")));
  const profiles = new Map<string, Profile>();
  for (const [title, settings] of config) {
    const name = title === "default" ? title : /^profile\s+["']?(.*?)["']?$/.exec(title)?.[1];
    if (name !== undefined) profiles.set(name, { ...profiles.get(name), ...settings });
  }
  for (const [name, settings] of credentials) profiles.set(name, { ...profiles.get(name), ...settings });
  return profiles;
}

function textOf(files: Pick<Files, "read">, path: string): string {
  try {
    return files.read(path) ?? "";
  } catch {
    return "";
  }
}

function sections(text: string): readonly (readonly [title: string, settings: Profile])[] {
  const found: (readonly [string, Record<string, string>])[] = [];
  for (const line of text.split(/\r?\n/)) {
    const title = /^\s*\[\s*(.*?)\s*\]/.exec(line)?.[1];
    if (title !== undefined) found.push([title, {}]);
    // A line that is indented belongs to a setting of several lines, such as s3.
    const [, name = "", value = ""] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    const settings = found.at(-1)?.[1];
    if (name !== "" && settings !== undefined) settings[name.toLowerCase()] = value;
  }
  return found;
}
