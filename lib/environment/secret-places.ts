/** Words that stand behind "password" in a sentence, where a command or a file has the value. */
const prose =
  "(?:a|an|and|are|as|at|authentication|by|can|cannot|does|expired|for|from|had|has|have|if|in|incorrect|instead|invalid|is|" +
  "mismatch|missing|must|needs?|not|of|on|option|or|required|requires|should|that|the|to|tokens?|via|was|when|will|with)";
const notProse = String.raw`(?!${prose}(?:[\s,.;:]|$))`;

const quote = String.raw`\\*["']`;
/** Between an option and its value, also where a document lists the words of a command. */
const separator = String.raw`(?:=|\s+|${quote},\s*${quote})`;
/** In quotes, which a document in a document escapes, or one word. */
const quoted = String.raw`"(?:[^"\\\n]|\\[^\n])*"|(?<escapes>\\+)"[^\n]*?(?<!\\)\k<escapes>"|'[^'\n]*'`;
const word = String.raw`[^\s"'\\]+`;
const anyValue = `${quoted}|${word}`;

const passwordNames = "password|passwd|passphrase";
const secretNames = [
  `${passwordNames}|secret|token|(?<!x-(?:amz|goog)-)credentials?|(?<=[_;])(?:pwd|pass)`,
  String.raw`(?:api|private|access|secret|account|shared)[-_]?key(?:[-_]?id)?`,
  String.raw`secret[-_]?(?:string|binary)|x-(?:amz|goog)-signature|\.dockerconfigjson`,
].join("|");

/** Where secrets stand in commands, headers, files and documents: what is before each, which stays, and the value. */
export const secretPlaces: readonly RegExp[] = [
  // A name that ends as those of secrets do, and `=` or `:`, or the value of an option.
  place(
    String.raw`(?:${secretNames})(?:${quote})?\s*(?:=>?|:(?=\s|${quote}))\s*(?!\*{3})`,
    String.raw`${quoted}|[^\s"',;}{[\]()]+`,
  ),
  place(String.raw`--[\w-]*(?:${secretNames})${separator}(?!--?[a-z])${notProse}`, anyValue),
  // https://datatracker.ietf.org/doc/html/rfc9110#section-11.6.2, also as Go and JSON print headers
  place(
    String.raw`authorization(?:${quote})?\s*[:=][\s[\\"']*(?:basic|bearer|token|negotiate)\s+${notProse}`,
    String.raw`[^\s"',\\\]]+`,
  ),
  place(String.raw`\bSignature=`, "[0-9a-f]{64}"),
  place(String.raw`\b(?:set-)?cookie(?:${quote})?\s*:[\s[\\"']*(?=[\w.-]+=)`, String.raw`[^\n"'\\]+`),
  // https://docs.docker.com/reference/cli/docker/login/#credential-stores, and .npmrc
  place(String.raw`${quote}auth${quote}\s*:\s*`, quoted),
  place(String.raw`\b_auth\s*=\s*`, anyValue),
  // A user and a group have numbers; what follows `https:` is no password.
  place(
    String.raw`(?<![\w-])(?:-u\s*|(?:-u|--user|--proxy-user)${separator})(?:${quote})?(?!\d+:\d+\b)[^\s:"'\\]+:(?!//)`,
    String.raw`(?<=["'][^\s:"']*:)[^"'\n]+|${word}`,
  ),
  ofCommand(
    String.raw`(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|oc)(?:\s+\S+){0,4}?\s+login`,
    String.raw`-p(?:${separator})?`,
  ),
  ofCommand("sshpass", String.raw`-p\s*`),
  ofCommand(String.raw`(?:mysql|mariadb)[\w-]*`, "-p"),
  ofCommand("redis-cli", String.raw`-a\s+`),
  ofCommand("openssl", String.raw`-pass(?:in|out)?\s+pass:`),
  // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
  place(String.raw`\b(?:machine|login|account)\s+\S+\s+password\s+${notProse}`, anyValue),
  place(
    String.raw`^(?:.*\(local-exec\):)?[ \t]*(?:${passwordNames})[ \t]+${notProse}`,
    String.raw`\S+(?=[ \t]*$)`,
  ),
  place(String.raw`\b(?:${passwordNames}|identified by)\s+`, quoted),
  // In a sentence, a word without a digit is one of the language: "the password is required".
  place(
    String.raw`\b(?:(?:${passwordNames})\s+(?:is:?\s+)?|(?:secret|token)\s+is:?\s+)(?=\S*\d)(?!arn:)`,
    String.raw`\S{6,}`,
  ),
];

function place(before: string, value: string): RegExp {
  return new RegExp(`(${before})(${value})`, "gim");
}

/** Options of one letter mean different things, and their case does too. */
function ofCommand(command: string, option: string): RegExp {
  return new RegExp(String.raw`(\b${command}\b[^\n|;&]{0,300}?\s(?:${quote})?${option})(${anyValue})`, "g");
}
