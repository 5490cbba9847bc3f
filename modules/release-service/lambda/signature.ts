import { createHash, createHmac } from "node:crypto";

/** Credentials, region and time of a signature. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  readonly now: Date;
}

/** A request of AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export interface Signable {
  readonly method: string;
  readonly host: string;
  /** Unencoded. */
  readonly path: string;
  readonly service: string;
}

const algorithm = "AWS4-HMAC-SHA256";

/** The headers of a signed request with this body. */
export function signedHeaders(
  signer: Signer,
  request: Signable & { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Record<string, string> {
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    "x-amz-date": timestamp(signer.now),
    ...(signer.sessionToken === undefined ? {} : { "x-amz-security-token": signer.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    encodePath(request.path),
    "",
    ...names.map((name) => `${name}:${headers[name] ?? ""}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
  const scope = scopeOf(signer, request.service);
  const authorization = `${algorithm} Credential=${signer.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature(signer, scope, canonical)}`;
  return { ...headers, authorization };
}

/** A presigned URL for this request, valid for the given number of seconds. */
export function presignedUrl(signer: Signer, request: Signable, seconds: number): string {
  const scope = scopeOf(signer, request.service);
  const query = [
    ["X-Amz-Algorithm", algorithm],
    ["X-Amz-Credential", `${signer.accessKeyId}/${scope}`],
    ["X-Amz-Date", timestamp(signer.now)],
    ["X-Amz-Expires", String(seconds)],
    ...(signer.sessionToken === undefined ? [] : [["X-Amz-Security-Token", signer.sessionToken]]),
    ["X-Amz-SignedHeaders", "host"],
  ]
    .map((pair) => pair.map(encode).join("="))
    .join("&");
  const path = encodePath(request.path);
  const headers = [`host:${request.host}`, "", "host"];
  const canonical = [request.method, path, query, ...headers, "UNSIGNED-PAYLOAD"].join("\n");
  return `https://${request.host}${path}?${query}&X-Amz-Signature=${signature(signer, scope, canonical)}`;
}

function signature(signer: Signer, scope: string, canonical: string): string {
  const text = [algorithm, timestamp(signer.now), scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${signer.secretAccessKey}`);
  return hmac(key, text).toString("hex");
}

function scopeOf({ now, region }: Signer, service: string): string {
  return [timestamp(now).slice(0, 8), region, service, "aws4_request"].join("/");
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const timestamp = (now: Date) => now.toISOString().replace(/\.\d{3}|[-:]/g, "");
const encodePath = (path: string) => path.split("/").map(encode).join("/");

function encode(text: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}
