import { jsonOrUndefined } from "../run/json";
import type { Run } from "../run/run";

/** Names of environment variables that contain secrets. */
const secretVariable = /(?:SECRET|TOKEN|PASSWORD|PRIVATE_KEY|API_KEY)(?!.*_(?:FILE|PATH|URL)$)/i;
/** Shorter values can occur in ordinary text. */
const shortest = 8;

/** Replaces known secrets in a text: those of environment variables, and those in files that layers read. */
export function maskSecrets(run: Run): (text: string) => string {
  const fromVariables = Object.entries(run.environment).flatMap(([name, value]) =>
    secretVariable.test(name) ? [value] : [],
  );
  const secrets = [...fromVariables, ...secretFiles(run).flatMap(partsOf)]
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= shortest)
    // A secret can contain another one.
    .toSorted((one, other) => other.length - one.length);
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
}

function secretFiles({ layers, loaded, configFolder, world }: Run): readonly string[] {
  const paths = layers.flatMap((layer) =>
    Object.values(layer.secretFiles?.({ settings: loaded.settings[layer.name] }) ?? {}),
  );
  return paths.flatMap(
    (path) => world.files.read(path.startsWith("/") ? path : `${configFolder}/${path}`) ?? [],
  );
}

/** A file, each of its lines, and each text in it when it is JSON: whatever a program may print of it. */
function partsOf(text: string): readonly string[] {
  return [text, ...text.split(/\r?\n/), ...texts(jsonOrUndefined(text))];
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
