import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./command";
import { exampleContent } from "./oci/content";
import { hosts, type Service, startService } from "./oci/service";
import { missing, tools } from "./tools";

/** More tags than ECR returns in one response. */
const numberOfTags = 1050;
const content = exampleContent(numberOfTags);
const installer = Buffer.alloc(100_000, "installer");
const token = "good";
const folder = mkdtempSync(join(tmpdir(), "oci-"));
const trusted = join(folder, "authority.pem");
let service: Service;

beforeAll(async () => {
  const files = new Map([["files/open/installer v1.tgz", installer]]);
  service = await startService({ content, files, token });
  writeFileSync(trusted, service.authority);
});

afterAll(() => {
  service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a client that trusts the service's certificate, and reaches its hosts by a proxy on this machine. */
function run(
  program: string | undefined,
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
) {
  const proxy = `http://127.0.0.1:${service.proxyPort}`;
  const common = { SSL_CERT_FILE: trusted, HTTPS_PROXY: proxy, HOME: folder };
  return runCommand({ program: program ?? "", folder, variables: { ...common, ...variables } }, ...args);
}

describe.skipIf(missing("curl"))("curl", () => {
  const url = `https://${hosts.files}/open/installer%20v1.tgz`;
  const curl = (...args: readonly string[]) =>
    run(tools.curl, {}, "--cacert", trusted, "--silent", "--fail", "--location", ...args);

  test("downloads a file, and the rest of one", async () => {
    expect(await curl("--output", "whole.tgz", url)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "whole.tgz")).equals(installer)).toBe(true);
    writeFileSync(join(folder, "part.tgz"), installer.subarray(0, 40_000));
    expect(await curl("--continue-at", "-", "--output", "part.tgz", url)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "part.tgz")).equals(installer)).toBe(true);
  });

  test("reads the length of a file and of a layer without their content", async () => {
    const lengthOf = async (...args: readonly string[]) =>
      (await curl("--head", ...args)).output.match(/^content-length: (\d+)/gim)?.at(-1);
    const [layer = ""] = [...content.blobs].find(([, { length }]) => length === 2_000_000) ?? [];
    expect(await lengthOf(url)).toMatch(/: 100000$/);
    expect(await lengthOf(`https://${hosts.registry}/v2/open/tool/blobs/${layer}`)).toMatch(/: 2000000$/);
  });
});

describe.skipIf(missing("skopeo"))("skopeo", () => {
  const image = (repository: string) => `docker://${hosts.registry}/${repository}`;
  const skopeo = (...args: readonly string[]) => run(tools.skopeo, {}, ...args);

  test("copies an image of every platform, layers and all", async () => {
    const copied = await skopeo("copy", "--all", image("open/tool:latest"), `dir:${join(folder, "image")}`);
    expect(copied).toMatchObject({ code: 0 });
    const layers = [...content.blobs].filter(([, { length }]) => length === 2_000_000);
    expect(layers).toHaveLength(2);
    for (const [digest, bytes] of layers)
      expect(readFileSync(join(folder, "image", digest.replace("sha256:", ""))).equals(bytes)).toBe(true);
  });

  test("lists all tags, though ECR has a thousand in one response at most", async () => {
    const { code, output } = await skopeo("list-tags", image("open/tool"));
    expect(code).toBe(0);
    // Output format of `skopeo list-tags`.
    expect((JSON.parse(output) as { Tags: string[] }).Tags).toHaveLength(numberOfTags + 1);
  });

  test("reads what requires a token with the token only", async () => {
    const inspect = (...options: readonly string[]) =>
      skopeo("inspect", "--raw", ...options, image("closed/tool:latest"));
    expect(await inspect("--creds", `any:${token}`)).toMatchObject({ code: 0 });
    expect((await inspect("--no-creds")).code).not.toBe(0);
    expect((await inspect("--creds", "any:bad")).code).not.toBe(0);
  });
});

describe.skipIf(missing("ociConformance"))("the conformance tests of the OCI specification", () => {
  const subjects = [...content.manifests.values()].flatMap(({ subject }) => subject ?? []);
  const environment = {
    OCI_REGISTRY: hosts.registry,
    OCI_VERSION: "1.1",
    OCI_RESULTS_DIR: join(folder, "results"),
    OCI_API_PUSH: "false",
    OCI_API_BLOBS_DELETE: "false",
    OCI_API_MANIFESTS_DELETE: "false",
    OCI_API_TAGS_DELETE: "false",
    OCI_RO_DATA_TAGS: "latest",
    OCI_RO_DATA_MANIFESTS: [...content.manifests.keys()].join(" "),
    OCI_RO_DATA_BLOBS: [...content.blobs.keys()].join(" "),
    OCI_RO_DATA_REFERRERS: subjects.join(" "),
  };

  test.each([
    ["open/tool", {}],
    ["closed/tool", { OCI_USERNAME: "any", OCI_PASSWORD: token }],
  ])("pass for pulling from %s", async (repository, credentials) => {
    const variables = { ...environment, ...credentials, OCI_REPO1: repository };
    // Its exit code says nothing: it is 0 for failed tests, and the program panics after a report without pushes.
    const { output } = await run(tools.ociConformance, variables);
    const count = (result: string) => Number(new RegExp(`^  ${result}\\.+: +(\\d+)$`, "m").exec(output)?.[1]);
    const counts = { failed: count("FAIL"), errors: count("Error"), skipped: count("Skip") };
    expect(counts, output).toEqual({ failed: 0, errors: 0, skipped: 0 });
    expect(count("Pass"), output).toBeGreaterThanOrEqual(30);
  });
});
