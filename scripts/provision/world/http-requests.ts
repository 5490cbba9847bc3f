import { Readable } from "node:stream";
import type { Variables } from "./aws-environment";
import { RequestHandler } from "./aws-network";
import type { Http, HttpAnswer, HttpRequest } from "./index";

/** A large body may take hours, as long as some of it moves; then the server may check it. */
const patience = { connectSeconds: 10, requestSeconds: 0, idleSeconds: 120 };
const handlers = new WeakMap<Variables, RequestHandler>();

/** This machine's HTTP client. */
export const http: Http = {
  send: async (request) => {
    const { environment, body } = request;
    const handler = handlers.get(environment) ?? new RequestHandler(patience, environment);
    handlers.set(environment, handler);
    if (body === undefined) return answerOf(handler.handle(requestOf(request)));
    const stream = Readable.from(body.chunks, { objectMode: false });
    const abort = new AbortController();
    const answered = answerOf(handler.handle(requestOf(request, stream), { abortSignal: abort.signal }));
    const broken = new Promise<never>((_, fail) => stream.on("error", fail));
    try {
      return await Promise.race([answered, broken]);
    } finally {
      answered.catch(() => undefined);
      // The server need not read a body to its end, and what is read from may be at its end too early.
      stream.destroy();
      abort.abort();
    }
  },
};

type Sent = Parameters<RequestHandler["handle"]>[0];

function requestOf({ method, url, headers, body }: HttpRequest, stream?: Readable): Sent {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const request = {
    method,
    protocol,
    hostname,
    path: `${pathname}${search}`,
    query: {},
    ...(port === "" ? {} : { port: Number(port) }),
    headers: { ...headers, "content-length": String(body?.length ?? 0) },
    ...(stream === undefined ? {} : { body: stream }),
  };
  // All that the handler reads; the class of requests has methods for signing besides.
  return request as unknown as Sent;
}

async function answerOf(sent: ReturnType<RequestHandler["handle"]>): Promise<HttpAnswer> {
  const { response } = await sent;
  const chunks: Buffer[] = [];
  // The handler for Node gives a stream of Node.
  for await (const chunk of response.body as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}
