import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./command";
import { cloned, committed, release, succeed } from "./released";
import { missing, tools } from "./tools";

const because = missing("npmRegistry");
const unsigned = missing("npmRegistry", "cosign");
let scratch: string;
let first: string;

beforeAll(async () => {
  if (because !== undefined) return;
  scratch = mkdtempSync(join(tmpdir(), "released-"));
  first = join(scratch, "first");
  mkdirSync(first);
  await committed(first);
  await release(first, {});
}, 600_000);
afterAll(() => {
  if (because === undefined) rmSync(scratch, { recursive: true });
});

/** A copy of the released files that a test may change. */
function copied(): string {
  const folder = mkdtempSync(join(scratch, "copy-"));
  cpSync(join(first, "dist"), folder, { recursive: true });
  return folder;
}

const packed = () => readdirSync(join(first, "dist")).find((name) => name.endsWith(".tgz")) ?? "";

describe.skipIf(because !== undefined)(`a release ${because ?? ""}`, () => {
  test("has the same bytes in another folder, at another time, in another zone and language", async () => {
    const second = join(scratch, "a folder with a longer name", "second");
    await cloned(first, second);
    await release(second, {
      TZ: "Asia/Kathmandu",
      LANG: "tr_TR.UTF-8",
      LC_ALL: "tr_TR.UTF-8",
      USER: "other",
    });
    const sums = (folder: string) => readFileSync(join(folder, "dist/SHA256SUMS"), "utf8");
    expect(sums(first).split("\n")).toHaveLength(readdirSync(join(first, "dist")).length);
    expect(sums(second)).toBe(sums(first));
  });

  test("is what its checksums say, and a changed byte is found", async () => {
    const folder = copied();
    const check = () =>
      runCommand({ program: "sha256sum", folder, variables: {} }, "--check", "--quiet", "SHA256SUMS");
    expect(await check()).toEqual({ code: 0, output: "" });
    const bytes = readFileSync(join(folder, packed()));
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(join(folder, packed()), bytes);
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output).toContain(`${packed()}: FAILED`);
  });

  test("is refused where files differ from the commit", async () => {
    const dirty = join(scratch, "dirty");
    await cloned(first, dirty);
    writeFileSync(join(dirty, "left-over.txt"), "");
    await expect(release(dirty, {})).rejects.toThrow(
      "Cannot make the release: 1 files differ from the commit, e.g. left-over.txt",
    );
  });

  test("names no machine, test or secret in its package", async () => {
    const folder = mkdtempSync(join(scratch, "unpacked-"));
    await succeed("tar", { folder }, "xzf", join(first, "dist", packed()));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    expect(paths.length).toBeGreaterThan(1000);
    const within = paths.map((path) => path.slice(join(folder, "package/").length));
    expect(
      within.filter((path) => /(^|\/)(test|bench|\.github|\.ci|node_modules)\/|\.test\.ts$/.test(path)),
    ).toEqual([]);
    const telling = [scratch, first, process.cwd(), "-----BEGIN PRIVATE KEY", "-----BEGIN RSA PRIVATE KEY"];
    const told = paths.filter((path) => {
      const text = readFileSync(path, "utf8");
      return telling.some((one) => text.includes(one)) || /\bAKIA[0-9A-Z]{16}\b(?<!EXAMPLE)/.test(text);
    });
    expect(told).toEqual([]);
    // As npm does for a package that it is told to pack: whoever unpacks it may not find another's identity.
    expect(await succeed("tar", { folder }, "tvzf", join(first, "dist", packed()))).not.toMatch(
      / (root|\w*user\w*)\//,
    );
  });
});

describe.skipIf(unsigned !== undefined)(`the signature ${unsigned ?? ""}`, () => {
  let folder: string;
  const password = { COSIGN_PASSWORD: "correct horse" };

  beforeAll(async () => {
    const cosign = tools.cosign ?? "cosign";
    await succeed(cosign, { folder: scratch, variables: password }, "generate-key-pair");
    const signed = join(scratch, "signed");
    await cloned(first, signed);
    const variables = { ...password, COSIGN: cosign };
    const output = await release(signed, variables, "--key", join(scratch, "cosign.key"));
    expect(output).not.toContain(password.COSIGN_PASSWORD);
    folder = join(signed, "dist");
  }, 600_000);

  const byCosign = () =>
    runCommand(
      { program: tools.cosign ?? "cosign", folder, variables: {} },
      ...["verify-blob", "--key", join(scratch, "cosign.pub"), "--signature", "SHA256SUMS.sig"],
      ...["--insecure-ignore-tlog=true", "SHA256SUMS"],
    );
  const byOpenssl = async () => {
    const signature = readFileSync(join(folder, "SHA256SUMS.sig"), "utf8");
    const binary = join(scratch, "signature");
    writeFileSync(binary, Buffer.from(signature, "base64"));
    const verify = ["dgst", "-sha256", "-verify", join(scratch, "cosign.pub"), "-signature", binary];
    return runCommand({ program: "openssl", folder, variables: {} }, ...verify, "SHA256SUMS");
  };

  test("is verified by cosign and by openssl, and neither accepts a changed byte", async () => {
    expect(await byCosign()).toMatchObject({ code: 0 });
    expect(await byOpenssl()).toMatchObject({ code: 0 });
    const file = join(folder, "SHA256SUMS");
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text.replace(/^./, (digit) => (digit === "0" ? "1" : "0")),
    );
    expect(await byCosign()).not.toMatchObject({ code: 0 });
    expect(await byOpenssl()).not.toMatchObject({ code: 0 });
    writeFileSync(file, text);
  });
});
