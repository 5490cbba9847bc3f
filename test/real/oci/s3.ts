import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers a presigned request as S3 does: with a range, if one is wanted, and not with credentials in a header, too. */
export function answerAsS3(
  objects: ReadonlyMap<string, Buffer>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(request.url ?? "", "https://s3");
  if (request.headers.authorization !== undefined) return void response.writeHead(400).end();
  if (!searchParams.has("X-Amz-Signature")) return void response.writeHead(403).end();
  const bytes = objects.get(decodeURIComponent(pathname.slice(1)));
  if (bytes === undefined) return void response.writeHead(404).end();
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
  const part = bytes.subarray(Number(from ?? 0));
  const range = `bytes ${bytes.length - part.length}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(from === undefined ? 200 : 206, {
    "content-length": part.length,
    ...(from === undefined ? {} : { "content-range": range }),
  });
  response.end(request.method === "HEAD" ? undefined : part);
}
