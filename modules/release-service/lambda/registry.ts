import type { Aws, World } from "./aws";
import { type Answer, refusal, type Request } from "./message";

/** What a client asks a registry for: a repository, and what of it. */
export interface Wanted {
  readonly repository: string;
  readonly what: string;
}

const name = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const reference = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[a-f0-9]{64}";
const pull = new RegExp(
  `^/v2/(${name}(?:/${name})*)/(manifests/(?:${reference})|blobs/sha256:[a-f0-9]{64}|referrers/sha256:[a-f0-9]{64}|tags/list)$`,
);

/** What a path of the registry protocol asks for; undefined when it is none that reads. */
export function wantedBy(path: string): Wanted | undefined {
  const [, repository, what] = pull.exec(path.replaceAll("%3A", ":")) ?? [];
  return repository === undefined || what === undefined ? undefined : { repository, what };
}

/** Headers that mean to the client what they mean to us. */
const passedOn = ["content-type", "docker-content-digest", "etag", "location", "oci-filters-applied"];

/**
 * Answers from ECR. Layers are fetched from S3, to which ECR redirects; only manifests pass through here, whole even when
 * just asked for, because the load balancer derives their length from the body.
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
  // Our own standing at ECR is none of the client's business, and would make it ask for a token again and again.
  if (answer.status === 401 || answer.status === 403) return refusal(404, "There is no such repository");
  const kept = passedOn.flatMap((header) => {
    const value = answer.headers.get(header);
    return value === null ? [] : [[header, value] as const];
  });
  return { statusCode: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}
