import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manifest } from "../../scripts/release/manifest";
import { exitCodes } from "../../lib/errors";
import { runCommand, startCommand } from "./command";
import { bubblewrapIn, contained, emulated, workFolder } from "./contained-image";
import { cloned, committed, succeed } from "./released";
import { missing, tools } from "./tools";
import { foreignPrograms, unpackImage } from "./unpacked-image";

const because = missing("npmRegistry", "mmdebstrap", "syft", "umoci", "skopeo", "bubblewrap", "zstd");
const { runtime } = manifest.image;

let scratch: string;
let archive: string;
let root: string;
let bubblewrap: string;

beforeAll(async () => {
  if (because !== undefined) return;
  scratch = mkdtempSync(join(tmpdir(), "image-"));
  const repository = join(scratch, "repository");
  mkdirSync(repository);
  await committed(repository);
  await imageOf(repository);
  const dist = join(repository, "dist");
  archive = join(dist, readdirSync(dist).find((name) => name.endsWith(".tar")) ?? "");
  root = await unpackImage({ archive, architecture: "amd64", folder: scratch });
  // Other users pass through it on the way to it; its program does not start from a home of root.
  chmodSync(scratch, 0o755);
  bubblewrap = bubblewrapIn(scratch);
}, 1_200_000);
afterAll(() => {
  if (because === undefined) rmSync(scratch, { recursive: true });
});

async function imageOf(repository: string, ...options: readonly string[]): Promise<void> {
  const program = ["node_modules/ts-node/dist/bin.js", "scripts/release.ts", "--only", "image", ...options];
  const variables = { MMDEBSTRAP: tools.mmdebstrap!, SYFT: tools.syft! };
  await succeed(process.execPath, { folder: repository, variables }, ...program);
}

const inImage = (uid: number, ...program: readonly string[]) =>
  contained({ bubblewrap, root, work: workFolder(scratch), uid }, ...program);

async function run(uid: number, ...program: readonly string[]) {
  const { program: start, args } = inImage(uid, ...program);
  return runCommand({ program: start, folder: scratch, variables: {} }, ...args);
}

const provision = (...words: readonly string[]) => [...runtime.Entrypoint, ...words];

describe.skipIf(because !== undefined)(`the image${because === undefined ? "" : ` (${because})`}`, () => {
  test("has the same bytes when it is built again elsewhere, and so does its bill of materials", async () => {
    const again = join(scratch, "again");
    await cloned(join(scratch, "repository"), again);
    // The parts of the other platform are made by the same steps, and take as long again.
    await imageOf(again, "--platform", "linux/amd64");
    const made = (repository: string, file: string) => readFileSync(join(repository, "dist", file), "utf8");
    const [digest] = made(again, "image-digests.txt").match(/^sha256:\w+ linux\/amd64$/m) ?? [];
    const [materials] = made(again, "SHA256SUMS").match(/^\w+ .*-image-linux-amd64\.cdx\.json$/m) ?? [];

    expect(made(join(scratch, "repository"), "image-digests.txt")).toContain(digest ?? "no digest");
    expect(made(join(scratch, "repository"), "SHA256SUMS")).toContain(materials ?? "no bill of materials");
  });

  test("has at most 1.1 GB unpacked", () => {
    const bytes = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

    expect(bytes).toBeLessThan(1.1e9);
  });

  test("is the one whose digest is written, for other programs too, and not root's", async () => {
    const inspected = JSON.parse(
      await succeed(tools.skopeo!, { folder: scratch }, "inspect", `oci-archive:${archive}`),
    );
    const config = JSON.parse(
      await succeed(tools.skopeo!, { folder: scratch }, "inspect", "--config", `oci-archive:${archive}`),
    );

    expect(readFileSync(join(archive, "../image-digests.txt"), "utf8")).toContain(
      `${inspected.Digest} index`,
    );
    expect(config.config.User).toBe("1000:1000");
  });

  test.each([
    ["aws", "--version"],
    ["git", "--version"],
    ["helm", "version"],
    ["kubectl", "version", "--client"],
    ["node", "--version"],
    ["session-manager-plugin", "--version"],
    ["tofu", "version"],
  ])("starts %s", async (...program) => {
    const { code, output } = await run(1000, ...program);

    expect(code, output).toBe(0);
  });

  test("carries the versions of the manifest", async () => {
    const { output } = await run(
      1000,
      "sh",
      "-c",
      "node --version; tofu version; helm version; kubectl version --client",
    );
    const of = (name: string) => manifest.goPrograms[name]?.version;

    for (const version of [manifest.image.node.version, of("tofu"), of("helm"), of("kubectl")])
      expect(output).toContain(`v${version}`);
  });

  // The whole of it as a user whom the image does not know, which is the harder case; as its own user the first layer.
  test.each([
    [4321, []],
    [1000, ["--only", "s3-backend"]],
  ])("rehearses dev as user %i %j, and writes to /work alone", async (uid, selection) => {
    const { code, output } = await run(uid, ...provision("--env", "dev", "--rehearse", ...selection));

    expect(output).toContain("The rehearsal passed");
    expect(code).toBe(0);
  });

  test.each(["--help", "--version"])("prints %s", async (option) => {
    const { code, output } = await run(1000, ...provision(option));

    expect(output).toContain(option === "--help" ? "--env" : "edge-orchestrator-aws");
    expect(code).toBe(0);
  });

  test("passes the exit code of a wrong environment file on", async () => {
    const { code, output } = await run(1000, ...provision("validate", "--env", "absent"));

    expect(output).toContain("absent");
    expect(code).toBe(exitCodes.configInvalid);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("passes %s on", async (signal) => {
    const { program, args } = inImage(1000, ...provision("--env", "dev", "--rehearse"));
    const { pid, ended } = startCommand({ program, folder: scratch, variables: {} }, ...args);
    await new Promise((done) => setTimeout(done, 10_000));
    // The box's only child is process 1 of the container, which engines signal.
    process.kill(Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()), signal);
    const { code, output } = await ended;

    expect(output).toMatch(/interrupted/i);
    expect(code).toBe(exitCodes.interrupted);
  });
});

describe.skipIf(because !== undefined)(
  `the image for arm64${because === undefined ? "" : ` (${because})`}`,
  () => {
    const without = missing("qemu");
    let arm: string;
    beforeAll(async () => {
      arm = await unpackImage({ archive, architecture: "arm64", folder: scratch });
    }, 300_000);

    test("has programs and libraries of arm64 alone, and so has that of amd64 its own", () => {
      expect(foreignPrograms(arm, "arm64")).toEqual([]);
      expect(foreignPrograms(root, "amd64")).toEqual([]);
    });

    test.skipIf(without !== undefined).each([
      ["/usr/bin/bash", "--version"],
      ["/usr/bin/git", "--version"],
      // Of the AWS CLI what is compiled; the rest, in Python, takes minutes in an emulator.
      ["/usr/bin/python3", "-c", "import _awscrt"],
      ["/usr/bin/tini", "--version"],
      ["/usr/local/bin/helm", "version"],
      ["/usr/local/bin/kubectl", "version", "--client"],
      ["/usr/local/bin/session-manager-plugin", "--version"],
      ["/usr/local/bin/tofu", "version"],
    ])("starts %s", async (...program) => {
      const { code, output } = await emulated({ bubblewrap, root: arm }, ...program);

      expect(code, output).toBe(0);
    });

    test.skipIf(without !== undefined)(
      "starts provision, which its compiler compiles on a read-only file system",
      async () => {
        const script = runtime.Entrypoint.at(-1) ?? "";
        const { code, output } = await emulated(
          { bubblewrap, root: arm },
          "/usr/local/bin/node",
          script,
          "--help",
        );

        expect(output).toContain("--env");
        expect(code).toBe(0);
      },
    );
  },
);
