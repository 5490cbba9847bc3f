import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as send,
  type ServerResponse,
} from "node:http";

/** Passes a request on to a server of this machine, and its answer back. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  to: { readonly url: string; readonly path: string; readonly headers?: IncomingHttpHeaders },
): void {
  const { hostname, port } = new URL(to.url);
  const headers = { ...request.headers, ...to.headers };
  const options = { hostname, port, path: to.path, method: request.method, headers };
  const passed = send(options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  });
  passed.on("error", () => response.destroy());
  request.on("error", () => passed.destroy());
  response.on("close", () => passed.destroy());
  request.pipe(passed);
}
