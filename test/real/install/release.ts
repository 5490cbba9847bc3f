import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key that signs releases. */
export type SigningKey = ReturnType<typeof newKey>;

export function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return { privateKey, publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() };
}

/** The package of a version that prints it, without dependencies; its install script must not run. */
export function smallPackage(version: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  try {
    mkdirSync(join(folder, "package/scripts"), { recursive: true });
    const manifest = {
      name: "edge-orchestrator-aws",
      version,
      bin: { provision: "scripts/provision.cjs" },
      scripts: { install: "touch install-script-ran" },
    };
    writeFileSync(join(folder, "package/package.json"), JSON.stringify(manifest));
    const lock = { name: manifest.name, version, lockfileVersion: 3, packages: { "": manifest } };
    writeFileSync(join(folder, "package/npm-shrinkwrap.json"), JSON.stringify(lock));
    writeFileSync(
      join(folder, "package/scripts/provision.cjs"),
      '#!/usr/bin/env node\nconsole.log(require("../package.json").version);\n',
    );
    execFileSync("tar", ["-czf", "p.tgz", "package"], { cwd: folder });
    return readFileSync(join(folder, "p.tgz"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of a release by name, where `files` are signed. */
export function signed(
  files: Readonly<Record<string, Buffer>>,
  { privateKey }: SigningKey,
): Map<string, Buffer> {
  const sums = Object.entries(files)
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .join("");
  const signature = createSign("sha256").update(sums).sign(privateKey, "base64");
  return new Map([
    ...Object.entries(files),
    ["SHA256SUMS", Buffer.from(sums)],
    ["SHA256SUMS.sig", Buffer.from(signature)],
  ]);
}
