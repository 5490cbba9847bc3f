import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageLayout, tarOf } from "../provision/oci-layout";
import { runCommand } from "./command";
import { environmentFile } from "./oci/environment";
import { hosts } from "./oci/service";
import { manifestTypes, type Release, repositories, startRelease } from "./oci/release";
import { provision } from "./provision";
import { missing, tools } from "./tools";

const folder = mkdtempSync(join(tmpdir(), "release-"));
const trusted = join(folder, "authority.pem");
const large = join(folder, "large.bin");
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const read = (name: string) => readFileSync(join(folder, name));
const filesUrl = `https://${hosts.files}`;
const registryUrl = `https://${hosts.registry}/v2`;
let release: Release;
let largeDigest: string;

describe.skipIf(missing("dockerRegistry", "moto", "curl", "oras", "skopeo"))(
  "the release service in front of a real registry",
  () => {
    beforeAll(async () => {
      release = await startRelease(folder);
      writeFileSync(trusted, release.authority);
      // 300 MB that repeat nowhere within a part.
      const bytes = Buffer.alloc(300_000_000);
      for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
      largeDigest = sha256(bytes);
      writeFileSync(large, bytes);
      writeFileSync(join(folder, "dev.yaml"), environmentFile("open/tool", "closed/tool"));
      mkdirSync(join(folder, ".aws"));
    }, 120_000);

    afterAll(() => {
      release.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const variables = () => ({
      SSL_CERT_FILE: trusted,
      HTTPS_PROXY: `http://127.0.0.1:${release.proxyPort}`,
      HOME: folder,
    });
    const run = (program: string | undefined, ...args: readonly string[]) =>
      runCommand({ program: program ?? "", folder, variables: variables() }, ...args);
    const curl = (...args: readonly string[]) =>
      run(tools.curl, "--cacert", trusted, "--silent", "--suppress-connect-headers", ...args);
    const fetched = (...args: readonly string[]) => curl("--fail", "--location", ...args);
    const status = async (...args: readonly string[]) =>
      (await curl("--output", "/dev/null", "--write-out", "%{http_code}", ...args)).output;
    const oras = (...args: readonly string[]) => run(tools.oras, ...args);
    const skopeo = (...args: readonly string[]) => run(tools.skopeo, ...args);
    const publish = (...args: readonly string[]) =>
      provision(
        folder,
        {
          HTTPS_PROXY: `http://127.0.0.1:${release.proxyPort}`,
          AWS_CA_BUNDLE: trusted,
          ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", HOME: folder },
        },
        ...["publish", ...args, "--env", join(folder, "dev.yaml")],
      );

    describe("a file of 300 MB", () => {
      const to = ["--to", "open/tool:v1"];
      const path = "open/tool/v1/large.bin";
      test("is published by the same command after its credentials have expired on the way", async () => {
        release.expired = (asked) => asked.includes("partNumber=30&");
        const cut = await publish(large, ...to);
        expect(cut.output).toContain("expired");
        expect(cut.code).toBe(1);
        expect(await status(`${filesUrl}/${path}`, "--location")).toBe("404");
        expect(await status(`${registryUrl}/open/tool/manifests/v1`)).toBe("404");
        release.expired = () => false;
        const again = await publish(large, ...to);
        expect(again.output).toContain("Published");
        expect(again.code).toBe(0);
        // moto lists no checksums of parts, so that all of them are sent again; blobs of the registry are not.
        const blobs = release.asked.filter(
          (asked) => asked.startsWith("PUT") && asked.includes("/blobs/uploads/"),
        );
        expect(blobs).toHaveLength(2);
      }, 120_000);

      test("is left alone when it is published again, and not overwritten by another", async () => {
        // Not in the bucket, because moto has no checksum of a file that came in parts.
        const again = await publish(large, ...to, "--store", "registry", "--json");
        // The document that the command prints.
        expect(JSON.parse(again.output)).toMatchObject({
          status: "already published",
          artefact: { reference: `${hosts.registry}/open/tool:v1` },
        });
        writeFileSync(join(folder, "small.bin"), "other");
        const other = await publish(join(folder, "small.bin"), ...to);
        expect(other.code).toBe(1);
        expect(other.output).toMatch(/Cannot publish "open\/tool:v1": dev-release\/open\/tool has this tag/);
      }, 120_000);

      test("is downloaded by curl, and continued after half of it", async () => {
        expect(await fetched("--output", "whole.bin", `${filesUrl}/${path}`)).toMatchObject({ code: 0 });
        expect(sha256(read("whole.bin"))).toBe(largeDigest);
        writeFileSync(join(folder, "half.bin"), read("whole.bin").subarray(0, 150_000_001));
        expect(
          await fetched("--continue-at", "-", "--output", "half.bin", `${filesUrl}/${path}`),
        ).toMatchObject({
          code: 0,
        });
        expect(sha256(read("half.bin"))).toBe(largeDigest);
      });

      test("is pulled by oras, under its own name", async () => {
        const pulled = await oras("pull", `${hosts.registry}/open/tool:v1`, "--output", "pulled");
        expect(pulled, pulled.output).toMatchObject({ code: 0 });
        expect(sha256(read("pulled/large.bin"))).toBe(largeDigest);
        rmSync(join(folder, "pulled"), { recursive: true });
      });

      test("tells its length, and gives any range of its layer", async () => {
        const layer = `${registryUrl}/open/tool/blobs/sha256:${largeDigest}`;
        const head = await fetched("--head", layer);
        expect(head.output).toMatch(/^content-length: 300000000\r?$/im);
        await fetched("--range", "1000-1999", "--output", "range.bin", layer);
        expect(read("range.bin").equals(read("large.bin").subarray(1000, 2000))).toBe(true);
      });
    });

    test("an image for two platforms is published, and copied by skopeo with all of them", async () => {
      // docker-registry refuses layers that are elsewhere.
      const image = imageLayout({ elsewhere: false });
      writeFileSync(join(folder, "image.tar"), tarOf(image.files));
      const published = await publish(join(folder, "image.tar"), "--to", "closed/tool:v2");
      expect(published, published.output).toMatchObject({ code: 0 });
      const from = `docker://${hosts.registry}/closed/tool:v2`;
      const copied = await skopeo(
        "copy",
        "--all",
        "--src-creds",
        "any:good",
        from,
        `dir:${join(folder, "image")}`,
      );
      expect(copied, copied.output).toMatchObject({ code: 0 });
      expect(read("image/manifest.json").equals(image.index)).toBe(true);
      for (const digest of image.blobs) {
        const name = digest.replace("sha256:", "");
        expect(sha256(read(`image/${name}`))).toBe(name);
      }
    }, 60_000);

    test("what oras, skopeo and curl push is pulled by each other", async () => {
      const credentials = ["--username", "AWS", "--password", "ecr"];
      writeFileSync(join(folder, "note.txt"), "note");
      const pushed = await oras("push", `${repositories}/open/tool:oras`, "note.txt", ...credentials);
      expect(pushed, pushed.output).toMatchObject({ code: 0 });
      const to = `docker://${repositories}/open/tool:skopeo`;
      const copied = await skopeo(
        ...["copy", "--dest-creds", "AWS:ecr", `docker://${hosts.registry}/open/tool:oras`, to],
      );
      expect(copied, copied.output).toMatchObject({ code: 0 });
      // The same manifest under another tag, by hand.
      await fetched(
        `${registryUrl}/open/tool/manifests/skopeo`,
        "--header",
        `Accept: ${manifestTypes}`,
        "--output",
        "manifest",
      );
      const put = await curl(
        ...[
          "--write-out",
          "%{http_code}",
          "--user",
          "AWS:ecr",
          "--request",
          "PUT",
          "--data-binary",
          "@manifest",
        ],
        ...["--header", "Content-Type: application/vnd.oci.image.manifest.v1+json"],
        `https://${repositories.replace("/", "/v2/")}/open/tool/manifests/curl`,
      );
      expect(put.output).toBe("201");
      await oras("pull", `${hosts.registry}/open/tool:curl`, "--output", "from-curl");
      expect(read("from-curl/note.txt").toString()).toBe("note");
      const listed = await skopeo("list-tags", `docker://${hosts.registry}/open/tool`);
      // Output format of `skopeo list-tags`.
      const { Tags } = JSON.parse(listed.output) as { Tags: string[] };
      expect(Tags).toEqual(expect.arrayContaining(["curl", "oras", "skopeo"]));
    }, 60_000);

    test("twenty pulls at the same time get the same bytes", async () => {
      const layer = `${registryUrl}/open/tool/blobs/sha256:${largeDigest}`;
      const pulls = Array.from({ length: 20 }, async (_, index) => {
        const range = `${index * 10_000_000}-${index * 10_000_000 + 4_999_999}`;
        const pulled = await fetched("--range", range, "--output", `pull-${index}`, layer);
        return pulled.code;
      });
      expect(await Promise.all(pulls)).toEqual(pulls.map(() => 0));
      const whole = read("large.bin");
      for (const index of pulls.keys())
        expect(
          read(`pull-${index}`).equals(whole.subarray(index * 10_000_000, index * 10_000_000 + 5_000_000)),
        ).toBe(true);
    });

    describe("what requires a token", () => {
      beforeAll(async () => {
        await release.store("files/closed/secret.txt", Buffer.from("confidential"));
        await release.store("proxy.zip", Buffer.from("confidential"));
      });
      const bearer = (token: string) => ["--header", `Authorization: Bearer ${token}`];
      const secretFile = `${filesUrl}/closed/secret.txt`;
      const secretManifest = `${registryUrl}/closed/tool/manifests/v2`;

      test("is given with the right one, until it is revoked", async () => {
        release.tokens.add("site");
        for (const url of [secretFile, secretManifest])
          expect(await status("--location", ...bearer("site"), url)).toMatch(/^200|404$/);
        expect((await fetched("--user", "any:site", secretFile)).output).toBe("confidential");
        release.tokens.delete("site");
        for (const url of [secretFile, secretManifest])
          expect(await status(...bearer("site"), url)).toBe("401");
        expect(await status("--user", "any:site", secretFile)).toBe("401");
      });

      test.each([
        ["no token", []],
        ["a wrong token", bearer("bad")],
        ["an empty token", bearer("")],
        ["the anonymous token", bearer("anonymous")],
        ["an empty password", ["--user", "any:"]],
        ["the hash of a token", bearer(createHash("sha256").update("good").digest("hex"))],
        ["two tokens, of which one is right", [...bearer("bad"), ...bearer("good")]],
        ["the registry's own password", ["--user", "AWS:ecr"]],
      ])("is not given with %s", async (_, options) => {
        for (const url of [secretFile, secretManifest]) expect(await status(...options, url)).toBe("401");
      });

      test.each([
        `${filesUrl}/open/../closed/secret.txt`,
        `${filesUrl}/open/%2e%2e/closed/secret.txt`,
        `${filesUrl}/open/..%2fclosed/secret.txt`,
        `${filesUrl}/open%2f..%2fclosed%2fsecret.txt`,
        `${filesUrl}/open//../closed/secret.txt`,
        `${filesUrl}/open/%252e%252e/closed/secret.txt`,
        `${filesUrl}/open/..%5c..%5cproxy.zip`,
        `${filesUrl}/open/../../proxy.zip`,
        `${filesUrl}//closed/secret.txt`,
        `${filesUrl}/closed%2fsecret.txt`,
        `${filesUrl}/open/x%0d%0aX-Injected:%20yes`,
        `${filesUrl}/open/x%00/../closed/secret.txt`,
        `${registryUrl}/open/../closed/tool/manifests/v2`,
        `${registryUrl}/open/%2e%2e/closed/tool/manifests/v2`,
        `${registryUrl}/open/tool/../../closed/tool/manifests/v2`,
        `${registryUrl}/open/tool/manifests/..%2f..%2f..%2fclosed%2ftool%2fmanifests%2fv2`,
        `${registryUrl}/open/tool/manifests/v1%0d%0aX-Injected:%20yes`,
        `${registryUrl}/open/tool/blobs/uploads/`,
        `${registryUrl}/_catalog`,
        `${registryUrl}/../api`,
        `${registryUrl}/closed/tool/tags/list`,
      ])("is not found by way of %s", async (url) => {
        const { output } = await curl("--path-as-is", "--location", "--include", url);
        expect(output).not.toContain("confidential");
        expect(output).not.toMatch(/^x-injected/im);
        expect(output).not.toMatch(/^HTTP\/[\d.]+ 200/m);
      });

      test.each(["POST", "PUT", "PATCH", "DELETE"])("nothing is changed by %s", async (method) => {
        for (const url of [`${filesUrl}/open/new`, `${registryUrl}/open/tool/manifests/v1`])
          expect(await status("--request", method, ...bearer("good"), url)).toBe("405");
      });
    });
  },
);
