import { keyNames, passwordNames, secretNames } from "./secret-name-ends";
import { syntax } from "./secret-syntax";

const { anyValue, quote, quoted, separator, word } = syntax;

/** Words that stand behind "password" in a sentence, where a command or a file has the value. */
const prose =
  "(?:a|an|and|are|as|at|authentication|by|can|cannot|could|does|error|expired|failed|for|from|had|has|have|if|in|incorrect|" +
  "instead|invalid|is|mismatch|missing|must|needs?|no|not|of|on|open|option|or|required|requires|should|that|the|to|tokens?|" +
  "unable|unknown|via|was|when|will|with)";
const notProse = String.raw`(?!${prose}(?:[\s,.;:]|$))`;

/** Where the line is cut off before the quote that closes it. */
const unclosed = String.raw`${quote}[^\s"'\\]+`;
/** Brackets around it, and what separates it from the next, are no part of a value, but for those in a variable's. */
const plainValue =
  String.raw`${quoted}|${unclosed}|` +
  String.raw`(?<==)[^\s"',;}{[\]()][^\s"',;]*[^\s"',;}\])]|[^\s"',;}{[\]()]+`;

const assigned = String.raw`(?:${quote})?\s*(?:=>?|:(?=\s|${quote}))`;
/** What Terraform says of a resource, behind its address: `aws_kms_key.signing_key: Creating...`. */
const notMessage =
  String.raw`(?!(?:still )?(?:creat|read|refresh|modif|destr|open|clos|provision|prepar)[a-z]{2,10}(?:\.{3}|` +
  " (?:complete|errored|state|with|import))|(?:plan to|drift detected) )";
/** Behind a colon also in the next line, unless a section begins there: `secret:`, and below it `name: db`. */
const there = String.raw`[ \t]*(?:(?<=:[ \t]{0,20})\r?\n\s*(?:-[ \t]+|(?!-[ \t]))(?![\w."'-]{1,60}:(?:\s|$)))?(?!\*{3})${notMessage}`;

const notPath = String.raw`(?!(?:${quote})?(?:[/~.]|\$[{(]|[a-z]:[\\/]))`;
/** A path, the ID or the alias of a KMS key, or a public key. */
const notWhichKey =
  String.raw`(?!(?:${quote})?(?:(?:~|\.{1,2})?/[\w./-]*(?:[\s"',;\\]|$)|alias/|mrk-[0-9a-f]|` +
  String.raw`[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|(?:ssh|ecdsa|sk)-[\w@.-]+\s))`;
/** Ends of names whose values log somebody in; others are as often the name of a method. */
const loginNames = "(?:basic|http|proxy|registry|npm|redis|rediscli)_auth";
const notMethod = String.raw`(?!(?:${quote})?(?:on|off|yes|no|enabled?|disabled?|required?|optional|basic|digest|iam|type|mode)\b)`;

/** Where secrets stand in commands, headers, files and documents: what is before each, which stays, and the value. */
export const secretPlaces: readonly RegExp[] = [
  // `password: |` in a document that is a text in another one.
  place(
    String.raw`(?:${secretNames}|${keyNames})(?:${quote})?: *[|>][-+\d]{0,2} *\\{1,16}n *`,
    String.raw`(?:(?!\\{1,16}(?:n(?! )|["']))[^\n"'])+`,
  ),
  // A name that ends as those of secrets do, and `=` or `:`, or the value of an option.
  place(`(?:${secretNames})${assigned}${there}`, plainValue),
  place(`(?:${keyNames})${assigned}${there}${notWhichKey}`, plainValue),
  place(`${loginNames}${assigned}${there}${notMethod}`, plainValue),
  place(`pwd${assigned}${there}${notPath}`, plainValue),
  place(String.raw`\b(?:api|access|secret) key\s*[:=]${there}${notProse}`, plainValue),
  // As Go prints headers.
  place(String.raw`-(?:token|key|secret|signature):\[`, String.raw`[^\s\]]+`),
  // What KMS answers.
  place(String.raw`["']plaintext${quote}\s*:\s*`, quoted),
  // A user and a password, in a variable of any such name.
  place(String.raw`_auth${assigned}[ \t]*(?:${quote})?[^\s:"'\\/]{1,100}:(?!//)`, word),
  place(
    String.raw`(?:${secretNames}|${keyNames})(?<=--[\w-]{0,60})${separator}(?!--?[a-z])${notProse}`,
    anyValue,
  ),
  // https://datatracker.ietf.org/doc/html/rfc9110#section-11.6.2, also as Go and JSON print headers
  place(
    String.raw`authorization(?:${quote})?\s*[:=][\s[\\"']*(?:basic|bearer|token|negotiate)\s+${notProse}`,
    String.raw`[^\s"',\\\]]+`,
  ),
  place(String.raw`\bSignature=`, "[0-9a-f]{64}"),
  place(String.raw`\bdigest\s(?:[^\n]{0,500}?[,\s])?response=`, quoted),
  place(String.raw`\b(?:set-)?cookie(?:${quote})?\s*:[\s[\\"']*(?=[\w.-]+=)`, String.raw`[^\n"'\\]+`),
  // https://docs.docker.com/reference/cli/docker/login/#credential-stores, and .npmrc
  place(String.raw`["']auth${quote}\s*:\s*`, quoted),
  place(String.raw`\b_auth\s*=\s*`, anyValue),
  // A user and a group have numbers; what follows `https:` is no password.
  place(
    String.raw`(?<![\w-])(?:-u\s*|(?:-u|--user|--proxy-user)${separator})(?:${quote})?(?!\d+:\d+\b)[^\s:"'\\]{1,100}:(?!//)`,
    String.raw`(?<=["'][^\s:"']{1,100}:)[^"'\n]+|${word}`,
  ),
  // https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html
  place(String.raw`(?<![\w-])-(?:src|dest)?(?:store|key)pass\s+(?!-)`, anyValue),
  // https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
  place(String.raw`^[ \t]*(?:requirepass|masterauth)[ \t]+`, anyValue),
  // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
  place(String.raw`\b(?:machine|login|account)\s+\S+\s+password\s+${notProse}`, anyValue),
  place(
    String.raw`^(?:.*\(local-exec\):)?[ \t]*(?:${passwordNames})[ \t]+${notProse}`,
    String.raw`\S+(?=[ \t]*$)`,
  ),
  place(String.raw`\b(?:${passwordNames}|identified by)\s+`, quoted),
  // In a sentence, a word without a digit is one of the language: "the password is required".
  place(
    String.raw`\b(?:(?:${passwordNames}|api[-_ ]?key)\s+(?:is:?\s+)?|(?:secret|token)\s+is:?\s+)(?=\S*\d)(?!arn:)`,
    String.raw`\S{6,}`,
  ),
];

/** A place by what is before the value, and the value. */
function place(before: string, value: string): RegExp {
  return new RegExp(`(${before})(${value})`, "gim");
}
