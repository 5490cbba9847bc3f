import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { runProgram } from "../run-program";
import { tools } from "../tools";
import { manifest } from "../manifest";
import { nodeNames, type Architecture } from "./architecture";

const home = "opt/edge-orchestrator-aws";

/** Puts Node into the image, from npm's package of it. */
export function placeNode(folder: string, architecture: Architecture): void {
  const scratch = `${folder}.node`;
  mkdirSync(scratch, { recursive: true });
  unpack(`node-linux-${nodeNames[architecture]}@${manifest.image.node.version}`, scratch);
  const [programs, licence] = [join(folder, "usr/local/bin"), join(folder, "usr/local/share/doc/node")];
  for (const path of [programs, licence]) mkdirSync(path, { recursive: true });
  cpSync(join(scratch, "package/bin/node"), join(programs, "node"));
  cpSync(join(scratch, "package/LICENSE"), join(licence, "LICENSE"));
  chmodSync(join(programs, "node"), 0o755);
  rmSync(scratch, { recursive: true });
}

/** Puts the product into the image: the content of its npm package, with what it needs at run time at the lock's versions. */
export function placeProduct(folder: string, architecture: Architecture, sources: string): void {
  const scratch = `${folder}.product`;
  const target = join(folder, home);
  mkdirSync(scratch, { recursive: true });
  mkdirSync(join(folder, "opt"), { recursive: true });
  unpack(sources, scratch);
  cpSync(join(scratch, "package"), target, { recursive: true });
  rmSync(scratch, { recursive: true });
  cpSync(join(sources, "package-lock.json"), join(target, "package-lock.json"));
  const platform = ["--os=linux", "--libc=glibc", `--cpu=${nodeNames[architecture]}`];
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund"];
  runProgram(tools.npm, { folder: target }, "ci", "--omit=dev", ...quiet, ...platform);
  rmSync(join(target, "package-lock.json"));
  unpackCompiler(target, `${folder}.compiler`);
  prune(join(target, "node_modules"));
}

function unpack(source: string, folder: string): void {
  const [archive] = runProgram(tools.npm, { folder }, "pack", "--silent", "--ignore-scripts", source)
    .trim()
    .split("\n");
  if (archive === undefined) throw new Error(`npm pack ${source} names no archive`);
  runProgram(tools.tar, { folder }, "-xzf", basename(archive));
  rmSync(join(folder, basename(archive)));
}

/**
 * The compiler is packed, and would be unpacked into its user's home or /tmp at its first start: neither can be written in a
 * container with a read-only root file system. Its folder for that is read by the variable.
 */
function unpackCompiler(product: string, scratch: string): void {
  mkdirSync(scratch, { mode: 0o700 });
  const node = { name: process.execPath, install: "Node" };
  runProgram(
    node,
    { folder: product, variables: { SWC_NATIVE_BINDING_CACHE: scratch } },
    "-e",
    'require("@swc/core")',
  );
  const files = readdirSync(scratch, { recursive: true, encoding: "utf8" });
  const unpacked = files.find((name) => name.endsWith(".node"));
  const packages = join(product, "node_modules/@swc");
  const [packed] = readdirSync(packages, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".node"),
  );
  if (unpacked === undefined || packed === undefined) throw new Error("@swc/core has unpacked nothing");
  cpSync(join(scratch, unpacked), join(packages, packed));
  rmSync(scratch, { recursive: true });
}

/** What compilers and editors read; half of the bytes of the Terraform bindings. Licences stay. */
const unused = /(?:^\.jsii(?:\.gz)?|^\.package-lock\.json|\.d\.[cm]?ts|\.map|\.tsbuildinfo)$/;

function prune(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) prune(path);
    else if (unused.test(entry.name)) rmSync(path);
  }
}
