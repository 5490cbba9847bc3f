import { Aws, type ProxyEnvironment, type World } from "./aws";
import { anonymousToken, isKnown, tokenOf } from "./callers";
import { behindLoadBalancer, type LoadBalancerEvent, type LoadBalancerResponse } from "./load-balancer";
import { type Answer, refusal, type Request } from "./message";
import { fromRegistry, wantedBy } from "./registry";

/** Settings from the function's environment variables. */
export interface Settings extends ProxyEnvironment {
  readonly registryHost: string;
  /** URL of the repositories in ECR, without a trailing slash. */
  readonly repositories: string;
  readonly anonymousPrefixes: readonly string[];
}

interface Service extends Settings {
  readonly aws: Aws;
  readonly fetch: World["fetch"];
}

/** Creates the function that handles the load balancer's requests. */
export function createHandler(
  settings: Settings,
  world: World,
): (event: LoadBalancerEvent) => Promise<LoadBalancerResponse> {
  const service = { ...settings, fetch: world.fetch, aws: new Aws(settings, world) };
  return behindLoadBalancer(async (request) => {
    if (request.httpMethod !== "GET" && request.httpMethod !== "HEAD")
      return refusal(405, "This service is read-only", { allow: "GET, HEAD" });
    if (request.path === "/health") return json(200, {});
    if (!isFor(service.registryHost, request)) return file(service, request);
    if (request.path === "/token") return token(service, request);
    return /^\/v2\/?$/.test(request.path) ? versionCheck(service, request) : artefact(service, request);
  });
}

/**
 * Whether a request is for this host. The load balancer compares without case, and passes the header on as it is:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-elasticloadbalancingv2-listenerrule-hostheaderconfig.html
 */
function isFor(host: string, { headers }: Request): boolean {
  return (headers["host"] ?? "").toLowerCase().replace(/:\d*$/, "") === host;
}

/** Returns the client's own token, or the anonymous token: https://distribution.github.io/distribution/spec/auth/token/ */
async function token({ aws }: Service, request: Request): Promise<Answer> {
  const presented = tokenOf(request);
  if (presented !== undefined && !isKnown(presented, await aws.tokenHashes()))
    return refusal(401, "Unknown token");
  return json(200, { token: presented ?? anonymousToken, expires_in: 300 });
}

/** API version check, where clients discover the authentication scheme. */
async function versionCheck(service: Service, request: Request): Promise<Answer> {
  const presented = tokenOf(request);
  const authenticated = request.headers["authorization"] !== undefined;
  const accepted =
    presented === undefined ? authenticated : isKnown(presented, await service.aws.tokenHashes());
  const { headers, ...rest } = accepted ? json(200, {}) : challenge(service);
  // Clients may require this header: https://distribution.github.io/distribution/spec/api/#api-version-check
  return { ...rest, headers: { ...headers, "docker-distribution-api-version": "registry/2.0" } };
}

async function artefact(service: Service, request: Request): Promise<Answer> {
  const wanted = wantedBy(request.path);
  if ("statusCode" in wanted) return wanted;
  if (!(await mayRead(service, wanted.repository, request))) return challenge(service);
  return fromRegistry(wanted, request, service);
}

async function file(service: Service, request: Request): Promise<Answer> {
  const key = fileKey(request.path);
  if (key === undefined) return refusal(404, "File not found");
  if (!(await mayRead(service, key, request)))
    return refusal(401, "Token required", { "www-authenticate": 'Basic realm="release service"' });
  const location = service.aws.fileUrl(request.httpMethod, key);
  return { statusCode: 307, headers: { location, "cache-control": "no-store" }, body: "" };
}

async function mayRead(
  { anonymousPrefixes, aws }: Service,
  path: string,
  request: Request,
): Promise<boolean> {
  if (anonymousPrefixes.some((prefix) => path.startsWith(prefix))) return true;
  const presented = tokenOf(request);
  return presented !== undefined && isKnown(presented, await aws.tokenHashes());
}

function challenge({ registryHost }: Service): Answer {
  const where = `realm="https://${registryHost}/token",service="${registryHost}"`;
  return refusal(401, "Token required", { "www-authenticate": `Bearer ${where}` });
}

function json(statusCode: number, body: object): Answer {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { statusCode, headers, body: JSON.stringify(body) };
}

/** The object key of a path; undefined if the path is invalid or contains dot segments. */
function fileKey(path: string): string | undefined {
  try {
    const key = decodeURIComponent(path).slice(1);
    const parts = key.split("/");
    return parts.some((part) => part === "" || part === "." || part === "..") ? undefined : key;
  } catch {
    return undefined;
  }
}
