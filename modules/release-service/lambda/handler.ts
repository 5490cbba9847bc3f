import { Aws, type ProxyEnvironment, type World } from "./aws";
import { anonymousToken, isKnown, tokenOf } from "./callers";
import { type Answer, refusal, type Request } from "./message";
import { fromRegistry, wantedBy } from "./registry";

/** All that the function's environment says. */
export interface Settings extends ProxyEnvironment {
  readonly registryHost: string;
  /** Address of the repositories in ECR, without a slash at the end. */
  readonly repositories: string;
  readonly anonymousPrefixes: readonly string[];
}

interface Service extends Settings {
  readonly aws: Aws;
  readonly fetch: World["fetch"];
}

/** Makes the function that answers one request after the other. */
export function createHandler(settings: Settings, world: World): (request: Request) => Promise<Answer> {
  const service = { ...settings, fetch: world.fetch, aws: new Aws(settings, world) };
  return async (request) => {
    if (request.httpMethod !== "GET" && request.httpMethod !== "HEAD")
      return refusal(405, "This service is for reading only", { allow: "GET, HEAD" });
    if (request.path === "/health") return json(200, {});
    if (request.headers["host"] !== service.registryHost) return file(service, request);
    if (request.path === "/token") return token(service, request);
    return /^\/v2\/?$/.test(request.path) ? introduction(service, request) : artefact(service, request);
  };
}

/** Gives a client back what it has shown, or the word for nothing: https://distribution.github.io/distribution/spec/auth/token/ */
async function token({ aws }: Service, request: Request): Promise<Answer> {
  const shown = tokenOf(request);
  if (shown !== undefined && !isKnown(shown, await aws.tokenHashes())) return refusal(401, "Unknown token");
  return json(200, { token: shown ?? anonymousToken, expires_in: 300 });
}

/** Where clients, with and without a token, learn how to introduce themselves. */
async function introduction(service: Service, request: Request): Promise<Answer> {
  const shown = tokenOf(request);
  const introduced = request.headers["authorization"] !== undefined;
  const accepted = shown === undefined ? introduced : isKnown(shown, await service.aws.tokenHashes());
  return accepted ? json(200, {}) : challenge(service);
}

async function artefact(service: Service, request: Request): Promise<Answer> {
  const wanted = wantedBy(request.path);
  if (wanted === undefined) return refusal(404, "There is nothing to read here");
  if (!(await mayRead(service, wanted.repository, request))) return challenge(service);
  return fromRegistry(wanted, request, service);
}

async function file(service: Service, request: Request): Promise<Answer> {
  const key = fileKey(request.path);
  if (key === undefined) return refusal(404, "There is no such file");
  if (!(await mayRead(service, key, request)))
    return refusal(401, "This needs a token", { "www-authenticate": 'Basic realm="release service"' });
  const location = service.aws.fileUrl(request.httpMethod, key);
  return { statusCode: 307, headers: { location, "cache-control": "no-store" }, body: "" };
}

async function mayRead(
  { anonymousPrefixes, aws }: Service,
  path: string,
  request: Request,
): Promise<boolean> {
  if (anonymousPrefixes.some((prefix) => path.startsWith(prefix))) return true;
  const shown = tokenOf(request);
  return shown !== undefined && isKnown(shown, await aws.tokenHashes());
}

function challenge({ registryHost }: Service): Answer {
  const where = `realm="https://${registryHost}/token",service="${registryHost}"`;
  return refusal(401, "This needs a token", { "www-authenticate": `Bearer ${where}` });
}

function json(statusCode: number, body: object): Answer {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { statusCode, headers, body: JSON.stringify(body) };
}

/** The file that a path names; undefined when it names none, or tries to leave where files are. */
function fileKey(path: string): string | undefined {
  try {
    const key = decodeURIComponent(path).slice(1);
    const parts = key.split("/");
    return parts.some((part) => part === "" || part === "." || part === "..") ? undefined : key;
  } catch {
    return undefined;
  }
}
