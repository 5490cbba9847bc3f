import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer, Call } from "./aws-answers";

/** What the state bucket does instead of answering. */
export type StorageFault =
  | { readonly kind: "down" }
  | { readonly kind: "slow"; readonly milliseconds: number }
  | { readonly kind: "answers"; readonly status: keyof typeof codes }
  /** To writes with a condition. */
  | { readonly kind: "refuses" }
  /** Of writes: before they have arrived, or after they were stored. */
  | { readonly kind: "cut"; readonly when: "early" | "late" };

/** What stands before the stand-in of a rehearsal, and lets it fail. */
export interface Storage {
  readonly url: string;
  /** Requests to buckets so far. */
  readonly requests: number;
  /** What happens from now on; undefined: nothing unusual. */
  fault: StorageFault | undefined;
  stop(): Promise<void>;
}

const codes = { 400: "ExpiredToken", 403: "AccessDenied", 500: "InternalError", 503: "SlowDown" } as const;

/** Starts it in front of `target`; what is for other services than S3 and STS gets `answer`. */
export async function startStorage(target: string, answer: (call: Call) => Answer): Promise<Storage> {
  let requests = 0;
  const storage: { fault: StorageFault | undefined } = { fault: undefined };
  const server = createServer((incoming, outgoing) => {
    const host = hostOf(incoming);
    const toBucket = /\bs3\./.test(host);
    if (toBucket) requests += 1;
    if (!toBucket && !host.startsWith("sts.")) void answerOther(answer, incoming, outgoing);
    else void pass(target, { incoming, outgoing, fault: toBucket ? storage.fault : undefined });
  });
  // Nothing outside this machine is reached.
  server.on("connect", (_incoming, socket: Socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return Object.defineProperties(storage, {
    url: { value: `http://127.0.0.1:${port ?? ""}` },
    requests: { get: () => requests },
    stop: {
      value: () =>
        new Promise<void>((done) => {
          server.close(() => {
            done();
          });
          server.closeAllConnections();
        }),
    },
    // As defined on the lines above.
  }) as Storage;
}

function hostOf({ url = "", headers }: IncomingMessage): string {
  return /^http:\/\/([^/]*)/.exec(url)?.[1] ?? headers.host ?? "";
}

/** Answers what is for none of the two services that the stand-in knows. */
async function answerOther(
  answer: (call: Call) => Answer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  // A request without an encoding yields buffers.
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const action = new URLSearchParams(text).get("Action");
  const target = incoming.headers["x-amz-target"]?.toString().split(".").at(-1);
  const operation = action ?? target ?? incoming.url ?? "";
  const { status, body } = answer({ operation, form: action === null ? "json" : "xml", body: text });
  outgoing.writeHead(status, { "content-length": Buffer.byteLength(body) });
  outgoing.end(body);
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly fault: StorageFault | undefined;
}

async function pass(target: string, { incoming, outgoing, fault }: Exchange): Promise<void> {
  const writes = incoming.method === "PUT";
  if (fault?.kind === "down") {
    incoming.socket.destroy();
    return;
  }
  if (fault?.kind === "slow") await new Promise((done) => setTimeout(done, fault.milliseconds));
  if (fault?.kind === "answers") {
    refuse(outgoing, fault.status, codes[fault.status]);
    return;
  }
  const conditional = incoming.headers["if-none-match"] ?? incoming.headers["if-match"];
  if (fault?.kind === "refuses" && conditional !== undefined) {
    refuse(outgoing, 412, "PreconditionFailed");
    return;
  }
  if (fault?.kind === "cut" && writes && fault.when === "early") {
    incoming.once("data", () => incoming.socket.destroy());
    return;
  }
  forward(target, incoming, (answer) => {
    if (fault?.kind === "cut" && writes) incoming.socket.destroy();
    else if (answer === undefined) outgoing.destroy();
    else {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }
  });
}

function refuse(outgoing: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>As asked for</Message></Error>`;
  outgoing.writeHead(status, { "content-type": "application/xml", "content-length": body.length });
  outgoing.end(body);
}

function forward(
  target: string,
  incoming: IncomingMessage,
  answered: (answer: IncomingMessage | undefined) => void,
): void {
  const { hostname, port } = new URL(target);
  const { url: path = "/", method, headers } = incoming;
  const onward = request({ hostname, port, path, method, headers }, answered);
  onward.on("error", () => {
    answered(undefined);
  });
  incoming.pipe(onward);
  incoming.on("error", () => onward.destroy());
}
