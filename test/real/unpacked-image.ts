import { chmodSync, closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Architecture } from "../../scripts/release/image/architecture";
import { succeed } from "./released";
import { tools } from "./tools";

/** Unpacks the image for one architecture of an archive by programs of others, below a folder; gives the file system's root. */
export async function unpackImage({
  archive,
  architecture,
  folder,
}: {
  readonly archive: string;
  readonly architecture: Architecture;
  readonly folder: string;
}): Promise<string> {
  const [layout, target] = [`layout-${architecture}:image`, `unpacked-${architecture}`];
  const copy = [
    "copy",
    "--quiet",
    "--override-arch",
    architecture,
    `oci-archive:${archive}`,
    `oci:${layout}`,
  ];
  await succeed(tools.skopeo!, { folder }, ...copy);
  await succeed(tools.umoci!, { folder }, "unpack", "--rootless", "--image", layout, target);
  chmodSync(join(folder, target), 0o755);
  return join(folder, target, "rootfs");
}

/** Numbers of machines in ELF: https://gabi.xinuos.com/elf/a-emachine.html */
const machines = { amd64: 62, arm64: 183 } as const satisfies Record<Architecture, number>;

/** Programs and libraries below a folder that are of another machine than an architecture's. */
export function foreignPrograms(folder: string, architecture: Architecture): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const programs = paths.map((path) => [path, machineOf(path)] as const).filter(([, of]) => of !== undefined);
  if (programs.length < 100) throw new Error(`${folder} has ${programs.length} programs and libraries only`);
  return programs
    .filter(([, of]) => of !== machines[architecture])
    .map(([path]) => path.slice(folder.length));
}

/** The machine that a file of ELF, lowest byte first, is for; undefined for other files. */
function machineOf(path: string): number | undefined {
  const start = Buffer.alloc(20);
  const file = openSync(path, "r");
  try {
    if (readSync(file, start) < start.length || start.toString("latin1", 0, 4) !== "\x7fELF")
      return undefined;
    return start.readUInt16LE(18);
  } finally {
    closeSync(file);
  }
}
