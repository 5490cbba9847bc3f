import { syntax } from "./secret-syntax";

const { anyValue, quote, separator, word } = syntax;

/** Options of one letter, and words of a command, that are secrets: what is before each, which stays, and the value. */
export const secretOptions: readonly RegExp[] = [
  ofCommand(
    String.raw`(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|oc)(?:\s+\S+){0,4}?\s+login`,
    String.raw`-p(?:${separator})?`,
  ),
  ofCommand("sshpass", String.raw`-p\s*`),
  ofCommand(String.raw`(?:mysql|mariadb)[\w-]{0,40}(?![\w-])`, "-p"),
  ofCommand("redis-cli", String.raw`-a\s+`),
  ofCommand(
    "openssl",
    String.raw`-pass(?:in|out)?\s+(?:${quote})?pass:`,
    String.raw`(?<=["']pass:)[^"'\n]+|${word}`,
  ),
  ofCommand(String.raw`openssl\s+(?:enc|aes[\w-]{0,20})`, String.raw`-[kK]\s+`),
  // The last of two words, or of three: `-n` prints what a file would hold.
  ofCommand(
    "htpasswd",
    String.raw`-(?=\w{0,8}b)\w{1,9}(?:\s+-\w{1,9}){0,4}(?:\s+(?!-)[^\s|;&<>]{1,300}){1,2}\s+(?!-|\d?[|;&<>])`,
  ),
  ofCommand("7z[arz]?", "-p"),
  ofCommand("ldap[a-z]{3,10}", String.raw`-w\s*`),
  ofCommand("(?:un)?zip", String.raw`-P\s*`),
  ofCommand("vault", String.raw`login\s+(?!-|[\w-]{1,60}=)`),
  ofCommand("aws", String.raw`configure\s+set\s+(?:\S{1,80}\.)?aws_(?:secret_access_key|session_token)\s+`),
];

/** The case of these options has a meaning. */
function ofCommand(command: string, option: string, value = anyValue): RegExp {
  return new RegExp(String.raw`(\b${command}\b[^\n|;&]{0,300}?\s(?:${quote})?${option})(${value})`, "g");
}
