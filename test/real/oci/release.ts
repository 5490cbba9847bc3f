import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { createHandler } from "../../../modules/release-service/lambda/handler";
import { issue } from "../../certificates";
import { startProxy } from "../../provision/fake-proxy";
import { createBucket, startMoto } from "../moto";
import { startDockerRegistry } from "./docker-registry";
import { ecrToken } from "./ecr";
import { forward } from "./forward";
import { invoke } from "./load-balancer";
import { hosts, synthesisedTargetGroup } from "./service";

const account = "111122223333";
const domain = "us-west-2.amazonaws.com";
const ecr = `${account}.dkr.ecr.${domain}`;
const bucket = `dev-${account}-releases`;
const layers = `prod-us-west-2-starport-layer-bucket.s3.${domain}`;
const names = {
  ecr,
  layers,
  files: `${bucket}.s3.${domain}`,
  ecrApi: `api.ecr.${domain}`,
  secrets: `secretsmanager.${domain}`,
};
/** What the registry's host and repositories are called in ECR. */
export const repositories = `${ecr}/dev-release`;

/** The release service with a real registry and S3 of moto behind it, and AWS's host names. */
export interface Release {
  readonly proxyPort: number;
  readonly authority: string;
  /** Accepted tokens; one that is removed is revoked. */
  readonly tokens: Set<string>;
  /** `METHOD host/path` of requests to ECR and S3. */
  readonly asked: string[];
  /** Whether a request to ECR or S3 is refused as one with expired credentials. */
  expired: (asked: string) => boolean;
  /** Puts a file into the bucket, whatever its key. */
  store(key: string, bytes: Buffer): Promise<void>;
  stop(): void;
}

/** Starts it, with `folder` for what the registry keeps. */
export async function startRelease(folder: string): Promise<Release> {
  const [registry, moto] = await Promise.all([
    startDockerRegistry(folder, `https://${ecr}`),
    startMoto(account),
  ]);
  await createBucket(moto.url, bucket);
  const state = { tokens: new Set(["good"]), asked: [] as string[], expired: () => false };
  const release = state as typeof state & Pick<Release, "expired">;
  const registryUrl = `http://127.0.0.1:${registry.port}`;
  const upstreams: Upstreams = { registryUrl, motoUrl: moto.url, release };
  const inner = createServer((request, response) => {
    answer(upstreams, { request, response, host: String(request.headers["x-host"]) });
  });
  const innerPort = await listen(inner);
  const frontend = { handler: handlerFor(innerPort), targetGroup: synthesisedTargetGroup() };
  const authority = issue({ name: "authority", authority: true, ...until2099 });
  const all = [...Object.values(hosts), ...Object.values(names)];
  const { certificate, privateKey } = issue({
    name: hosts.registry,
    by: authority,
    names: all,
    ...until2099,
  });
  const server = createTlsServer({ cert: certificate, key: privateKey }, (request, response) => {
    const host = request.headers.host ?? "";
    if (Object.values<string>(hosts).includes(host))
      invoke(frontend, request, response).catch(() => response.writeHead(502).end());
    else answer(upstreams, { request, response, host });
  });
  const proxy = await startProxy(await listen(server));
  return Object.assign(release, {
    proxyPort: proxy.port,
    authority: authority.certificate,
    store: async (key: string, bytes: Buffer) => {
      const url = `${moto.url}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
      await fetch(url, { method: "PUT", body: new Uint8Array(bytes) });
    },
    stop: () => {
      registry.stop();
      moto.stop();
      for (const each of [server, inner]) each.closeAllConnections();
      for (const each of [server, inner]) each.close();
      void proxy.close();
    },
  });
}

const until2099 = { to: new Date("2099-01-01T00:00:00Z") };

interface Upstreams {
  readonly registryUrl: string;
  readonly motoUrl: string;
  readonly release: Pick<Release, "tokens" | "asked" | "expired">;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly host: string;
}

/** Answers as the server of that name would. */
function answer(upstreams: Upstreams, { request, response, host }: Exchange): void {
  const path = request.url ?? "/";
  const { release, motoUrl, registryUrl } = upstreams;
  if (host === names.ecrApi) {
    json(response, {
      authorizationData: [{ authorizationToken: ecrToken, proxyEndpoint: `https://${ecr}` }],
    });
    return;
  }
  if (host === names.secrets) {
    const hashes = [...release.tokens].map((token) => [
      token,
      createHash("sha256").update(token).digest("hex"),
    ]);
    json(response, { SecretString: JSON.stringify(Object.fromEntries(hashes)) });
    return;
  }
  const asked = `${request.method ?? ""} ${host}${path}`;
  release.asked.push(asked);
  if (release.expired(asked)) {
    response.writeHead(403, { "content-type": "application/xml" });
    response.end(
      "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>",
    );
  } else if (host === names.files)
    forward(request, response, {
      url: motoUrl,
      path: `/${bucket}${path}`,
      headers: { host: new URL(motoUrl).host },
    });
  else if (host === layers)
    forward(request, response, { url: registryUrl, path, headers: { authorization: "" } });
  else if (host === ecr) asEcr(upstreams, request, response);
  else response.writeHead(421).end();
}

/** docker-registry does not give OCI manifests to clients that accept anything. */
export const manifestTypes =
  "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json";

/**
 * What ECR does and docker-registry does not: it wants its own token, sends clients to S3 for layers, refuses a tag that exists, and
 * creates no repository on the way. Besides, it sorts no tags, gives at most a thousand, and loses all chunks of a blob but the
 * first (https://github.com/aws/containers-roadmap/issues/2831), which test/real/oci-clients.test.ts and push.ts take into account.
 */
function asEcr({ registryUrl }: Upstreams, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? "/";
  const forwarded = () => {
    forward(request, response, { url: registryUrl, path, headers: { host: ecr, authorization: "" } });
  };
  if (request.headers.authorization !== `Basic ${ecrToken}`) {
    response.writeHead(401, {
      "www-authenticate": `Basic realm="https://${ecr}/",service="ecr.amazonaws.com"`,
    });
    response.end();
  } else if (path !== "/v2/" && !/^\/v2\/dev-release\/(open|closed)\/tool\//.test(path))
    json(response, { errors: [{ code: "NAME_UNKNOWN", message: "The repository does not exist" }] }, 404);
  else if (request.method === "GET" && /\/blobs\/sha256:/.test(path)) {
    response.writeHead(307, { location: `https://${layers}${path}` });
    response.end();
  } else if (request.method === "PUT" && /\/manifests\/(?!sha256:)/.test(path))
    void fetch(`${registryUrl}${path}`, { method: "HEAD", headers: { accept: manifestTypes } }).then(
      ({ status }) => {
        if (status === 200)
          json(response, { errors: [{ code: "TAG_INVALID", message: "The tag exists" }] }, 400);
        else forwarded();
      },
    );
  else forwarded();
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function handlerFor(port: number) {
  let time = Date.now();
  return createHandler(
    {
      region: "us-west-2",
      dnsSuffix: "amazonaws.com",
      bucket,
      filePrefix: "files/",
      tokensSecret: "arn:tokens",
      registryHost: hosts.registry,
      repositories: `https://${repositories.replace("/", "/v2/")}`,
      anonymousPrefixes: ["open/"],
    },
    {
      fetch: (url, init) => {
        const { host, pathname, search } = new URL(url);
        // The signed header of the AWS API, which is no header that a client may set.
        const headers = new Headers(init.headers);
        headers.delete("host");
        headers.set("x-host", host);
        return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, headers });
      },
      // Nothing is cached from one request to the next, so that a token can be revoked.
      now: () => new Date((time += 13 * 3600_000)),
      credentials: () => ({ accessKeyId: "AKIA", secretAccessKey: "secret", sessionToken: undefined }),
    },
  );
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // A TCP server's address is an object once it listens.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
