import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AwsCall, awsCall } from "../../lib/layer/aws-call";
import { faultOf } from "../../scripts/provision/aws/fault";
import { awsSdk } from "../../scripts/provision/world/aws";
import { proxyFor } from "../../scripts/provision/world/proxy";
import { type FakeProxy, type PretendedAws, pretendAws, startProxy } from "./fake-proxy";

/** The real SDK, through a real proxy, to a server with a certificate of a private authority. */
const host = "sts.us-west-2.amazonaws.com";
const keys = { AWS_ACCESS_KEY_ID: "AKIAFROMKEYS", AWS_SECRET_ACCESS_KEY: "secret-of-keys" };
const whoAmI = awsCall("sts", "GetCallerIdentity", {});

let aws: PretendedAws;
let folder: string;
let bundle: string;
let proxy: FakeProxy;

beforeAll(async () => {
  aws = await pretendAws(host, "localhost", "portal.sso.us-west-2.amazonaws.com");
  folder = mkdtempSync(join(tmpdir(), "aws-sdk-"));
  bundle = join(folder, "authority.pem");
  writeFileSync(bundle, aws.authority);
});
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  aws.asked.length = 0;
  aws.answers.clear();
  proxy = await startProxy(aws.port);
});
afterEach(() => proxy.close());

/** What a run's environment holds beside the credentials; HOME has no profile of this machine's user. */
function variables(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CA_BUNDLE: bundle,
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    ...more,
  };
}

function send(environment: Readonly<Record<string, string>>, call: AwsCall = whoAmI): Promise<unknown> {
  return awsSdk().send(call, { region: "us-west-2", environment, patience: "first question" });
}

/** How the error of a call is reported. */
async function fault(environment: Readonly<Record<string, string>>, call = whoAmI) {
  return faultOf(await send(environment, call).catch((error: unknown) => error));
}

describe("a call of AWS", () => {
  test("goes through the proxy, and trusts the authority of AWS_CA_BUNDLE", async () => {
    expect(await send(variables(keys))).toMatchObject({ Account: "123456789012" });
    expect(proxy.connects).toEqual([[`${host}:443`, undefined]]);
    expect(aws.asked).toEqual([`${host} GetCallerIdentity, AKIAFROMKEYS`]);
  });

  test.each([
    [
      "AWS_DEFAULTS_MODE",
      "foo",
      'AWS_DEFAULTS_MODE or defaults_mode of the profile is "foo", and must be one of ',
    ],
    [
      "AWS_ENDPOINT_URL",
      "foo",
      'AWS_ENDPOINT_URL or endpoint_url of the profile is "foo", which is not a URL',
    ],
  ])("reports a variable that the SDK does not take: %s=%s", async (name, value, message) => {
    expect(await fault(variables({ ...keys, [name]: value }))).toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining(message) as string,
    });
  });

  test("trusts no authority that it was not given", async () => {
    expect(await fault(variables({ ...keys, AWS_CA_BUNDLE: "" }))).toMatchObject({
      kind: "unreachable",
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
    expect(aws.asked).toEqual([]);
  });

  test("names a bundle that cannot be read", async () => {
    const missing = join(folder, "missing.pem");
    expect(await fault(variables({ ...keys, AWS_CA_BUNDLE: missing }))).toMatchObject({
      kind: "unreachable",
      message: `AWS_CA_BUNDLE is "${missing}", which cannot be read`,
    });
  });

  test("gives user and password to a proxy that wants them, and names its refusal without them", async () => {
    await proxy.close();
    proxy = await startProxy(aws.port, "op:s3cret-of-proxy");
    const own = { ...keys, HTTPS_PROXY: `http://op:s3cret-of-proxy@127.0.0.1:${proxy.port}` };
    expect(await send(variables(own))).toMatchObject({ Account: "123456789012" });
    const wrong = { ...keys, HTTPS_PROXY: `http://op:another-s3cret@127.0.0.1:${proxy.port}` };
    const refused = await fault(variables(wrong));
    expect(refused).toMatchObject({
      kind: "unreachable",
      message: 'the proxy refuses, it says "407 Proxy Authentication Required"',
    });
    expect(JSON.stringify(refused)).not.toContain("s3cret");
  });

  test.each([
    ["amazonaws.com", host, ""],
    [".amazonaws.com", host, ""],
    ["*.amazonaws.com", host, ""],
    [host.toUpperCase(), host, ""],
    [`${host}:443`, host, ""],
    [`${host}:8443`, host, "http://proxy:3128"],
    ["*", host, ""],
    ["example.com 127.0.0.1", host, "http://proxy:3128"],
    ["azonaws.com", host, "http://proxy:3128"],
    ["10.0.0.0/8", "10.1.2.3", ""],
    ["10.0.0.0/8", "11.1.2.3", "http://proxy:3128"],
    ["10.0.0.0/8", host, "http://proxy:3128"],
    ["10.0.0.0/99", "10.1.2.3", "http://proxy:3128"],
    ["10.1.2.3", "10.1.2.3", ""],
    ["10.1.2.3", "10.1.2.30", "http://proxy:3128"],
    ["fd00::/8", "[fd12:0::1]", ""],
    ["[fd12::1]:443", "[fd12:0::1]", ""],
    ["3scale.example.com", "sts.3scale.example.com", ""],
  ])("takes NO_PROXY as Terraform does: %s for %s", (hosts, hostname, proxy) => {
    const given = { HTTPS_PROXY: "http://proxy:3128", NO_PROXY: hosts };
    expect(proxyFor({ protocol: "https:", hostname }, given)).toBe(proxy);
  });

  test.each([
    [{ HTTPS_PROXY: "proxy.corp:3128" }, "http://proxy.corp:3128"],
    [{ https_proxy: "op:s3cret@proxy.corp" }, "http://op:s3cret@proxy.corp"],
    [{ HTTPS_PROXY: "https://proxy.corp" }, "https://proxy.corp"],
    [{ HTTP_PROXY: "http://proxy.corp" }, ""],
    [{ ALL_PROXY: "http://proxy.corp" }, ""],
  ])("finds the proxy as Terraform does: %o", (given, proxy) => {
    expect(proxyFor({ protocol: "https:", hostname: host }, given)).toBe(proxy);
  });

  test.each(["localhost", "127.0.0.1", "127.3.2.1", "[::1]"])(
    "never goes through a proxy to %s",
    (hostname) => {
      expect(proxyFor({ protocol: "http:", hostname, port: 4566 }, { HTTP_PROXY: "http://proxy:3128" })).toBe(
        "",
      );
    },
  );

  test("speaks HTTP to a proxy that is named without a scheme", async () => {
    const own = { ...keys, HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
    expect(await send(variables(own))).toMatchObject({ Account: "123456789012" });
    expect(proxy.connects).toHaveLength(1);
  });

  test("does not speak HTTP to a proxy of another protocol", async () => {
    expect(await fault(variables({ ...keys, HTTPS_PROXY: "socks5://127.0.0.1:1080" }))).toMatchObject({
      kind: "unreachable",
      message: "the proxy that HTTPS_PROXY names is not an HTTP proxy",
    });
  });

  test("goes straight to an endpoint of AWS_ENDPOINT_URL on this machine", async () => {
    const endpoint = { AWS_ENDPOINT_URL: `https://localhost:${aws.port}` };
    expect(await send(variables({ ...keys, ...endpoint }))).toMatchObject({ Account: "123456789012" });
    expect(proxy.connects).toEqual([]);
    expect(aws.asked).toEqual([`localhost:${aws.port} GetCallerIdentity, AKIAFROMKEYS`]);
  });

  test("prefers the endpoint of one service to that of all", async () => {
    const endpoints = {
      AWS_ENDPOINT_URL: "https://127.0.0.1:1",
      AWS_ENDPOINT_URL_STS: `https://localhost:${aws.port}`,
      NO_PROXY: "*",
    };
    expect(await send(variables({ ...keys, ...endpoints }))).toMatchObject({ Account: "123456789012" });
  });

  test("keeps the account number out of an endpoint that is an address, which S3 Control would put before it", async () => {
    const hosts: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      hosts.push(request.headers.host);
      response.end(
        "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>",
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    // The address of a server that listens on a port.
    const { port } = server.address() as AddressInfo;
    const endpoint = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
    const call = awsCall("s3-control", "GetPublicAccessBlock", { AccountId: "123456789012" });
    const answer = await send(variables({ ...keys, ...endpoint }), call).finally(() => server.close());
    expect(answer).toMatchObject({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    expect(hosts).toEqual([`127.0.0.1:${port}`]);
  });

  test("does not change the environment variables of this process", async () => {
    const before = process.env;
    await send(variables(keys));
    await fault(variables({ ...keys, AWS_CA_BUNDLE: "" }));
    expect(process.env).toBe(before);
    expect(process.env).not.toHaveProperty("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED");
  });
});

describe("credentials", () => {
  // Another file for each test: the SDK reads one only once.
  let files = 0;
  const profile = (text: string) => {
    const file = join(folder, `config-${files++}`);
    writeFileSync(file, text);
    return { AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: join(folder, "none") };
  };
  const programProfile = (name: string, output: string) =>
    `[profile ${name}]\ncredential_process = ${output}\n`;
  const fromProcess = `sh -c 'printf "%s" "{\\"Version\\":1,\\"AccessKeyId\\":\\"AKIA$KEYNAME\\",\\"SecretAccessKey\\":\\"s\\"}"; echo x >> "$HOME/asked"'`;

  test("come from the credential_process of a profile, which gets the run's environment variables", async () => {
    const own = { ...profile(programProfile("ops", fromProcess)), AWS_PROFILE: "ops", KEYNAME: "FROMRUN" };
    expect(await send(variables(own))).toMatchObject({ Account: "123456789012" });
    expect(aws.asked).toEqual([`${host} GetCallerIdentity, AKIAFROMRUN`]);
  });

  test("are fetched once for all services of a run", async () => {
    rmSync(join(folder, "asked"), { force: true });
    const own = { ...profile(programProfile("ops", fromProcess)), AWS_PROFILE: "ops", KEYNAME: "ONCE" };
    const environment = variables(own);
    const sdk = awsSdk();
    const request = { region: "us-west-2", environment, patience: "question" } as const;
    await Promise.all([sdk.send(whoAmI, request), sdk.send(whoAmI, { ...request, patience: "work" })]);
    expect(readFileSync(join(folder, "asked"), "utf8")).toBe("x\n");
  });

  test("of the environment win over a profile, as they do for Terraform", async () => {
    const own = { ...profile(programProfile("ops", "false")), AWS_PROFILE: "ops", ...keys };
    await send(variables(own));
    expect(aws.asked).toEqual([`${host} GetCallerIdentity, AKIAFROMKEYS`]);
  });

  test("of AWS_DEFAULT_PROFILE are used too", async () => {
    const own = {
      ...profile(programProfile("ops", fromProcess)),
      AWS_DEFAULT_PROFILE: "ops",
      KEYNAME: "OLD",
    };
    await send(variables(own));
    expect(aws.asked).toEqual([`${host} GetCallerIdentity, AKIAOLD`]);
  });

  test("that do not exist are a separate error", async () => {
    expect(await fault(variables(profile("")))).toMatchObject({
      kind: "credentials",
      message: "Could not load credentials from any providers",
    });
  });

  test("that a program fails to return are reported without its command line and its output", async () => {
    const failing = programProfile(
      "ops",
      "sh -c 'echo s3cret-of-stderr >&2; exit 1' --password s3cret-of-argument",
    );
    const found = await fault(variables({ ...profile(failing), AWS_PROFILE: "ops" }));
    expect(found).toMatchObject({
      kind: "credentials",
      message: "the credential_process of the AWS profile failed; run its command to see why",
    });
    expect(JSON.stringify(found)).not.toContain("s3cret");
  });

  test.each([
    ["other", "Could not resolve credentials using profile: [ops] in configuration/credentials file(s)."],
    ["ops", "Profile ops credential_process returned invalid JSON."],
  ])(
    "of a profile that is of no use are not replaced by those of another provider: %s",
    async (name, message) => {
      const token = join(folder, "token");
      writeFileSync(token, "web-identity");
      const role = {
        AWS_WEB_IDENTITY_TOKEN_FILE: token,
        AWS_ROLE_ARN: "arn:aws:iam::999999999999:role/other",
      };
      const broken = profile(programProfile(name, "echo s3cret"));
      const found = await fault(variables({ ...broken, ...role, AWS_PROFILE: "ops" }));
      expect(found).toEqual({ kind: "credentials", code: "CredentialsProviderError", message });
      expect(aws.asked).toEqual([]);
    },
  );

  test.each([
    [200, /^(x\n){2}$/],
    [30, /^(x\n){3,}$/],
  ])(
    "that expire in %d s are fetched again in their last minute; a failure is not kept",
    async (seconds, asked) => {
      rmSync(join(folder, "asked"), { force: true });
      const expiring = `sh -c 'echo x >> "$HOME/asked"; test "$(wc -l < "$HOME/asked")" -gt 1 && printf "%s" "{\\"Version\\":1,\\"AccessKeyId\\":\\"AKIASHORT\\",\\"SecretAccessKey\\":\\"s\\",\\"Expiration\\":\\"$EXPIRES\\"}"'`;
      const environment = variables({
        ...profile(programProfile("ops", expiring)),
        AWS_PROFILE: "ops",
        EXPIRES: new Date(Date.now() + seconds * 1000).toISOString(),
      });
      const sdk = awsSdk();
      const request = { region: "us-west-2", environment, patience: "question" } as const;
      await expect(sdk.send(whoAmI, request)).rejects.toMatchObject({ name: "CredentialsProviderError" });
      expect(await sdk.send(whoAmI, request)).toMatchObject({ Account: "123456789012" });
      await sdk.send(whoAmI, { ...request, patience: "work" });
      expect(readFileSync(join(folder, "asked"), "utf8")).toMatch(asked);
    },
  );

  test("of a role that may not be assumed are missing credentials, not a call without permission", async () => {
    const text = `[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/Ops\nsource_profile = base\nregion = us-west-2\n`;
    const error = "<Error><Code>AccessDenied</Code><Message>not authorized to assume it</Message></Error>";
    aws.answers.set("AssumeRole", { status: 403, body: `<ErrorResponse>${error}</ErrorResponse>` });
    expect(await fault(variables({ ...profile(text), AWS_PROFILE: "ops" }))).toMatchObject({
      kind: "credentials",
      message: "not authorized to assume it",
    });
    expect(aws.asked).toEqual([`${host} AssumeRole, AKIABASE`]);
  });

  test("of SSO are requested through the proxy", async () => {
    const start = "https://example.awsapps.com/start";
    const sso = `[profile ops]\nsso_start_url = ${start}\nsso_region = us-west-2\nsso_account_id = 123456789012\nsso_role_name = Ops\n`;
    const cache = join(folder, ".aws", "sso", "cache");
    mkdirSync(cache, { recursive: true });
    const name = createHash("sha1").update(start).digest("hex");
    const token = { startUrl: start, accessToken: "token", expiresAt: "2099-01-01T00:00:00Z" };
    writeFileSync(join(cache, `${name}.json`), JSON.stringify(token));
    aws.answers.set("GET /federation/credentials?account_id=123456789012&role_name=Ops", {
      status: 200,
      body: JSON.stringify({
        roleCredentials: {
          accessKeyId: "AKIASSO",
          secretAccessKey: "s",
          sessionToken: "t",
          expiration: 4_070_908_800_000,
        },
      }),
    });
    await send(variables({ ...profile(sso), AWS_PROFILE: "ops" }));
    expect(aws.asked.at(-1)).toBe(`${host} GetCallerIdentity, AKIASSO`);
    expect(proxy.connects.map(([target]) => target)).toContain("portal.sso.us-west-2.amazonaws.com:443");
  });
});

test("an error of AWS keeps its code and its message", async () => {
  aws.answers.set("GetCallerIdentity", {
    status: 403,
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: op is not authorized</Message></Error></ErrorResponse>`,
  });
  expect(await fault(variables(keys))).toEqual({
    kind: "refused",
    code: "AccessDenied",
    message: "User: op is not authorized",
  });
});

test.each([
  [502, "<html><title>Bad Gateway</html>"],
  [502, "<html><head><title>Bad Gateway</title></head></html>"],
  [404, "<html><head><title>Not Found</title></head><body>No such page</body></html>"],
  [403, "Forbidden by the proxy"],
  [400, ""],
])("a page that does not come from AWS is not reported as an answer of AWS: %d %s", async (status, body) => {
  aws.answers.set("GetCallerIdentity", { status, body });
  expect(await fault(variables(keys))).toMatchObject({
    kind: "not AWS",
    message: `something else answered, with HTTP status ${status}`,
  });
});

test("where nothing has answered, no status is told, but what went wrong", () => {
  const $metadata = { attempts: 1, totalRetryDelay: 0 };
  expect(faultOf(Object.assign(new SyntaxError("a part cannot be loaded"), { $metadata }))).toEqual({
    ...{ kind: "unreachable", code: "SyntaxError" },
    message: "no request could be sent: a part cannot be loaded",
  });
});

test("an error of AWS itself is set apart from what it refuses, after a second attempt", async () => {
  const error =
    "<Error><Type>Receiver</Type><Code>ServiceUnavailable</Code><Message>Try again</Message></Error>";
  aws.answers.set("GetCallerIdentity", { status: 503, body: `<ErrorResponse>${error}</ErrorResponse>` });
  expect(await fault(variables(keys))).toEqual({
    kind: "unavailable",
    code: "ServiceUnavailable",
    message: "Try again",
  });
  expect(aws.asked).toHaveLength(2);
});

test("nothing of the SDK is loaded before a call is sent", () => {
  const loaded = execFileSync(
    process.execPath,
    [
      ...["-r", "ts-node/register", "-e"],
      `require("./scripts/provision/provision"); require("./scripts/provision/world/real").realWorld(".");
       console.log(Object.keys(require.cache).filter((file) => /@aws-sdk|@smithy|proxy-agent/.test(file)).length)`,
    ],
    { encoding: "utf8" },
  );
  expect(loaded.trim()).toBe("0");
});

test("the region is that of AWS_REGION, AWS_DEFAULT_REGION, or the profile, in this order", async () => {
  const config = join(folder, "regions");
  writeFileSync(config, "[profile team]\nregion = eu-west-1\n[default]\nregion = eu-west-3\n");
  const region = (more: Readonly<Record<string, string>>) => awsSdk().region(variables(more));
  const file = { AWS_CONFIG_FILE: config };
  expect(await region({ ...file, AWS_PROFILE: "team" })).toBe("eu-west-1");
  expect(await region(file)).toBe("eu-west-3");
  expect(await region({ ...file, AWS_DEFAULT_REGION: "us-east-2" })).toBe("us-east-2");
  expect(await region({ AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-2" })).toBe("us-east-1");
  expect(await region({ ...file, AWS_PROFILE: "missing" })).toBeUndefined();
  expect(await region({})).toBeUndefined();
});
