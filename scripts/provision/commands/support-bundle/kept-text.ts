import type { World } from "../../world/index";

/** Larger files are those of a loop, or of TF_LOG=TRACE. */
const mostBytes = 50e6;

/** What is in the bundle of a file that runs have left, or why nothing of it is: a link could lead to any file of the machine. */
export function keptText(files: World["files"], path: string): string {
  if (files.isLink(path)) return "left out: it is a symbolic link, which is not followed\n";
  const bytes = files.size(path);
  return bytes > mostBytes ? `left out: it has ${bytes} bytes\n` : (files.read(path) ?? "");
}
