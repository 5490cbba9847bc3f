import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";
import type { Issued } from "../../../certificates";

/** Git repositories of a folder on 127.0.0.1. */
export interface GitServer {
  /** By HTTPS at the name of its certificate, if it has one. */
  readonly url: string;
  stop(): void;
}

/** Serves them with Git's own CGI program, since the client in Argo CD speaks the smart protocol alone: https://git-scm.com/docs/git-http-backend */
export async function serveGit(folder: string, certificate?: Issued): Promise<GitServer> {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(folder, request, response);
  };
  const server =
    certificate === undefined
      ? createServer(listener)
      : createSecure({ key: certificate.privateKey, cert: certificate.certificate }, listener);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // It listens on a port, so that its address is neither null nor the path of a socket.
  const { port } = server.address() as AddressInfo;
  return {
    url: certificate === undefined ? `http://127.0.0.1:${port}` : `https://${certificate.name}:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      REMOTE_ADDR: "127.0.0.1",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      // A header that Node does not know has one value.
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.on("error", () => response.writeHead(500).end());
  child.on("close", () => {
    const output = Buffer.concat(parts);
    const end = output.indexOf("\r\n\r\n");
    const fields = output.subarray(0, Math.max(end, 0)).toString().split("\r\n");
    const headers = Object.fromEntries(fields.map((line) => line.split(/: (.*)/s).slice(0, 2)));
    // Fields before the body are names with values.
    const { Status: status = "200", ...others } = headers as Record<string, string>;
    response.writeHead(Number.parseInt(status, 10), others).end(output.subarray(end + 4));
  });
}
