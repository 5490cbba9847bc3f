/** Scheme, user and password of every URL in a text that has a user. No scheme is longer; without a bound, a line of hyphens takes minutes. */
export const urlsWithUser = /\b([a-z][a-z0-9+.-]{0,30}):\/\/([^\s/?#"'@:]*)(?::([^\s/?#"'@]*))?@/gi;

/** The text without users and passwords of URLs, for messages that have to quote it. */
export function withoutUrlUsers(text: string): string {
  return text.replace(urlsWithUser, "$1://…@");
}
