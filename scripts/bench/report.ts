import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import type { Judged } from "./figures";

/** The machine that figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly node: string;
  /** Average of the last minute, before the first run: above 0.5, the machine had other work. */
  readonly load: number;
}

/** The machine that this runs on. */
export function thisMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? "unknown processor",
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

/** One line about a machine. */
export function machineLine({ processor, cores, memoryGib, node, load }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGib} GiB, Node ${node}, load ${load}`;
}

/** Machine and figures for a program to read. */
export function jsonReport(machine: Machine, figures: readonly Judged[]): string {
  return `${JSON.stringify({ machine, figures }, undefined, 2)}\n`;
}
