import { isRandom, secretKinds } from "./secret-forms";
import { secretPlaces } from "./secret-places";
import { urlsWithUser } from "./url-users";

const mask = "***";

/** A key of PEM from its first line to its last, also within JSON. */
const privateKey =
  /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----[^]*?(-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|$)/g;

/** Parameters of a URL that authorise, e.g. X-Amz-Signature and X-Amz-Security-Token. */
const urlParameter =
  /((?:[?&;]|\\u0026)(?!X-\w+-Credential=)(?:[\w-]+[-_])?(?:token|password|secret|signature|sig|credential|key)=)[^\s&"'<\\]+/gi;

/** What is no value, but says that there is one, or where it is. */
const harmless = /^\\*["']?(?:true|false|null|none|\d{1,3}|\*\*\*|\(.*\)|arn:.*|\$\{.*)?\\*["']?$/i;

/** `terraform output -json`, and states, of a value that is marked. */
const marked = /("sensitive"\s*:\s*true\b[^{}]*?"value"\s*:\s*)("(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\})/g;

/** Words as long as a secret access key, or as a line of a key's file, or longer, as session tokens are. */
const longWord = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+_-]{40,}={0,2}(?![A-Za-z0-9/+=_-])/g;
const hexadecimal = /^[0-9a-f-]+$/i;

/**
 * Replaces by three asterisks what looks like a secret, by its own form or by the name before it. Rather too much than too little: for
 * texts that are given away.
 */
export function maskForms(text: string): string {
  const inPlaces = secretPlaces.reduce(
    (masked, place) => masked.replace(place, keepingName),
    text.replace(privateKey, mask).replace(marked, `$1"${mask}"`).replace(urlParameter, `$1${mask}`),
  );
  const byForm = Object.values(secretKinds).reduce(
    (masked, pattern) => masked.replace(new RegExp(pattern.source, `${pattern.flags}g`), mask),
    inPlaces,
  );
  return byForm
    .replace(urlsWithUser, `$1://${mask}@`)
    .replace(longWord, (word) => (isSecretWord(word) ? mask : word));
}

function keepingName(whole: string, name: string, value: string): string {
  if (harmless.test(value)) return whole;
  const quote = /^\\*["']/.exec(value)?.[0] ?? "";
  return `${name}${quote}${mask}${quote}`;
}

/** Paths, names and checksums are as long; of these, words in between and digits show. */
function isSecretWord(word: string): boolean {
  if (hexadecimal.test(word)) return false;
  const parts = word.split(/[-_/]/);
  return parts.some((part) => part.length >= 16 && isRandom(part)) || (word.length === 40 && isRandom(word));
}
