import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type LockFile, type LockedPackage, nameOf, productionPackages } from "../shrinkwrap";
import { nodeNames, type Architecture } from "./architecture";
import { unpackPackage } from "./npm-package";
import { unpackAddon } from "./swc-addon";

type Found = readonly (readonly [folder: string, locked: LockedPackage])[];

/** The packages that have programs for one kind of machine: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#cpu */
export function nativePackages(lock: LockFile): Found {
  return productionPackages(lock).filter(([, { cpu }]) => cpu !== undefined);
}

/** Those of them for the image of an architecture, whose C library is Debian's. */
export function nativePackagesFor(lock: LockFile, architecture: Architecture): Found {
  return nativePackages(lock).filter(
    ([, { os = ["linux"], cpu = [], libc = ["glibc"] }]) =>
      os.includes("linux") && cpu.includes(nodeNames[architecture]) && libc.includes("glibc"),
  );
}

/** Puts the native packages of an architecture into the product's folder, as the lock file has them; nothing of them runs. */
export function placeNativePackages(product: string, architecture: Architecture, lock: LockFile): void {
  for (const [folder, locked] of nativePackagesFor(lock, architecture)) {
    const [target, name] = [join(product, folder), nameOf(folder, locked)];
    const scratch = join(product, ".native");
    mkdirSync(scratch, { recursive: true });
    unpackPackage(`${name}@${locked.version}`, scratch, locked.integrity);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(scratch, "package"), target, { recursive: true });
    rmSync(scratch, { recursive: true });
    // The compiler's, whose loader would unpack it later.
    for (const file of readdirSync(target).filter((each) => each.endsWith(".node")))
      unpackAddon(join(target, file));
  }
}
