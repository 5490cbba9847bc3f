import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createHandler } from "../../../modules/release-service/lambda/handler";

const registryHost = "registry-rs.example.com";
const repositories = "https://111122223333.dkr.ecr.us-west-2.amazonaws.com/v2/example-release";
const digest = `sha256:${"a".repeat(64)}`;
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

interface Asked {
  readonly method?: string;
  readonly host?: string;
  readonly auth?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly query?: Readonly<Record<string, readonly string[]>>;
}

interface Call {
  readonly url: string;
  readonly init: RequestInit;
}

/** A simulated AWS in which Secrets Manager has one token, and ECR responds with `ecr`. */
function start(ecr: () => Response = () => new Response("{}"), secret: () => Response = knowsOneToken) {
  const calls: Call[] = [];
  let now = new Date("2026-01-01T00:00:00Z");
  const handler = createHandler(
    {
      region: "us-west-2",
      dnsSuffix: "amazonaws.com",
      bucket: "releases",
      filePrefix: "files/",
      tokensSecret: "arn:tokens",
      registryHost,
      repositories,
      anonymousPrefixes: ["open/"],
    },
    {
      fetch: (url, init) => {
        calls.push({ url, init });
        if (url.includes("secretsmanager")) return Promise.resolve(secret());
        if (url.includes("api.ecr"))
          return Promise.resolve(
            Response.json({ authorizationData: [{ authorizationToken: "RUNSOkVDUg==" }] }),
          );
        return Promise.resolve(ecr());
      },
      now: () => now,
      credentials: () => ({ accessKeyId: "AKIA", secretAccessKey: "secret", sessionToken: "session" }),
    },
  );
  const ask = async (path: string, { method = "GET", host = registryHost, ...more }: Asked = {}) => {
    const { multiValueHeaders, ...response } = await handler({
      httpMethod: method,
      path,
      multiValueQueryStringParameters: more.query ?? {},
      multiValueHeaders: {
        host: [host],
        ...(more.auth === undefined ? {} : { authorization: [more.auth] }),
        ...more.headers,
      },
    });
    const headers = Object.entries(multiValueHeaders).map(([name, values]) => [name, values.join()] as const);
    return { ...response, headers: Object.fromEntries(headers) as Partial<Record<string, string>> };
  };
  const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));
  return { ask, calls, later };
}

function knowsOneToken(): Response {
  return Response.json({ SecretString: JSON.stringify({ "edge-1": hashOf("good") }) });
}

const basic = (token: string) => `Basic ${Buffer.from(`anyone:${token}`).toString("base64")}`;
const asFiles = { host: "files-rs.example.com" };

describe("files", () => {
  test("are served by a presigned URL valid for minutes, anonymously below anonymous prefixes", async () => {
    const { ask, calls } = start();
    const { statusCode, headers } = await ask("/open/installer%20v1.tgz", asFiles);
    expect(statusCode).toBe(307);
    const address = new URL(headers["location"] ?? "");
    expect(address.origin + address.pathname).toBe(
      "https://releases.s3.us-west-2.amazonaws.com/files/open/installer%20v1.tgz",
    );
    expect(address.searchParams.get("X-Amz-Expires")).toBe("300");
    expect(calls).toEqual([]);
  });

  test("elsewhere require a token, as bearer token or as password", async () => {
    const { ask } = start();
    expect((await ask("/closed/a", asFiles)).statusCode).toBe(401);
    expect((await ask("/closed/a", { ...asFiles, auth: "Bearer bad" })).statusCode).toBe(401);
    expect((await ask("/closed/a", { ...asFiles, auth: "Bearer good" })).statusCode).toBe(307);
    expect((await ask("/closed/a", { ...asFiles, auth: basic("good") })).statusCode).toBe(307);
  });

  test.each(["/open/../proxy/code.zip", "/open/%2e%2e/%2e%2e/proxy", "/open//a", "/", "/open/", "/%E0%A4%A"])(
    "are not found at %s",
    async (path) => {
      expect((await start().ask(path, { ...asFiles, auth: "Bearer good" })).statusCode).toBe(404);
    },
  );

  test("cannot be written", async () => {
    expect((await start().ask("/open/a", { ...asFiles, method: "PUT" })).statusCode).toBe(405);
  });
});

describe("the registry", () => {
  test("authenticates clients with and without a token", async () => {
    const { ask } = start();
    const first = await ask("/v2/");
    expect(first.statusCode).toBe(401);
    expect(first.headers["www-authenticate"]).toBe(
      `Bearer realm="https://${registryHost}/token",service="${registryHost}"`,
    );
    expect(JSON.parse((await ask("/token")).body)).toMatchObject({ token: "anonymous" });
    expect(JSON.parse((await ask("/token", { auth: basic("") })).body)).toMatchObject({ token: "anonymous" });
    expect(JSON.parse((await ask("/token", { auth: basic("good") })).body)).toMatchObject({ token: "good" });
    expect((await ask("/token", { auth: basic("bad") })).statusCode).toBe(401);
    expect(await ask("/v2/", { auth: "Bearer anonymous" })).toMatchObject({
      statusCode: 200,
      headers: { "docker-distribution-api-version": "registry/2.0" },
    });
    expect((await ask("/v2/", { auth: "Bearer good" })).statusCode).toBe(200);
    expect((await ask("/v2/", { auth: "Bearer bad" })).statusCode).toBe(401);
  });

  test.each(["Registry-RS.Example.com", `${registryHost}:443`])(
    "answers under its name as %s",
    async (host) => {
      expect(JSON.parse((await start().ask("/token", { host })).body)).toMatchObject({ token: "anonymous" });
    },
  );

  test("returns manifests from ECR, with their body and its length even for HEAD", async () => {
    const { ask, calls } = start(
      () =>
        new Response('{"schemaVersion":2}', { headers: { "docker-content-digest": digest, "x-other": "1" } }),
    );
    const accept = "application/vnd.oci.image.manifest.v1+json";
    const answer = await ask("/v2/open/tool/manifests/v1", { method: "HEAD", headers: { accept: [accept] } });
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: false, body: '{"schemaVersion":2}' });
    expect(answer.headers).toMatchObject({ "docker-content-digest": digest, "content-length": "19" });
    expect(answer.headers).not.toHaveProperty("x-other");
    const asked = calls.at(-1);
    expect(asked?.url).toBe(
      "https://111122223333.dkr.ecr.us-west-2.amazonaws.com/v2/example-release/open/tool/manifests/v1",
    );
    expect(asked?.init).toMatchObject({
      method: "GET",
      headers: { authorization: "Basic RUNSOkVDUg==", accept },
    });
  });

  test("redirects clients to layers instead of fetching them", async () => {
    const location = "https://layers.s3.example.com/1";
    const { ask, calls } = start(() => new Response(null, { status: 307, headers: { location } }));
    const answer = await ask(`/v2/open/tool/blobs/${digest}`);
    expect(answer).toMatchObject({ statusCode: 307, headers: { location } });
    expect(calls.at(-1)?.init.redirect).toBe("manual");
  });

  test("joins the values of repeated Accept headers", async () => {
    const { ask, calls } = start();
    const accept = ["application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json"];
    await ask("/v2/open/tool/manifests/v1", { headers: { accept } });
    expect(calls.at(-1)?.init.headers).toMatchObject({ accept: accept.join(", ") });
  });

  test("returns the length and the digest of a layer for HEAD, without its content", async () => {
    const { ask, calls } = start(() => new Response(null, { headers: { "content-length": "52428800" } }));
    const answer = await ask(`/v2/open/tool/blobs/${digest}`, { method: "HEAD" });
    expect(answer).toMatchObject({ statusCode: 200, body: "" });
    expect(answer.headers).toMatchObject({
      "content-length": "52428800",
      "docker-content-digest": digest,
    });
    expect(calls.at(-1)?.init).toMatchObject({ method: "HEAD", headers: { "accept-encoding": "identity" } });
  });

  test("returns every byte of a manifest, also a byte order mark, as its digest is that of all bytes", async () => {
    const { ask } = start(() => new Response(Buffer.from("\ufeff{}")));
    expect(Buffer.from((await ask("/v2/open/tool/manifests/v1")).body)).toEqual(Buffer.from("\ufeff{}"));
  });

  test("explains a manifest that is too large for the load balancer", async () => {
    const { ask } = start(() => new Response("x".repeat(1_000_000)));
    const { statusCode, body } = await ask("/v2/open/tool/manifests/v1");
    expect(statusCode).toBe(500);
    expect(body).toContain("The response exceeds 1 MB, the limit of a load balancer with a Lambda function");
  });

  test("asks ECR once more, with a new token, when it rejects the cached one", async () => {
    const statuses = [401, 200];
    const { ask, calls } = start(() => new Response("{}", { status: statuses.shift() ?? 500 }));
    expect((await ask("/v2/open/tool/manifests/v1")).statusCode).toBe(200);
    expect(calls.filter(({ url }) => url.includes("api.ecr"))).toHaveLength(2);
  });

  test("answers invalid digests of referrers with 400, because 404 says that there is no such API", async () => {
    const { ask } = start();
    const answer = await ask("/v2/open/tool/referrers/sha256:abc", { auth: "Bearer good" });
    expect(answer).toMatchObject({ statusCode: 400 });
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ code: "DIGEST_INVALID" }] });
  });

  test("passes the parameters of referrers on, and a link to the next page under the client's name", async () => {
    const next = `${repositories}/open/tool/referrers/${digest}?nextToken=a%2Bb`;
    const { ask, calls } = start(() => new Response("{}", { headers: { link: `<${next}>; rel="next"` } }));
    const query = { artifactType: ["application%2Fspdx%2Bjson"] };
    const { headers } = await ask(`/v2/open/tool/referrers/${digest}`, { query });
    expect(calls.at(-1)?.url).toBe(
      `${repositories}/open/tool/referrers/${digest}?artifactType=application%2Fspdx%2Bjson`,
    );
    expect(headers["link"]).toBe(`</v2/open/tool/referrers/${digest}?nextToken=a%2Bb>; rel="next"`);
  });

  test("requires a token outside anonymous prefixes, and does not pass it on to ECR", async () => {
    const { ask, calls } = start();
    expect((await ask("/v2/closed/manifests/v1", { auth: "Bearer anonymous" })).statusCode).toBe(401);
    expect((await ask("/v2/closed/manifests/v1", { auth: "Bearer good" })).statusCode).toBe(200);
    expect(JSON.stringify(calls)).not.toContain("good");
  });

  test.each([
    "/v2/open/../other/manifests/v1",
    "/v2/open/tool/blobs/uploads/",
    "/v2/_catalog",
    "/v2/Open/manifests/v1",
    "/v2/open/tool/manifests/v1/extra",
  ])("returns 404 for %s", async (path) => {
    const { ask, calls } = start();
    expect((await ask(path, { auth: "Bearer good" })).statusCode).toBe(404);
    expect(calls).toEqual([]);
  });

  test("does not pass on authorisation errors of ECR", async () => {
    const { ask } = start(() => new Response("denied", { status: 403 }));
    const answer = await ask("/v2/open/tool/manifests/v1");
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain("denied");
  });
});

describe("a tag list", () => {
  /** ECR's pages: in no order, each with an absolute link to the next. */
  const pages = () => {
    const link = `<${repositories}/open/tool/tags/list?n=1000&last=TOKEN>; rel="next"`;
    const list = (tags: string[] | null) => JSON.stringify({ name: "example-release/open/tool", tags });
    const responses = [
      new Response(list(["v3", "v1"]), { headers: { link } }),
      new Response(list(["v2", "latest"])),
    ];
    return () => responses.shift() ?? new Response(list(null));
  };
  const listed = async (query: Asked["query"] = {}) => {
    const started = start(pages());
    const { statusCode, headers, body } = await started.ask("/v2/open/tool/tags/list", { query });
    const list: unknown = JSON.parse(body);
    return { statusCode, link: headers["link"], list, calls: started.calls };
  };

  test("has the tags of all pages in lexical order, under the name that the client uses", async () => {
    const { calls, ...answer } = await listed();
    expect(answer).toEqual({
      statusCode: 200,
      link: undefined,
      list: { name: "open/tool", tags: ["latest", "v1", "v2", "v3"] },
    });
    expect(calls.slice(1).map(({ url }) => url)).toEqual([
      `${repositories}/open/tool/tags/list?n=1000`,
      `${repositories}/open/tool/tags/list?n=1000&last=TOKEN`,
    ]);
  });

  test("has n tags after last, and a link to the rest", async () => {
    const link = '</v2/open/tool/tags/list?n=2&last=v1>; rel="next"';
    expect(await listed({ n: ["2"] })).toMatchObject({ list: { tags: ["latest", "v1"] }, link });
    const rest = await listed({ n: ["2"], last: ["v1"] });
    expect(rest).toMatchObject({ list: { tags: ["v2", "v3"] }, link: undefined });
    expect(await listed({ last: ["v1%2B"] })).toMatchObject({ list: { tags: ["v2", "v3"] } });
  });

  test("is empty and without a link for n=0", async () => {
    expect(await listed({ n: ["0"] })).toMatchObject({ list: { tags: [] }, link: undefined });
  });

  test("of a repository without tags is empty instead of null", async () => {
    const { ask } = start(() => new Response('{"name":"x","tags":null}'));
    expect(JSON.parse((await ask("/v2/open/tool/tags/list")).body)).toMatchObject({ tags: [] });
  });

  test("of which ECR refuses a later page is ECR's error, which says when to try again", async () => {
    const first = pages()();
    const refused = new Response("slow down", { status: 429, headers: { "retry-after": "2" } });
    const responses = [first, refused];
    const { ask } = start(() => responses.shift() ?? new Response("{}"));
    expect(await ask("/v2/open/tool/tags/list")).toMatchObject({
      statusCode: 429,
      headers: { "retry-after": "2" },
      body: "slow down",
    });
  });

  test("of a missing repository is ECR's error", async () => {
    const { ask } = start(() => new Response('{"errors":[{"code":"NAME_UNKNOWN"}]}', { status: 404 }));
    expect(await ask("/v2/open/tool/tags/list")).toMatchObject({
      statusCode: 404,
      body: '{"errors":[{"code":"NAME_UNKNOWN"}]}',
    });
  });
});

describe("tokens", () => {
  test("are read once in five minutes, so that a removed token is rejected after that", async () => {
    let known = knowsOneToken;
    const { ask, calls, later } = start(undefined, () => known());
    const status = async () => (await ask("/closed/a", { ...asFiles, auth: "Bearer good" })).statusCode;
    expect([await status(), await status()]).toEqual([307, 307]);
    expect(calls).toHaveLength(1);
    known = () => Response.json({ SecretString: "{}" });
    later(6);
    expect(await status()).toBe(401);
  });

  test("are empty until one is stored", async () => {
    const { ask } = start(undefined, () =>
      Response.json({ __type: "ResourceNotFoundException" }, { status: 400 }),
    );
    expect((await ask("/closed/a", { ...asFiles, auth: "Bearer good" })).statusCode).toBe(401);
  });

  test("are rejected when Secrets Manager does not respond", async () => {
    const { ask } = start(undefined, () => new Response("", { status: 500 }));
    await expect(ask("/closed/a", { ...asFiles, auth: "Bearer good" })).rejects.toThrow(
      "Secrets Manager returned no tokens: 500",
    );
  });
});

test("is healthy without calling AWS", async () => {
  const { ask, calls } = start();
  expect((await ask("/health", { host: "10.0.0.1" })).statusCode).toBe(200);
  expect(calls).toEqual([]);
});
