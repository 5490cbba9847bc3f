import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process that works below a folder. */
export interface Found {
  readonly pid: number;
  readonly what: "terraform" | "provider" | "other";
}

/** Every process whose current folder is below this one. Of Linux alone. */
export function processesBelow(folder: string): readonly Found[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!`${readlinkSync(`/proc/${name}/cwd`)}/`.startsWith(`${folder}/`)) return [];
        const line = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return line === "" ? [] : [{ pid: Number(name), what: whatIs(line) }];
      } catch {
        // It has ended meanwhile, or belongs to somebody else.
        return [];
      }
    });
}

function whatIs(line: string): Found["what"] {
  const [program = "", ...args] = line.split("\0");
  if (/(?:^|\/)(?:terraform|tofu)$/.test(program)) return "terraform";
  return args.some((arg) => arg.endsWith("/simulated-provider.cjs")) ? "provider" : "other";
}

/** A process that has ended a moment ago needs no signal. */
export function tell(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
