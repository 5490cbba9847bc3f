import { execFileSync } from "node:child_process";

/** Kills a process and all that it has started, at once, as when a machine loses its power. */
export function killTree(pid: number): void {
  const tree = [pid, ...descendantsOf(pid)];
  // None has time to notice that another one is gone.
  for (const name of ["SIGSTOP", "SIGKILL"] as const)
    for (const one of tree)
      try {
        process.kill(one, name);
      } catch {
        // It has ended by itself.
      }
}

function descendantsOf(pid: number): readonly number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}
