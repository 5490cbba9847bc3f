import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stampInstaller } from "../../scripts/release/installer";
import { npmPackage } from "../../scripts/release/package";
import { filesOf, signingKey } from "../provision/release-server";
import { inEmptySystem } from "./install/empty-system";
import { newKey, signed } from "./install/release";
import { type FileServer, serveFiles } from "./install/server";
import { environmentFile } from "./oci/environment";
import { type Release, startRelease } from "./oci/release";
import { hosts } from "./oci/service";
import { provision } from "./provision";
import { missing, tools } from "./tools";

const root = resolve(__dirname, "../..");
const name = "edge-orchestrator-aws";
/** Its files want a token, since no anonymous prefix covers them. */
const repository = `closed/${name}`;
const needed = ["bubblewrap", "tofu", "npmRegistry", "dockerRegistry", "moto", "curl"] as const;
const because =
  missing(...needed) ?? (process.arch === "x64" ? undefined : `no OpenTofu for ${process.arch}`);

const scratch = mkdtempSync(join(tmpdir(), "published-"));
const [sources = "", dist = "", user = ""] = ["sources", "dist", "user"].map((folder) =>
  join(scratch, folder),
);
const authority = join(user, "authority.pem");
let release: Release;
let server: FileServer;

describe.skipIf(because !== undefined)(`the package of this commit ${because ?? ""}`, () => {
  beforeAll(async () => {
    for (const folder of [sources, dist, user, join(scratch, ".aws")]) mkdirSync(folder);
    release = await startRelease(scratch);
    server = await serveFiles();
    writeFileSync(authority, release.authority);
    writeFileSync(join(scratch, "dev.yaml"), environmentFile(repository));
  }, 120_000);
  afterAll(async () => {
    release.stop();
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const proxy = () => `http://127.0.0.1:${release.proxyPort}`;

  test("is published, fetched from the release service in an empty file system, rehearses, and is removed", async () => {
    const version = await makeRelease();
    const files = ["SHA256SUMS", "SHA256SUMS.sig", "install.sh", `${name}-${version}.tgz`];
    for (const file of files) await publish(file, version);

    const url = `https://${hosts.files}/${repository}`;
    const network = {
      HTTPS_PROXY: proxy(),
      CURL_CA_BUNDLE: "/home/op/authority.pem",
      NO_PROXY: new URL(execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" })).hostname,
    };
    const script = ["--output", "install.sh", `${url}/v${version}/install.sh`];
    const curl = (...login: string[]) =>
      inEmptySystem(user, network, "curl", "--fail", "--silent", "--location", ...login, ...script);
    // HTTP 401 or 404: https://curl.se/docs/manpage.html#22
    expect(await curl()).toMatchObject({ code: 22 });
    expect(await curl("--user", "any:good")).toMatchObject({ code: 0 });
    const token = { RELEASE_TOKEN: "good" };
    const installed = await inEmptySystem(user, { ...network, ...token }, "sh", "install.sh", "--from", url);
    expect(installed.code, installed.output).toBe(0);

    const program = ".local/bin/provision";
    const { output } = await inEmptySystem(user, {}, program, "--version");
    expect(output).toContain(`${name} ${version}`);

    const mirror = await publishTofu(join(user, ".local/lib", name, version, "package"));
    const rehearsal = ["--env", "dev", "--rehearse", "--install-tools"];
    const rehearsed = await inEmptySystem(user, { PROVISION_TOOLS_MIRROR: mirror }, program, ...rehearsal);
    expect(rehearsed.code, rehearsed.output).toBe(0);
    expect(rehearsed.output).toContain("The rehearsal passed in ");

    expect(await inEmptySystem(user, {}, "sh", "install.sh", "--uninstall")).toMatchObject({ code: 0 });
    expect(existsSync(join(user, ".local"))).toBe(false);
  });

  /** Makes the files of a signed release; gives its version. */
  async function makeRelease(): Promise<string> {
    execFileSync("sh", ["-c", `git archive HEAD | tar -xf - -C '${sources}'`], { cwd: root });
    // The product's own.
    const { version } = JSON.parse(readFileSync(join(sources, "package.json"), "utf8")) as {
      version: string;
    };
    const key = newKey();
    await npmPackage.run({
      sources,
      scratch,
      out: dist,
      name,
      version,
      commit: "",
      epoch: 0,
      key: undefined,
      architectures: [],
      command: "",
    });
    const stamp = { version, publicKey: key.publicKey.trim(), identity: "", issuer: "" };
    const script = stampInstaller(readFileSync(join(sources, "release/install.sh"), "utf8"), stamp);
    const archive = `${name}-${version}.tgz`;
    const files = { [archive]: readFileSync(join(dist, archive)), "install.sh": Buffer.from(script) };
    for (const [path, content] of signed(files, key)) writeFileSync(join(dist, path), content);
    return version;
  }

  async function publish(file: string, version: string): Promise<void> {
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", HOME: scratch };
    const variables = { HTTPS_PROXY: proxy(), AWS_CA_BUNDLE: authority, ...keys };
    const to = ["--to", `${repository}:v${version}`, "--store", "files", "--env", join(scratch, "dev.yaml")];
    const published = await provision(scratch, variables, "publish", join(dist, file), ...to);
    expect(published.code, published.output).toBe(0);
  }

  /** Serves OpenTofu signed by a key of this test, which the installed files are made to trust; gives the address. */
  async function publishTofu(folder: string): Promise<string> {
    const signer = await signingKey();
    const zip = "tofu_1.12.6_linux_amd64.zip";
    const archive = zipSync({ tofu: readFileSync(tools.tofu ?? "") }, { level: 1 });
    const digest = createHash("sha256").update(archive).digest("hex");
    const files = await filesOf(archive, Buffer.from(`${digest}  ${zip}\n`), signer);
    for (const [path, content] of files) server.files.set(`/tofu/v1.12.6/${path}`, Buffer.from(content));
    const trust = join(folder, "scripts/provision/world/opentofu-release.ts");
    const text = readFileSync(trust, "utf8")
      .replace(/-----BEGIN[^`]*/, signer.publicKey)
      .replace(/linux_amd64: "\w+"/, `linux_amd64: "${digest}"`);
    writeFileSync(trust, text);
    return `http://127.0.0.1:${server.port}/tofu`;
  }
});
