import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { manifest } from "../manifest";
import { runProgram } from "../run-program";
import type { LockFile } from "../shrinkwrap";
import { tools } from "../tools";
import { nodeNames, type Architecture } from "./architecture";
import { nativePackages, placeNativePackages } from "./native-packages";
import { unpackPackage } from "./npm-package";

const home = "opt/edge-orchestrator-aws";

/** Puts Node into the image, from npm's package of it. */
export function placeNode(folder: string, architecture: Architecture): void {
  const scratch = `${folder}.node`;
  mkdirSync(scratch, { recursive: true });
  unpackPackage(`node-linux-${nodeNames[architecture]}@${manifest.image.node.version}`, scratch);
  const [programs, licence] = [join(folder, "usr/local/bin"), join(folder, "usr/local/share/doc/node")];
  for (const path of [programs, licence]) mkdirSync(path, { recursive: true });
  cpSync(join(scratch, "package/bin/node"), join(programs, "node"));
  cpSync(join(scratch, "package/LICENSE"), join(licence, "LICENSE"));
  chmodSync(join(programs, "node"), 0o755);
  rmSync(scratch, { recursive: true });
}

/** Puts the native parts of what the product needs beside it, in a layer of their own architecture. */
export function placeProductNative(folder: string, architecture: Architecture, sources: string): void {
  const target = join(folder, home);
  mkdirSync(target, { recursive: true });
  placeNativePackages(target, architecture, lockIn(sources));
}

/**
 * Puts the product into the image: the content of its npm package, with what it needs at run time at the lock's versions. It is
 * the same for every architecture: native parts are not in it.
 */
export function placeProduct(folder: string, sources: string): void {
  const scratch = `${folder}.product`;
  const target = join(folder, home);
  mkdirSync(scratch, { recursive: true });
  mkdirSync(join(folder, "opt"), { recursive: true });
  unpackPackage(sources, scratch);
  cpSync(join(scratch, "package"), target, { recursive: true });
  rmSync(scratch, { recursive: true });
  cpSync(join(sources, "package-lock.json"), join(target, "package-lock.json"));
  const platform = ["--os=linux", "--libc=glibc", "--cpu=x64"];
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  runProgram(tools.npm, { folder: target }, "ci", "--omit=dev", ...quiet, ...platform);
  rmSync(join(target, "package-lock.json"));
  for (const [path] of nativePackages(lockIn(sources)))
    rmSync(join(target, path), { recursive: true, force: true });
  prune(join(target, "node_modules"));
}

function lockIn(sources: string): LockFile {
  // npm's own.
  return JSON.parse(readFileSync(join(sources, "package-lock.json"), "utf8")) as LockFile;
}

/** What compilers and editors read, half of the bytes of the Terraform bindings; parts for the runtime Bare. Licences stay. */
const unused = /(?:^\.jsii(?:\.gz)?|^\.package-lock\.json|\.d\.[cm]?ts|\.map|\.tsbuildinfo|\.bare)$/;

function prune(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) prune(path);
    else if (unused.test(entry.name)) rmSync(path);
  }
}
