import type { Aws, World } from "./aws";

/** The registry that has the repositories, below a prefix that clients do not see. */
export interface Ecr {
  readonly aws: Aws;
  readonly fetch: World["fetch"];
  /** URL of the repositories, without a trailing slash. */
  readonly repositories: string;
}

/** Sends a request for a path below the repositories to ECR; once more if the cached token is no longer valid. */
export async function askEcr(
  { aws, fetch, repositories }: Ecr,
  path: string,
  { method = "GET", accept }: { readonly method?: string; readonly accept?: string | undefined } = {},
): Promise<Response> {
  const send = async () =>
    fetch(`${repositories}/${path}`, {
      method,
      redirect: "manual",
      headers: {
        authorization: `Basic ${await aws.registryToken()}`,
        // A compressed response would have the length of what was sent, not that of the content.
        "accept-encoding": "identity",
        ...(accept === undefined ? {} : { accept }),
      },
      signal: AbortSignal.timeout(10_000),
    });
  const response = await send();
  if (response.status !== 401) return response;
  aws.forgetRegistryToken();
  return send();
}

/**
 * The next page of a list, as a path below the repositories; ECR links to it by an absolute URL:
 * https://github.com/deitch/docker_registry2/issues/34
 */
export function nextPage(
  response: Response,
  { repositories }: Pick<Ecr, "repositories">,
): string | undefined {
  const [, target] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get("link") ?? "") ?? [];
  if (target === undefined) return undefined;
  const { pathname, search } = new URL(target, repositories);
  const prefix = `${new URL(repositories).pathname}/`;
  return pathname.startsWith(prefix) ? `${pathname.slice(prefix.length)}${search}` : undefined;
}
