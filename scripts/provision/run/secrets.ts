import { urlsWithUser } from "../../../lib/environment/url-users";
import { filesOf } from "../../../lib/layer/secret-files";
import { jsonOrUndefined } from "./json";
import type { Run } from "./run";

/** Names of environment variables that contain secrets; the URL of a webhook or of a database is one itself. */
const secretVariables = [
  /(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|_PASS$|_PWD$|_PAT$|CREDENTIAL)(?!.*_(?:FILE|PATH|URL)$)/i,
  /(?:(?:PRIVATE|API|ENCRYPTION|SIGNING|MASTER|LICEN[CS]E)_KEY|AUTH_CONFIG)(?!.*_(?:FILE|PATH|URL|ID|ARN|ALIAS)$)/i,
  /^SSHPASS$|(?:BASIC|HTTP|PROXY|REGISTRY|NPM|REDIS|REDISCLI)_AUTH$/i,
  /(?:DATABASE_URL|CONNECTION_STRING|WEBHOOK)(?!.*_(?:FILE|PATH)$)/i,
];
/** Shorter values can occur in ordinary text. */
const shortest = 8;

/**
 * Replaces known secrets in a text: those of environment variables, those in files that layers read, and the users and
 * passwords in URLs. The files are read when there is a first text.
 */
export function maskSecrets(run: SecretPlaces): (text: string) => string {
  return masking(() => knownSecrets(run.environment, secretFiles(run)));
}

/** Replaces the secrets of environment variables alone, where there is no environment file. */
export function maskVariables(environment: Variables): (text: string) => string {
  return masking(() => knownSecrets(environment, []));
}

/** Where secrets of a run are. */
export type SecretPlaces = Pick<Run, "environment" | "layers" | "loaded" | "configFolder" | "world">;
type Variables = Readonly<Record<string, string>>;

function masking(find: () => readonly string[]): (text: string) => string {
  let secrets: readonly string[] | undefined;
  return (text) => {
    secrets ??= find();
    return secrets
      .reduce((masked, secret) => masked.replaceAll(secret, "***"), text)
      .replace(urlsWithUser, "$1://***@");
  };
}

function knownSecrets(variables: Variables, texts: readonly string[]): readonly string[] {
  const fromVariables = Object.entries(variables).flatMap(([name, value]) => [
    ...(secretVariables.some((pattern) => pattern.test(name)) ? partsOf(value) : []),
    ...passwordsOf(value),
  ]);
  const secrets = [...fromVariables, ...texts.flatMap(partsOf)]
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= shortest)
    .flatMap(formsOf);
  // A secret can contain another one.
  return [...new Set(secrets)].toSorted((one, other) => other.length - one.length);
}

/** A secret as it is, and as URLs, JSON and base64 have it: the objects of Kubernetes, and what is sent as a password by HTTP. */
function formsOf(secret: string): readonly string[] {
  const forms = [secret, inUrl(secret), JSON.stringify(secret).slice(1, -1), ...inBase64(secret)];
  return forms.filter((form) => form.length >= shortest);
}

/** The characters of base64 that are the secret's alone, whether it stands at the beginning of a text or 1 or 2 bytes behind a group of 3. */
function inBase64(secret: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const groups = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString("base64");
    return before === 0 ? groups : groups.slice(4);
  });
}

function inUrl(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a character, of which JSON can have one alone.
    return text;
  }
}

function secretFiles({ layers, loaded, configFolder, world }: SecretPlaces): readonly string[] {
  const paths = layers.flatMap((layer) =>
    Object.values(layer.secretFiles?.({ settings: loaded.settings[layer.name] }) ?? {}).flatMap(filesOf),
  );
  return [...new Set(paths)].flatMap(
    (path) => world.files.read(path.startsWith("/") ? path : `${configFolder}/${path}`) ?? [],
  );
}

/** What stands in the place of a password in the URLs of a text, as it is and decoded. */
function passwordsOf(text: string): readonly string[] {
  return [...text.matchAll(urlsWithUser)].flatMap(([, , user = "", password = user]) => [
    password,
    decoded(password),
  ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing.
    return text;
  }
}

/** A text, each of its lines, and each text in it when it is JSON: whatever a program may print of it. */
function partsOf(text: string): readonly string[] {
  return [text, ...text.split(/\r?\n/), ...textsIn(jsonOrUndefined(text))];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
