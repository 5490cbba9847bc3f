/** Scheme, user and password of every URL in a text that has a user. */
export const urlsWithUser = /\b([a-z][a-z0-9+.-]*):\/\/([^\s/?#"'@:]*)(?::([^\s/?#"'@]*))?@/gi;

/** The text without users and passwords of URLs, for messages that have to quote it. */
export function withoutUrlUsers(text: string): string {
  return text.replace(urlsWithUser, "$1://…@");
}
