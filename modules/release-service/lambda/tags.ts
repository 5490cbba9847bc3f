import { askEcr, type Ecr, nextPage } from "./ecr";
import type { Answer } from "./message";

/** ECR refuses more: https://github.com/google/go-containerregistry/issues/681 */
const mostTags = 1000;

/**
 * Answers a tag list with the rest of its pages in ECR, in lexical order and from the tag after `last`, as specified:
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags. ECR's own pages have no order,
 * and its `last` is a token instead of a tag: https://github.com/CodesWhat/drydock/pull/927
 * Returns the response to a page that ECR refuses, e.g. because of too many requests.
 */
export async function tagList(
  repository: string,
  query: URLSearchParams,
  { ecr, first }: { readonly ecr: Ecr; readonly first: Response },
): Promise<Answer | Response> {
  const all = await everyTag(ecr, first);
  if (all instanceof Response) return all;
  const last = query.get("last");
  const left = all.sort().filter((tag) => last === null || tag > last);
  const size = pageSize(query);
  const tags = left.slice(0, size);
  return {
    statusCode: 200,
    headers: {
      "content-type": "application/json",
      ...(size > 0 && left.length > size ? { link: linkAfter(repository, tags, size) } : {}),
    },
    body: JSON.stringify({ name: repository, tags }),
  };
}

/** Path of the first page in ECR. */
export function firstPage(repository: string): string {
  return `${repository}/tags/list?n=${mostTags}`;
}

async function everyTag(ecr: Ecr, first: Response): Promise<string[] | Response> {
  const tags = await tagsOf(first);
  for (let path = nextPage(first, ecr); path !== undefined;) {
    const response = await askEcr(ecr, path);
    if (!response.ok) return response;
    tags.push(...(await tagsOf(response)));
    path = nextPage(response, ecr);
  }
  return tags;
}

async function tagsOf(response: Response): Promise<string[]> {
  // Response format of the registry protocol; registries send null for no tags.
  const { tags } = (await response.json()) as { tags: string[] | null };
  return tags ?? [];
}

function pageSize(query: URLSearchParams): number {
  const wanted = query.get("n");
  return wanted !== null && /^\d+$/.test(wanted) ? Math.min(Number(wanted), mostTags) : mostTags;
}

function linkAfter(repository: string, tags: readonly string[], size: number): string {
  const query = new URLSearchParams({ n: String(size), last: tags.at(-1) ?? "" });
  return `</v2/${repository}/tags/list?${query.toString()}>; rel="next"`;
}
