import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createHandler } from "../../../modules/release-service/lambda/handler";
import type { Request } from "../../../modules/release-service/lambda/message";

const registryHost = "registry-rs.example.com";
const digest = `sha256:${"a".repeat(64)}`;
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

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
      repositories: "https://111122223333.dkr.ecr.us-west-2.amazonaws.com/v2/example-release",
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
  const ask = (
    path: string,
    more: Partial<Request> & { readonly auth?: string; readonly host?: string } = {},
  ) =>
    handler({
      httpMethod: "GET",
      path,
      ...more,
      headers: {
        host: more.host ?? registryHost,
        ...(more.auth === undefined ? {} : { authorization: more.auth }),
        ...more.headers,
      },
    });
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
    expect((await start().ask("/open/a", { ...asFiles, httpMethod: "PUT" })).statusCode).toBe(405);
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
    expect(JSON.parse((await ask("/token", { auth: basic("good") })).body)).toMatchObject({ token: "good" });
    expect((await ask("/token", { auth: basic("bad") })).statusCode).toBe(401);
    expect((await ask("/v2/", { auth: "Bearer anonymous" })).statusCode).toBe(200);
    expect((await ask("/v2/", { auth: "Bearer good" })).statusCode).toBe(200);
    expect((await ask("/v2/", { auth: "Bearer bad" })).statusCode).toBe(401);
  });

  test("returns manifests from ECR, with their body even for HEAD", async () => {
    const { ask, calls } = start(
      () =>
        new Response('{"schemaVersion":2}', { headers: { "docker-content-digest": digest, "x-other": "1" } }),
    );
    const accept = "application/vnd.oci.image.manifest.v1+json";
    const answer = await ask("/v2/open/tool/manifests/v1", { httpMethod: "HEAD", headers: { accept } });
    expect(answer).toMatchObject({ statusCode: 200, body: '{"schemaVersion":2}' });
    expect(answer.headers).toMatchObject({ "docker-content-digest": digest });
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
