import type { IncomingMessage } from "node:http";
import { addressOf } from "./addressing";

/** A request to the stand-in, taken apart. */
export interface StandInRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** AWS service named in the signature; empty for an unsigned request. */
  readonly service: string;
  header(name: string): string | undefined;
  readonly body: Buffer;
}

/** Decodes `aws-chunked`: `<hex>[;chunk-signature=…]\r\n<data>\r\n … 0\r\n<trailers>`. */
export function decodeChunks(encoded: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = encoded.indexOf("\r\n", position);
    const length = lineEnd < 0 ? NaN : parseInt(encoded.toString("latin1", position, lineEnd), 16);
    if (Number.isNaN(length))
      throw new Error("Cannot decode request body: an aws-chunked part has no length");
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(encoded.subarray(lineEnd + 2, lineEnd + 2 + length));
    position = lineEnd + 2 + length + 2;
  }
}

/** Reads a request to its end. */
export async function readRequest(message: IncomingMessage): Promise<StandInRequest> {
  const header = (name: string): string | undefined => message.headers[name]?.toString();
  const raw = await readBody(message);
  const chunked =
    header("content-encoding")?.includes("aws-chunked") === true ||
    header("x-amz-content-sha256")?.startsWith("STREAMING-") === true;
  return {
    method: message.method ?? "GET",
    ...addressOf(message.url ?? "/"),
    service: /Credential=[^/]*\/[^/]*\/[^/]*\/([^/]*)\//.exec(header("authorization") ?? "")?.[1] ?? "",
    header,
    body: chunked ? decodeChunks(raw) : raw,
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // A request stream without an encoding set yields buffers.
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
