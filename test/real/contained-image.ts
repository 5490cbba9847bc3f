import { chmodSync, copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { manifest } from "../../scripts/release/manifest";
import { runCommand } from "./command";
import { tools } from "./tools";

const { runtime } = manifest.image;
const variables = runtime.Env.flatMap((text) => ["--setenv", ...text.split(/=(.*)/s).slice(0, 2)]);
const environment = ["--clearenv", ...variables];

/** Bubblewrap, copied to where every user may start it: its own folder may be one of root's. */
export function bubblewrapIn(scratch: string): string {
  const program = join(scratch, "bwrap");
  copyFileSync(tools.bubblewrap!, program);
  chmodSync(program, 0o755);
  return program;
}

/** A folder as its user mounts it at /work, with an environment file. */
export function workFolder(scratch: string): string {
  const folder = mkdtempSync(join(scratch, "work-"));
  mkdirSync(join(folder, "configs"));
  copyFileSync(join(__dirname, "../../configs/dev.yaml"), join(folder, "configs/dev.yaml"));
  chmodSync(folder, 0o777);
  return folder;
}

interface Container {
  readonly bubblewrap: string;
  /** The image's unpacked file system. */
  readonly root: string;
}

/** As a container engine starts a program: process 1, another user, no network, a read-only root file system. */
export function contained(
  { bubblewrap, root, work, uid }: Container & { readonly work: string; readonly uid: number },
  ...program: readonly string[]
): { readonly program: string; readonly args: readonly string[] } {
  const own = ["--unshare-all", "--as-pid-1", "--die-with-parent", ...environment];
  const mounts = ["--ro-bind", root, "/", "--dev", "/dev", "--proc", "/proc", "--bind", work, "/work"];
  const box = [bubblewrap, ...own, ...mounts, "--chdir", runtime.WorkingDir, ...program];
  // Without root, everything already runs as somebody else.
  const user = ["--reuid", `${uid}`, "--regid", `${uid}`, "--clear-groups"];
  const [start = "", ...args] = process.getuid?.() === 0 ? ["setpriv", ...user, ...box] : box;
  return { program: start, args };
}

/** Runs a program of another machine in its image, by the emulator; programs that it starts itself would need the kernel's help. */
export async function emulated({ bubblewrap, root }: Container, ...program: readonly string[]) {
  const mounts = ["--ro-bind", root, "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/work"];
  const emulator = ["--ro-bind", tools.qemu!, "/dev/qemu"];
  const box = ["--unshare-all", "--die-with-parent", ...environment, ...mounts, ...emulator];
  const args = [...box, "--chdir", runtime.WorkingDir, "/dev/qemu", ...program];
  return runCommand({ program: bubblewrap, folder: root, variables: {} }, ...args);
}
