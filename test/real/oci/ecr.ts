import type { IncomingMessage, ServerResponse } from "node:http";
import type { Content, Manifest } from "./content";

/** Token of basic authentication that ECR issues. */
export const ecrToken = Buffer.from("AWS:ecr").toString("base64");
const pageSize = 100;

/** ECR: repositories by name, the URL of the service itself, and of the bucket to which it redirects for layers. */
export interface StandIn {
  readonly repositories: Readonly<Record<string, Content>>;
  readonly url: string;
  readonly layerUrl: string;
}

/**
 * Answers a request as ECR does: tags in no order, with an absolute link and a token for the next page
 * (https://github.com/deitch/docker_registry2/issues/34), an error for n above 1000
 * (https://github.com/google/go-containerregistry/issues/681), and a redirect to S3 for layers.
 */
export function answerAsEcr(ecr: StandIn, request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization !== `Basic ${ecrToken}`) return void response.writeHead(401).end();
  const url = new URL(request.url ?? "", ecr.url);
  const [, name = "", what = "", reference = ""] =
    /^\/v2\/(.+)\/(manifests|blobs|referrers|tags)\/([^/]+)$/.exec(url.pathname) ?? [];
  const content = ecr.repositories[name];
  if (content === undefined) {
    error(response, { status: 404, code: "NAME_UNKNOWN" });
    return;
  }
  const given = { ecr, content, reference, url, head: request.method === "HEAD" };
  if (what === "manifests") manifest(given, request, response);
  else if (what === "blobs") blob(given, response);
  else if (what === "referrers") referrers(given, response);
  else tags({ ...given, name }, response);
}

interface Given {
  readonly ecr: StandIn;
  readonly content: Content;
  readonly reference: string;
  readonly url: URL;
  readonly head: boolean;
}

function manifest({ content, reference, head }: Given, request: IncomingMessage, response: ServerResponse) {
  const found = content.manifests.get(content.tags.get(reference) ?? reference);
  if (found === undefined) {
    error(response, { status: 404, code: "MANIFEST_UNKNOWN" });
    return;
  }
  const accepted = (request.headers.accept ?? "*/*").split(/,\s*/);
  // ECR converts nothing: a client that accepts no such manifest gets an error.
  if (![found.mediaType, "*/*"].some((type) => accepted.includes(type))) {
    error(response, { status: 404, code: "MANIFEST_UNKNOWN" });
    return;
  }
  response.writeHead(200, {
    "content-type": found.mediaType,
    "content-length": found.bytes.length,
    "docker-content-digest": found.digest,
  });
  response.end(head ? undefined : found.bytes);
}

function blob({ ecr, content, reference, head }: Given, response: ServerResponse) {
  const bytes = content.blobs.get(reference);
  if (bytes === undefined) {
    error(response, { status: 404, code: "BLOB_UNKNOWN" });
    return;
  }
  if (head)
    response.writeHead(200, { "content-length": bytes.length, "content-type": "application/octet-stream" });
  else response.writeHead(307, { location: `${ecr.layerUrl}/${reference}?X-Amz-Signature=0` });
  response.end();
}

function referrers({ content, reference, url }: Given, response: ServerResponse) {
  const wanted = url.searchParams.get("artifactType");
  const manifests = [...content.manifests.values()]
    .filter(({ subject }) => subject === reference)
    .map(descriptorOf)
    .filter(({ artifactType }) => wanted === null || artifactType === wanted);
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const filters = wanted === null ? {} : { "oci-filters-applied": "artifactType" };
  response.writeHead(200, { "content-type": mediaType, ...filters });
  response.end(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
}

function descriptorOf({ bytes, mediaType, digest }: Manifest) {
  // JSON of exampleContent().
  const { artifactType } = JSON.parse(bytes.toString()) as { artifactType?: string };
  return { mediaType, digest, size: bytes.length, artifactType };
}

function tags({ ecr, content, url, name }: Given & { readonly name: string }, response: ServerResponse) {
  const wanted = Number(url.searchParams.get("n") ?? pageSize);
  const token = url.searchParams.get("last");
  const begin = token === null ? 0 : Number(/^TOKEN-(\d+)$/.exec(token)?.[1]);
  if (!(wanted >= 1 && wanted <= 1000) || Number.isNaN(begin)) {
    error(response, { status: 405, code: "UNSUPPORTED" });
    return;
  }
  const end = begin + wanted;
  const next = `${ecr.url}/v2/${name}/tags/list?n=${wanted}&last=TOKEN-${end}`;
  response.writeHead(200, {
    "content-type": "text/plain; charset=utf-8",
    ...(end < content.tags.size ? { link: `<${next}>; rel="next"` } : {}),
  });
  response.end(JSON.stringify({ name, tags: [...content.tags.keys()].slice(begin, end) }));
}

function error(
  response: ServerResponse,
  { status, code }: { readonly status: number; readonly code: string },
) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ errors: [{ code, message: code }] }));
}
