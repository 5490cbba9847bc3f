import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./command";
import { type Release, repositories, startRelease } from "./oci/release";
import { hosts } from "./oci/service";
import { succeed } from "./released";
import { missing, tools } from "./tools";

const because = missing("dockerRegistry", "moto", "curl", "oras");
const folder = mkdtempSync(join(tmpdir(), "pull-"));
const trusted = join(folder, "authority.pem");
const content = Buffer.from("what a site pulls\n".repeat(1000));
const digestOf = (bytes: Buffer) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const layer = `blobs/${digestOf(content)}`;
const absent = digestOf(Buffer.from("absent"));
const artefactType = "application/vnd.oci.image.manifest.v1+json";
const accept = ["--header", `Accept: ${artefactType}`];
let release: Release;
/** Digest of the manifest that the tags are of. */
let manifest: string;

interface Response {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Asks the release service for a path of the repository open/tool, or of another; follows redirects, as every client does. */
async function ask(path: string, ...options: readonly string[]): Promise<Response> {
  const [headers, body] = [join(folder, "headers"), join(folder, "body")];
  rmSync(body, { force: true });
  const url = path.startsWith("/") ? path : `/v2/open/tool/${path}`;
  const files = ["--dump-header", headers, "--output", body];
  const asked = [...options, `https://${hosts.registry}${url}`];
  const common = [
    "--cacert",
    trusted,
    "--silent",
    "--suppress-connect-headers",
    "--location",
    "--path-as-is",
    ...["--max-time", "20"],
  ];
  await succeed(tools.curl!, { folder, variables: variables() }, ...common, ...files, ...asked);
  const [first = "", ...lines] =
    readFileSync(headers, "utf8")
      .trim()
      .split(/\r?\n\r?\n/)
      .at(-1)
      ?.split(/\r?\n/) ?? [];
  const named = lines.map((line): [string, string] => {
    const [name = "", value = ""] = line.split(/: ?(.*)/s);
    return [name.toLowerCase(), value];
  });
  return { status: Number(first.split(" ")[1]), headers: Object.fromEntries(named), body: bytesOf(body) };
}

/** curl writes no file for a response without a body. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

const variables = () => ({
  SSL_CERT_FILE: trusted,
  HTTPS_PROXY: `http://127.0.0.1:${release.proxyPort}`,
  HOME: folder,
});
const json = ({ body }: Response): unknown => JSON.parse(body.toString());

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull */
describe.skipIf(because)(`a pull by the distribution specification ${because ?? ""}`, () => {
  beforeAll(async () => {
    release = await startRelease(folder);
    writeFileSync(trusted, release.authority);
    writeFileSync(join(folder, "tool.txt"), content);
    const credentials = ["--username", "AWS", "--password", "ecr"];
    const oras = (...args: readonly string[]) =>
      succeed(tools.oras!, { folder, variables: variables() }, ...args, ...credentials);
    await oras(
      "push",
      `${repositories}/open/tool:v1`,
      "--artifact-type",
      "application/vnd.example",
      "tool.txt",
    );
    await oras("tag", `${repositories}/open/tool:v1`, "v2", "latest", "V3");
    await oras(
      "attach",
      `${repositories}/open/tool:v1`,
      "--artifact-type",
      "application/vnd.note",
      "tool.txt",
    );
    manifest = (await ask("manifests/v1", ...accept)).headers["docker-content-digest"] ?? "";
  }, 120_000);

  afterAll(() => {
    release.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("finds the API", async () => {
    expect(await ask("/v2/", "--user", "any:good")).toMatchObject({ status: 200 });
    expect(await ask("/v2/")).toMatchObject({
      status: 401,
      headers: { "www-authenticate": expect.stringContaining("Bearer realm=") },
    });
  });

  test.each([
    ["a tag", () => "v1"],
    ["its digest", () => manifest],
    ["its digest with an escaped colon", () => manifest.replace(":", "%3A")],
  ])("gets a manifest by %s, with its type, and with the digest of its bytes", async (_what, reference) => {
    const { status, headers, body } = await ask(`manifests/${reference()}`, ...accept);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(artefactType);
    expect(headers["docker-content-digest"]).toBe(digestOf(body));
    expect(headers["docker-content-digest"]).toBe(manifest);
    expect(Number(headers["content-length"])).toBe(body.length);
    expect(JSON.parse(body.toString())).toMatchObject({ mediaType: artefactType });
  });

  test.each([
    ["a manifest by tag", () => "manifests/v1"],
    ["a manifest by digest", () => `manifests/${manifest}`],
    ["a layer", () => layer],
  ])("learns of %s by HEAD what GET would give, without a body", async (_what, path) => {
    const whole = await ask(path(), ...accept);
    const { status, headers, body } = await ask(path(), "--head", ...accept);
    expect(status).toBe(200);
    expect(Number(headers["content-length"])).toBe(whole.body.length);
    expect(headers["docker-content-digest"]).toBe(digestOf(whole.body));
    expect(body.toString()).not.toContain(whole.body.toString());
  });

  test("gets a layer by its digest, whole or in part", async () => {
    expect(await ask(layer)).toMatchObject({ status: 200, body: content });
    const part = await ask(layer, "--range", "100-199");
    expect(part).toMatchObject({ status: 206, body: content.subarray(100, 200) });
    expect(part.headers["content-range"]).toBe(`bytes 100-199/${content.length}`);
    expect(await ask(layer, "--range", "17000-")).toMatchObject({
      status: 206,
      body: content.subarray(17_000),
    });
  });

  test.each([
    ["a tag that does not exist", "manifests/absent", 404, ["MANIFEST_UNKNOWN"]],
    ["a manifest that does not exist", `manifests/${absent}`, 404, ["MANIFEST_UNKNOWN"]],
    ["a layer that does not exist", `blobs/${absent}`, 404, ["BLOB_UNKNOWN"]],
    [
      "a repository that does not exist",
      "/v2/open/absent/manifests/v1",
      404,
      ["NAME_UNKNOWN", "MANIFEST_UNKNOWN"],
    ],
    ["tags of a repository that does not exist", "/v2/open/absent/tags/list", 404, ["NAME_UNKNOWN"]],
    ["a name in capitals", "/v2/open/Tool/manifests/v1", 404, ["NAME_INVALID", "NAME_UNKNOWN"]],
    ["a name with an empty part", "/v2/open//tool/manifests/v1", 404, ["NAME_INVALID", "NAME_UNKNOWN"]],
    ["a tag of 129 characters", `manifests/${"a".repeat(129)}`, 404, ["MANIFEST_INVALID", "NAME_UNKNOWN"]],
    ["a digest that is too short", "blobs/sha256:abc", 404, ["DIGEST_INVALID", "NAME_UNKNOWN"]],
    ["a digest of an unknown algorithm", "blobs/md5:abc", 404, ["DIGEST_INVALID", "NAME_UNKNOWN"]],
    ["referrers of no digest", "referrers/v1", 400, ["DIGEST_INVALID"]],
  ])("is told why not, asking for %s", async (...[, path, status, codes]) => {
    const answer = await ask(path, ...accept);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toMatch(/^application\/json/);
    const { errors } = json(answer) as { readonly errors: readonly { readonly code: string }[] };
    expect(codes).toContain(errors[0]?.code);
    expect((await ask(path, "--head", ...accept)).status).toBe(status);
  });

  describe("lists tags", () => {
    const list = async (query: string) => {
      const answer = await ask(`tags/list${query}`);
      // By the specification: the name, and an array of texts.
      return { ...answer, ...(json(answer) as { readonly name: string; readonly tags: readonly string[] }) };
    };
    const fallback = () => manifest.replace(":", "-");
    const all = () => ["V3", "latest", fallback(), "v1", "v2"];

    test("of the repository, by its name, in order", async () => {
      expect(await list("")).toMatchObject({ status: 200, name: "open/tool", tags: all() });
    });

    test("n at a time, with a link to the next until there is none", async () => {
      const seen: string[] = [];
      let query: string | undefined = "?n=2";
      for (let page = 0; query !== undefined && page < 5; page += 1) {
        const { tags, headers }: Awaited<ReturnType<typeof list>> = await list(query);
        expect(tags.length).toBeLessThanOrEqual(2);
        seen.push(...tags);
        query = /^<\/v2\/open\/tool\/tags\/list(\?[^>]+)>; rel="?next"?$/.exec(headers["link"] ?? "")?.[1];
      }
      expect(seen).toEqual(all());
    });

    test.each([
      ["?n=0", []],
      ["?last=v1", ["v2"]],
      ["?last=v1&n=5", ["v2"]],
      ["?last=v10", ["v2"]],
      ["?last=v2", []],
      ["?n=1&last=V3", ["latest"]],
    ])("with %s", async (query, tags) => {
      expect(await list(query)).toMatchObject({ status: 200, tags });
    });
  });

  test("finds what is attached, by the tag of registries without the API for it", async () => {
    const reference = `${hosts.registry}/open/tool:v1`;
    const { code, output } = await runCommand(
      { program: tools.oras!, folder, variables: variables() },
      ...["discover", "--format", "json", reference],
    );
    expect(code, output).toBe(0);
    expect(output).toContain("application/vnd.note");
  });
});
