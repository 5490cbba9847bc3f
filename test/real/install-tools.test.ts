import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fetchOpenTofu } from "../../scripts/provision/terraform/opentofu/fetch";
import type { OpenTofuRelease, World } from "../../scripts/provision/world/index";
import { realWorld } from "../../scripts/provision/world/real";
import { filesOf, signedRelease, signingKey, type SigningKey } from "../provision/release-server";
import { runCommand } from "./command";
import { type FileServer, serveFiles } from "./install/server";
import { missing, tools } from "./tools";

const root = resolve(__dirname, "../..");
const zip = "tofu_1.12.6_linux_amd64.zip";

let server: FileServer;
let home: string;
let key: SigningKey;

beforeEach(async () => {
  [server, key] = await Promise.all([serveFiles(), signingKey()]);
  home = mkdtempSync(join(tmpdir(), "tools-"));
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

function publish(files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, content] of files) server.files.set(`/tofu/v1.12.6/${name}`, Buffer.from(content));
}

/** This machine, which has another home folder and trusts another release. */
function worldOf(openTofu: OpenTofuRelease, variables: World["environment"] = {}): World {
  const world = realWorld(home);
  const environment = { HOME: home, ...variables };
  return { ...world, environment, downloads: { ...world.downloads, platform: "linux-x64", openTofu } };
}

/** Fetches it; gives what was reported on the way. */
async function fetched(world: World, toolsMirror: string | undefined) {
  const reports: string[] = [];
  const environment = { http_proxy: world.environment["http_proxy"] ?? "" };
  const signal = new AbortController().signal;
  const progress = (text: string) => reports.push(text);
  return {
    program: await fetchOpenTofu(world, { request: { toolsMirror }, environment, signal, progress }),
    reports,
  };
}

test("an archive is fetched, verified, and kept as a program", async () => {
  const content = Buffer.alloc(3_000_000, "tofu");
  const { release, files } = await signedRelease(content, key);
  publish(files);
  const { program, reports } = await fetched(worldOf(release), `http://127.0.0.1:${server.port}/tofu`);
  expect(readFileSync(program).equals(content)).toBe(true);
  expect(statSync(program).mode & 0o777).toBe(0o755);
  expect(reports.at(-1)).toBe("3 of 3 MB");
});

test("two runs at once keep the same, and leave nothing else", async () => {
  const { release, files } = await signedRelease(Buffer.alloc(1_000_000, "tofu"), key);
  publish(files);
  const mirror = `http://127.0.0.1:${server.port}/tofu`;
  const [one, other] = await Promise.all([
    fetched(worldOf(release), mirror),
    fetched(worldOf(release), mirror),
  ]);
  expect(one.program).toBe(other.program);
  const world = worldOf(release);
  expect(world.files.list(join(home, ".cache")).map((path) => path.split("/").at(-1))).toEqual([
    "tofu",
    "tofu.sha256",
  ]);
});

test("a connection that is cut is gone on with", async () => {
  const content = Buffer.alloc(1_000_000, "tofu");
  const { release, files } = await signedRelease(content, key);
  publish(files);
  const path = `/tofu/v1.12.6/${zip}`;
  const whole = server.files.get(path) ?? Buffer.alloc(0);
  const ranges: (string | undefined)[] = [];
  server.instead.set(path, ({ headers: { range } }, response) => {
    ranges.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
    const rest = whole.subarray(from);
    const headers = {
      "content-length": rest.length,
      "content-range": `bytes ${from}-${whole.length - 1}/${whole.length}`,
    };
    response.writeHead(from === 0 ? 200 : 206, headers);
    if (from > 0) response.end(rest);
    else response.write(rest.subarray(0, 300_000), () => setTimeout(() => response.destroy(), 100));
  });
  const { program } = await fetched(worldOf(release), `http://127.0.0.1:${server.port}/tofu`);
  expect(readFileSync(program).equals(content)).toBe(true);
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d+-$/)]);
});

test("a proxy is asked for it", async () => {
  const { release, files } = await signedRelease(Buffer.from("tofu"), key);
  for (const [name, content] of files)
    server.files.set(`http://mirror.example/v1.12.6/${name}`, Buffer.from(content));
  await fetched(worldOf(release, { http_proxy: `http://127.0.0.1:${server.port}` }), "http://mirror.example");
  expect(server.asked[0]?.[0]).toBe("http://mirror.example/v1.12.6/tofu_1.12.6_SHA256SUMS");
});

test("a folder that cannot be written is named", async () => {
  const { release, files } = await signedRelease(Buffer.from("tofu"), key);
  publish(files);
  writeFileSync(join(home, ".cache"), "a file");
  await expect(fetched(worldOf(release), `http://127.0.0.1:${server.port}/tofu`)).rejects.toThrow(
    /^Cannot .* "\/.*\.cache/,
  );
});

test.skipIf(missing("tofu") ?? process.arch !== "x64")(
  "the README's first command needs Node alone",
  async () => {
    const archive = zipSync({ tofu: readFileSync(tools.tofu ?? "") }, { level: 1 });
    const digest = createHash("sha256").update(archive).digest("hex");
    publish(await filesOf(archive, Buffer.from(`${digest}  ${zip}\n`), key));
    // Only who can run code in the process can let it trust another key.
    const trust = { publicKey: key.publicKey, archives: { linux_amd64: digest } };
    const release = join(root, "scripts/provision/world/opentofu-release.ts");
    const preload = join(home, "trust.cjs");
    writeFileSync(
      preload,
      `require(${JSON.stringify(join(root, "node_modules/ts-node"))}).register({ project: ${JSON.stringify(join(root, "tsconfig.json"))} });
       Object.assign(require(${JSON.stringify(release)}).openTofu, ${JSON.stringify(trust)});\n`,
    );
    const bin = join(home, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    const variables = {
      PATH: bin,
      HOME: home,
      PROVISION_TOOLS_MIRROR: `http://127.0.0.1:${server.port}/tofu`,
    };
    const folder = join(home, "work");
    mkdirSync(join(folder, "configs"), { recursive: true });
    writeFileSync(join(folder, "configs/dev.yaml"), readFileSync(join(root, "configs/dev.yaml")));
    const rehearse = (...args: readonly string[]) =>
      runCommand(
        { program: process.execPath, folder, variables },
        ...["-r", preload, join(root, "scripts/provision.ts"), "--env", "dev", "--rehearse", ...args],
      );
    expect((await rehearse()).output).toContain("or let --install-tools fetch OpenTofu 1.12.6; then run:");
    const first = await rehearse("--install-tools");
    expect(first.output).toContain("Fetched OpenTofu 1.12.6 to ");
    expect(first).toMatchObject({ code: 0 });
    const asked = server.asked.length;
    const later = await runCommand(
      { program: process.execPath, folder, variables },
      "-r",
      preload,
      join(root, "scripts/provision.ts"),
      "version",
    );
    expect(later.output).toContain(join(home, ".cache"));
    expect(server.asked.length).toBe(asked);
  },
);
