import { maskBlocks } from "./secret-blocks";
import { isRandom, secretKinds } from "./secret-forms";
import { secretOptions } from "./secret-options";
import { secretPlaces } from "./secret-places";
import { urlsWithUser } from "./url-users";

const mask = "***";

/** Longer lines are bodies of requests and the like, which nobody reads. */
const longestLine = 50_000;

/** A key of PEM from its first line to its last, also within JSON. */
const privateKey =
  /-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----[^]*?(-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|$)/g;

/** Parameters of a URL that authorise, e.g. X-Amz-Signature and X-Amz-Security-Token. */
const urlParameter =
  /((?:[?&;]|\\u0026)(?!X-\w+-Credential=)(?:[\w-]+[-_])?(?:token|password|secret|signature|sig|credential|key)=)[^\s&"'<\\]+/gi;

/** A password with a slash, for which URLs have an escape; behind a host there is a port. */
const slashedPassword =
  /\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'@:[]{0,100}:(?!\d{1,5}\/)[^\s"'@]{1,200}@(?=[\w[])/gi;

/** The beginning of tokens that are shorter than they should be, and parts of ones. */
const tokenPart = /\b((?:hv[bsr]|atlasv1)\.)(?=[\w-]*\d)[\w-]{10,}/g;

/** What is no value, but says that there is one, or where it is. */
const harmless =
  /^\\{0,16}["']?(?:true|false|null|none|\d{1,3}|\*\*\*|[|>][-+\d]{0,2}(?:\\{1,16}n)?|<<[-~]?\w*|\(.*\)|arn:.*|\$[({].*)?\\{0,16}["']?$/i;

/** `terraform output -json`, and states, of a value that is marked. */
const marked =
  /("sensitive"\s*:\s*true\b(?:[^{}"]|"(?!sensitive"|value"\s*:)){0,5000}"value"\s*:\s*)("(?:[^"\\\n]|\\.)*"|\[[^\]]*\]|\{[^}]*\})/g;

/** Words as long as a secret access key, or as a line of a key's file, or longer, as session tokens are. */
const longWord = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+_-]{40,}={0,2}(?![A-Za-z0-9/+=_-])/g;
const hexadecimal = /^[0-9a-f-]+$/i;

/**
 * Replaces by three asterisks what looks like a secret, by its own form or by the name before it, and leaves out lines that are longer
 * than any that is read. Rather too much than too little: for texts that are given away.
 */
export function maskForms(text: string): string {
  const lines = text.replace(privateKey, mask).split("\n").map(shortLine);
  const plain = maskBlocks(lines, mask)
    .join("\n")
    .replace(marked, `$1"${mask}"`)
    .replace(urlParameter, `$1${mask}`);
  const inPlaces = [...secretPlaces, ...secretOptions].reduce(
    (masked, place) => masked.replace(place, keepingName),
    plain,
  );
  const byForm = Object.values(secretKinds).reduce(
    (masked, pattern) => masked.replace(new RegExp(pattern.source, `${pattern.flags}g`), mask),
    inPlaces,
  );
  return byForm
    .replace(tokenPart, `$1${mask}`)
    .replace(urlsWithUser, `$1://${mask}@`)
    .replace(slashedPassword, `$1${mask}@`)
    .replace(longWord, (word) => (isSecretWord(word) ? mask : word));
}

function shortLine(line: string): string {
  return line.length > longestLine ? `(left out: a line of ${line.length} characters)` : line;
}

function keepingName(whole: string, name: string, value: string): string {
  if (harmless.test(value)) return whole;
  const quote = /^\\*["']/.exec(value)?.[0] ?? "";
  const isClosed = value.length > quote.length && value.endsWith(quote);
  return `${name}${quote}${mask}${isClosed ? quote : ""}`;
}

/** Paths, names and checksums are as long; of these, words in between and digits show. */
function isSecretWord(word: string): boolean {
  if (hexadecimal.test(word)) return false;
  const parts = word.split(/[-_/]/);
  return parts.some((part) => part.length >= 16 && isRandom(part)) || (word.length === 40 && isRandom(word));
}
