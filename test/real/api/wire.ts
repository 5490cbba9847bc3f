import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { RawRequest } from "./request";

const maxBytes = 50_000_000;

/** A request as it came, and what of its body is content. */
export interface Received {
  readonly raw: RawRequest;
  /** The body without the frames of chunks that are signed one by one. */
  readonly content: RawRequest;
}

/** An answer as it goes back. */
export interface Given {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly content: Buffer;
}

/** Reads a request to its end. */
export async function receive(incoming: IncomingMessage): Promise<Received> {
  const body = await bodyOf(incoming);
  // To a proxy the whole address is sent; S3 Control's, an account before an IP address, is no URL to Node.
  const target = (incoming.url ?? "/").replace(/^http:\/\/[^/]*/, "");
  const raw = { method: incoming.method ?? "", target, headers: incoming.headers, body };
  const isSignedInChunks = String(incoming.headers["x-amz-content-sha256"]).startsWith("STREAMING-");
  return { raw, content: isSignedInChunks ? { ...raw, body: unchunked(body) } : raw };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    // Without an encoding a stream gives bytes.
    const part = chunk as Buffer;
    bytes += part.length;
    if (bytes > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** Content that is signed chunk by chunk: size and signature before each, a chunk of no bytes last. */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf("\r\n", at);
    const size = parseInt(body.toString("latin1", at, end), 16);
    if (end < 0 || !(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

const ofConnection = ["connection", "proxy-connection", "transfer-encoding", "accept-encoding", "expect"];
const ofContent = /^(content-md5|x-amz-checksum-.*|x-amz-trailer)$/;

/** Sends a request on; one with another body loses what was computed from the old one. */
export async function forward(
  { url, agent }: { readonly url: string; readonly agent: Agent },
  { raw, body }: { readonly raw: RawRequest; readonly body: Buffer },
): Promise<Given> {
  const { hostname, port } = new URL(url);
  const kept = Object.entries(raw.headers).filter(
    ([name]) => !ofConnection.includes(name) && (body === raw.body || !ofContent.test(name)),
  );
  const headers = { ...Object.fromEntries(kept), "content-length": String(body.length) };
  const options = { hostname, port, agent, method: raw.method, path: raw.target, headers, timeout: 120_000 };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(options, resolve).on("error", reject);
    sent.on("timeout", () => sent.destroy(new Error(`no answer to ${raw.method} ${raw.target}`)));
    sent.end(body);
  });
  const own = Object.entries(answer.headers).filter(([name]) => !ofConnection.includes(name));
  return {
    status: answer.statusCode ?? 502,
    headers: Object.fromEntries(own),
    content: await bodyOf(answer),
  };
}
