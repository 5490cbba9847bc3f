import { createHash } from "node:crypto";
import type { AwsCall } from "../../lib/layer/aws-call";
import type { HttpAnswer, HttpRequest } from "../../scripts/provision/world/index";
import { awsError } from "./aws-error";
import type { FakeWorld } from "./fake-world";

const host = "123456789012.dkr.ecr.us-west-2.amazonaws.com";

/** A part of a file, as S3 keeps it. */
interface Part {
  readonly bytes: Buffer;
  readonly checksum: string;
}

/** What the command sent. */
type Input = Readonly<Record<string, unknown>>;

/** ECR as a registry, and one bucket of S3, in memory. */
export class FakeRelease {
  /** Repositories that exist in ECR. */
  repositories = ["dev-release/edge/tool", "dev-release/edge/agent"];
  readonly blobs = new Map<string, Buffer>();
  /** By `repository:tag` or digest. */
  readonly manifests = new Map<string, Buffer>();
  readonly objects = new Map<string, { readonly bytes: Buffer; readonly checksum: string }>();
  readonly uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Part> }>();
  /** Each request, in order: `GET /v2/…`, or `s3 PutObject <key>`. */
  readonly asked: string[] = [];
  /** Whose credentials these are. */
  account = "123456789012";
  /** Numbers of the tokens that were issued. */
  tokens = 0;
  /** Is asked before each request what happens instead of it. */
  instead: (asked: string) => HttpAnswer | Error | undefined = () => undefined;

  constructor(world: FakeWorld) {
    const others = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: Parameters<typeof others>[1]) =>
        ["ecr", "s3"].includes(call.service)
          ? Promise.resolve().then(() => this.call(call))
          : others(call, request),
    });
    Object.assign(world.http, { send: (request: HttpRequest) => this.send(request) });
  }

  private call({ service, operation, input: given }: AwsCall): object {
    const input = given as Input;
    this.ask(`${service} ${operation}${"Key" in input ? ` ${String(input["Key"])}` : ""}`);
    if (operation === "GetAuthorizationToken") {
      this.tokens += 1;
      const proxyEndpoint = `https://${host.replace("123456789012", this.account)}`;
      return { authorizationData: [{ authorizationToken: `token-${this.tokens}`, proxyEndpoint }] };
    }
    const answer = this.s3[operation]?.(input);
    if (answer === undefined) throw new Error(`nothing answers ${operation} here`);
    return answer;
  }

  /** Throws what is to happen instead; an answer of the registry is returned. */
  private ask(asked: string): HttpAnswer | undefined {
    this.asked.push(asked);
    const happens = this.instead(asked);
    if (happens instanceof Error) throw happens;
    return happens;
  }

  private readonly s3: Readonly<Record<string, (input: Input) => object>> = {
    ListObjectsV2: ({ Prefix }) => ({
      Contents: [...this.objects.keys()]
        .filter((key) => key.startsWith(String(Prefix)))
        .sort()
        .slice(0, 1)
        .map((Key) => ({ Key })),
    }),
    HeadObject: ({ Key }) => {
      const object = this.objects.get(String(Key));
      if (object === undefined) throw awsError("NotFound", "Not Found", 404);
      return { ContentLength: object.bytes.length, ChecksumSHA256: object.checksum };
    },
    PutObject: ({ Key, Body, ChecksumSHA256, IfNoneMatch }) =>
      this.create(String(Key), IfNoneMatch, checked(Body, ChecksumSHA256)),
    CreateMultipartUpload: ({ Key }) => {
      const UploadId = `upload-${this.uploads.size + 1}`;
      this.uploads.set(UploadId, { key: String(Key), parts: new Map() });
      return { UploadId };
    },
    UploadPart: ({ UploadId, PartNumber, Body, ChecksumSHA256 }) => {
      const part = checked(Body, ChecksumSHA256);
      this.uploads.get(String(UploadId))?.parts.set(Number(PartNumber), part);
      return { ETag: `"${part.checksum}"` };
    },
    ListMultipartUploads: ({ Prefix }) => ({
      Uploads: [...this.uploads]
        .filter(([, { key }]) => key.startsWith(String(Prefix)))
        .map(([UploadId, { key }]) => ({ UploadId, Key: key, ChecksumAlgorithm: "SHA256" })),
    }),
    // One part a page, and a marker on the last page, too.
    ListParts: ({ UploadId, PartNumberMarker }) => {
      const parts = [...(this.uploads.get(String(UploadId))?.parts ?? [])].sort(([one], [two]) => one - two);
      const [first, ...more] = parts.filter(([number]) => number > Number(PartNumberMarker));
      if (first === undefined) return { IsTruncated: false, NextPartNumberMarker: "0" };
      const [PartNumber, { checksum }] = first;
      return {
        Parts: [{ PartNumber, ETag: `"${checksum}"`, ChecksumSHA256: checksum }],
        IsTruncated: more.length > 0,
        NextPartNumberMarker: String(PartNumber),
      };
    },
    CompleteMultipartUpload: ({ Key, UploadId, IfNoneMatch }) => {
      const parts = [...(this.uploads.get(String(UploadId))?.parts ?? [])].sort(([one], [two]) => one - two);
      const all = Buffer.concat(parts.map(([, { checksum }]) => Buffer.from(checksum, "base64")));
      const checksum = `${createHash("sha256").update(all).digest("base64")}-${parts.length}`;
      const bytes = Buffer.concat(parts.map(([, part]) => part.bytes));
      const created = this.create(String(Key), IfNoneMatch, { bytes, checksum });
      this.uploads.delete(String(UploadId));
      return created;
    },
    AbortMultipartUpload: ({ UploadId }) => {
      this.uploads.delete(String(UploadId));
      return {};
    },
  };

  private create(key: string, ifNoneMatch: unknown, object: Part): object {
    if (ifNoneMatch !== "*") throw awsError("AccessDenied", "no If-None-Match", 403);
    if (this.objects.has(key)) throw awsError("PreconditionFailed", "At least one precondition failed", 412);
    this.objects.set(key, object);
    return {};
  }

  private async send({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
    const { pathname, searchParams, host: named } = new URL(url);
    if (named !== host) throw new Error(`${named} is not the registry`);
    const happens = await Promise.resolve().then(() => this.ask(`${method} ${pathname}`));
    if (happens !== undefined) return happens;
    if (headers["authorization"] !== `Basic token-${this.tokens}`) return refused(401, "UNAUTHORIZED");
    const [, repository = "", kind = "", reference = ""] =
      /^\/v2\/(.+)\/(manifests|blobs|blobs\/uploads)\/([^/]*)$/.exec(pathname) ?? [];
    if (!this.repositories.includes(repository)) return refused(404, "NAME_UNKNOWN");
    const bytes = Buffer.concat([...(body?.chunks ?? [])]);
    if (bytes.length !== (body?.length ?? 0)) throw new Error("the body has another length than was said");
    if (kind === "manifests") return this.manifest(method, `${repository}:${reference}`, bytes);
    if (method === "HEAD") return this.blobs.has(reference) ? answered(200) : answered(404);
    // ECR: an absolute URL with a state of its own.
    if (method === "POST")
      return answered(202, { location: `https://${host}/v2/${repository}/blobs/uploads/1?_state=x` });
    const digest = searchParams.get("digest") ?? "";
    if (digest !== digestOf(bytes)) return refused(400, "DIGEST_INVALID");
    this.blobs.set(digest, bytes);
    return answered(201);
  }

  /** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html: the same digest is refused, too. */
  private manifest(method: string, name: string, bytes: Buffer): HttpAnswer {
    const found = this.manifests.get(name);
    if (method === "GET")
      return found === undefined
        ? refused(404, "MANIFEST_UNKNOWN")
        : { status: 200, headers: {}, body: found };
    if (found !== undefined && !name.includes("sha256:")) return refused(400, "TAG_INVALID");
    this.manifests.set(name, bytes);
    return answered(201);
  }
}

/** An answer that refuses, in the format of registries. */
export function refused(status: number, code: string): HttpAnswer {
  return {
    status,
    headers: {},
    body: Buffer.from(JSON.stringify({ errors: [{ code, message: "because" }] })),
  };
}

function answered(status: number, headers: HttpAnswer["headers"] = {}): HttpAnswer {
  return { status, headers, body: Buffer.alloc(0) };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function checked(body: unknown, checksum: unknown): Part {
  const bytes = Buffer.from(body as Uint8Array);
  const actual = createHash("sha256").update(bytes).digest("base64");
  if (checksum !== actual) throw awsError("BadDigest", "The SHA256 you specified did not match");
  return { bytes, checksum: actual };
}
