import type { Aws, World } from "./aws";
import { type Answer, refusal, type Request } from "./message";

/** A registry request: repository, and path below it. */
export interface Wanted {
  readonly repository: string;
  readonly what: string;
}

const name = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const reference = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[a-f0-9]{64}";
const pull = new RegExp(
  `^/v2/(${name}(?:/${name})*)/(manifests/(?:${reference})|blobs/sha256:[a-f0-9]{64}|referrers/sha256:[a-f0-9]{64}|tags/list)$`,
);

/** Parses a path of the registry protocol; undefined if it is not a read request. */
export function wantedBy(path: string): Wanted | undefined {
  const [, repository, what] = pull.exec(path.replaceAll("%3A", ":")) ?? [];
  return repository === undefined || what === undefined ? undefined : { repository, what };
}

/** Response headers that are passed on to the client. */
const passedOn = ["content-type", "docker-content-digest", "etag", "location", "oci-filters-applied"];

/**
 * Forwards a request to ECR. Layers are downloaded from S3, to which ECR redirects; only manifests pass through, with
 * their body even for HEAD, because the load balancer derives the length from the body.
 */
export async function fromRegistry(
  wanted: Wanted,
  { headers, httpMethod }: Request,
  ecr: { readonly aws: Aws; readonly fetch: World["fetch"]; readonly repositories: string },
): Promise<Answer> {
  const method = wanted.what.startsWith("blobs/") ? httpMethod : "GET";
  const answer = await ecr.fetch(`${ecr.repositories}/${wanted.repository}/${wanted.what}`, {
    method,
    redirect: "manual",
    headers: {
      authorization: `Basic ${await ecr.aws.registryToken()}`,
      ...(headers["accept"] === undefined ? {} : { accept: headers["accept"] }),
    },
    signal: AbortSignal.timeout(10_000),
  });
  // An authorisation error of the proxy itself is not passed on; the client would request tokens repeatedly.
  if (answer.status === 401 || answer.status === 403) return refusal(404, "Repository not found");
  const kept = passedOn.flatMap((header) => {
    const value = answer.headers.get(header);
    return value === null ? [] : [[header, value] as const];
  });
  return { statusCode: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}
