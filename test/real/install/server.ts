import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of files, over HTTP. */
export interface FileServer {
  readonly port: number;
  /** What it has at each path. */
  readonly files: Map<string, Buffer>;
  /** Answers to paths that it treats in another way. */
  readonly instead: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** Path and Authorization of each request. */
  readonly asked: (readonly [path: string, authorization: string | undefined])[];
  close(): Promise<void>;
}

/** Starts it on a port of this machine. */
export async function serveFiles(): Promise<FileServer> {
  const files: FileServer["files"] = new Map();
  const instead: FileServer["instead"] = new Map();
  const asked: FileServer["asked"][number][] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push([path, request.headers.authorization]);
    const special = instead.get(path);
    if (special !== undefined) {
      special(request, response);
      return;
    }
    const content = files.get(path);
    response.writeHead(content === undefined ? 404 : 200, { "content-length": content?.length ?? 0 });
    response.end(content);
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => {
        done();
      });
    });
  return { port, files, instead, asked, close };
}
