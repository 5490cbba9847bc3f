import { spawn } from "@lydell/node-pty";
import { Terminal } from "@xterm/headless";
import { join } from "node:path";
import { type Row, rowsOf } from "./cells";

const root = join(__dirname, "../..");
const columns = 80;

/** A command line of the product, and the folder it runs in. */
export interface Started {
  readonly folder: string;
  readonly args: readonly string[];
}

/** How it ended, and what the screen shows then. */
export interface Ended {
  readonly exitCode: number;
  readonly rows: readonly Row[];
}

/** Runs the product in a terminal of 80 columns, as a person does. */
export function runInTerminal({ folder, args }: Started): Promise<Ended> {
  const terminal = new Terminal({ cols: columns, rows: 24, scrollback: 10_000, allowProposedApi: true });
  const program = ["ts-node/dist/bin.js", "--project", join(root, "tsconfig.json")];
  program[0] = join(root, "node_modules", program[0] ?? "");
  const child = spawn(process.execPath, [...program, join(root, "scripts/provision.ts"), ...args], {
    name: "xterm-256color",
    cols: columns,
    rows: 24,
    cwd: folder,
    env: variables(),
  });
  child.onData((text) => {
    terminal.write(text);
  });
  return new Promise((done) => {
    child.onExit(({ exitCode }) => {
      // The emulator parses in the background; an empty write is done when all before it are.
      terminal.write("", () => {
        done({ exitCode, rows: rowsOf(terminal) });
      });
    });
  });
}

/** What programs find at a person's terminal; nothing that switches colours or progress off. */
function variables(): Record<string, string> {
  const kept = ["PATH", "HOME", "TERRAFORM_BINARY_NAME", "TF_CLI_CONFIG_FILE"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), TERM: "xterm-256color", LANG: "C.UTF-8" };
}
