/** A host name or IPv4 address, as part of a regular expression. */
export const hostPattern =
  "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";

/** Whether what may have a port after its host has one that exists: `docker.io:5000`, `https://mirror.example.com:8443/v2`. */
export function hasNoWrongPort(text: string): boolean {
  const port = /^(?:[a-z]+:\/\/)?[^/:]*:(\d+)(?:\/|$)/.exec(text)?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
}
