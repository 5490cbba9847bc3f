import type { Server } from "../world/index";

/** The server at an `https://` URL, which must prove its name by this authority (PEM in base64) however it is reached. */
export function serverAt(url: string, authority: string): Server {
  const { hostname, port } = new URL(url);
  const pem = Buffer.from(authority, "base64").toString("utf8");
  return {
    host: hostname,
    port: port === "" ? 443 : Number(port),
    speaks: { protocol: "tls", serverName: hostname, authority: pem },
  };
}
