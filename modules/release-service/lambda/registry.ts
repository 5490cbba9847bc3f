import { askEcr, type Ecr, nextPage } from "./ecr";
import { type Answer, refusal, type Request } from "./message";
import { firstPage, tagList } from "./tags";

/** A registry request: repository, and path below it. */
export interface Wanted {
  readonly repository: string;
  readonly what: string;
}

const name = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const digest = "sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}";
const reference = `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|${digest}`;
const pull = new RegExp(
  `^/v2/(${name}(?:/${name})*)/(manifests/(?:${reference})|blobs/(?:${digest})|referrers/(?:${digest})|tags/list)$`,
);
const invalidReferrers = new RegExp(`^/v2/${name}(?:/${name})*/referrers/[^/]*$`);

/** Parses a path of the registry protocol; returns an error response if it is not a read request. */
export function wantedBy(path: string): Wanted | Answer {
  const plain = path.replaceAll(/%3a/gi, ":");
  const [, repository, what] = pull.exec(plain) ?? [];
  if (repository !== undefined && what !== undefined) return { repository, what };
  return invalidReferrers.test(plain) ? refusal(400, "Invalid digest") : refusal(404, "Not found");
}

/** Forwards a request to ECR. Layers are downloaded from S3, to which ECR redirects; only manifests and lists pass through. */
export async function fromRegistry(wanted: Wanted, request: Request, ecr: Ecr): Promise<Answer> {
  const first = await askEcr(ecr, pathIn(wanted, request), {
    method: isBlob(wanted) ? request.httpMethod : "GET",
    accept: request.headers["accept"],
  });
  const isTagList = wanted.what === "tags/list" && first.status === 200;
  const response = isTagList ? await tagList(wanted.repository, request.query, { ecr, first }) : first;
  if (!(response instanceof Response)) return response;
  // An authorisation error of the proxy itself is not passed on; the client would request tokens repeatedly.
  if (response.status === 401 || response.status === 403) return refusal(404, "Repository not found");
  // Bytes, because text() omits a byte order mark, and the digest is that of all bytes.
  const body = Buffer.from(await response.arrayBuffer()).toString();
  const headers = { ...passedOn(response), ...added(wanted, { response, body, ecr }, request) };
  return { statusCode: response.status, headers, body };
}

function pathIn({ repository, what }: Wanted, { query }: Request): string {
  if (what === "tags/list") return firstPage(repository);
  // ECR links to the next page of referrers by parameters of its own.
  const parameters = what.startsWith("referrers/") ? query.toString() : "";
  return `${repository}/${what}${parameters === "" ? "" : `?${parameters}`}`;
}

const isBlob = ({ what }: Wanted) => what.startsWith("blobs/");

/** Response headers that are passed on to the client. */
const names = [
  "content-type",
  "docker-content-digest",
  "etag",
  "location",
  "oci-filters-applied",
  "retry-after",
];

function passedOn({ headers }: Response): Record<string, string> {
  const kept = names.flatMap((header) => {
    const value = headers.get(header);
    return value === null ? [] : [[header, value] as const];
  });
  return Object.fromEntries(kept);
}

/** Response headers that depend on the request. */
function added(
  wanted: Wanted,
  { response, body, ecr }: { readonly response: Response; readonly body: string; readonly ecr: Ecr },
  { httpMethod }: Request,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const next = nextPage(response, ecr);
  if (next !== undefined) headers["link"] = `</v2/${next}>; rel="next"`;
  if (response.status !== 200) return headers;
  const [, digest] = /^(?:blobs|manifests)\/(sha\d+:.*)$/.exec(wanted.what) ?? [];
  if (digest !== undefined) headers["docker-content-digest"] = digest;
  // The length of what a GET would return. A manifest is sent in any case, so its length is that of the body.
  if (httpMethod === "HEAD") {
    const length = isBlob(wanted) ? response.headers.get("content-length") : String(Buffer.byteLength(body));
    if (length !== null) headers["content-length"] = length;
  }
  return headers;
}
