import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { spawn as spawnTerminal } from "@lydell/node-pty";
import { commandsIn, leftIn } from "./hints";

const root = join(__dirname, "../..");
const product = "npx ts-node scripts/provision.ts";

/** How a command ended. */
export interface Ended {
  readonly command: string;
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly output: string;
  readonly seconds: number;
}

/** A command at work. */
export interface Working {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly over: () => boolean;
  /** Closes its terminal, if it has one. */
  readonly close: () => void;
}

/** Whoever types: in a folder, with the variables of an account. */
export class Operator {
  /** Everything so far, for whoever reads a failed run. */
  readonly record: Ended[] = [];

  constructor(
    private readonly folder: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** Starts `provision`; with a terminal if that is to be closed. */
  start(command: string, at: "pipe" | "terminal" = "pipe"): Working {
    const working = at === "pipe" ? this.inPipe(command) : this.inTerminal(command);
    void working.ended.then((ended) => this.record.push(ended));
    return working;
  }

  /** Runs a command to its end. */
  run(command: string): Promise<Ended> {
    return this.start(command).ended;
  }

  /**
   * Types the same command, and whatever the messages say, until the command has succeeded, and what it then says is left;
   * false if it never succeeds. `after` is how the disturbed command ended, whose message comes first.
   */
  async heal(command: string, after: Ended | undefined, attempts = 8): Promise<boolean> {
    let next = after === undefined ? [] : commandsIn(after.output);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const typed = next.length === 0 ? [command] : next;
      let last: Ended | undefined;
      for (const line of typed) last = await this.run(line);
      if (last?.exitCode === 0 && isSame(last.command, command)) {
        await this.finish(last);
        return true;
      }
      next = last === undefined || last.exitCode === 0 ? [] : commandsIn(last.output);
    }
    return false;
  }

  /** Types what a command that has succeeded says is left to do. */
  async finish({ output }: Ended): Promise<void> {
    for (const line of leftIn(output)) {
      const ended = await this.run(line);
      if (ended.exitCode !== 0) for (const next of commandsIn(ended.output)) await this.run(next);
    }
  }

  private inPipe(command: string): Working {
    const { program, args } = programOf(command);
    const options = { cwd: this.folder, env: this.variables, detached: true } as const;
    const child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
    // What asks, such as `terraform force-unlock`, is answered.
    child.stdin.on("error", () => undefined).end("yes\n");
    return watched(command, child);
  }

  private inTerminal(command: string): Working {
    const { program, args } = programOf(command);
    const started = performance.now();
    const options = { cwd: this.folder, env: this.variables, cols: 160, rows: 50, name: "xterm" };
    // Of the package, but not in its types: closes our side.
    const terminal = spawnTerminal(program, args, options) as ReturnType<typeof spawnTerminal> & {
      destroy(): void;
    };
    let output = "";
    let over = false;
    terminal.onData((data) => (output += data));
    const ended = new Promise<Ended>((done) => {
      terminal.onExit(({ exitCode, signal }) => {
        over = true;
        const code = signal === undefined || signal === 0 ? exitCode : undefined;
        done({ command, exitCode: code, output, seconds: (performance.now() - started) / 1000 });
      });
    });
    const close = () => {
      terminal.destroy();
    };
    return { pid: terminal.pid, ended, over: () => over, close };
  }
}

/** Whether a command that a message named is the command itself; options such as --from may be added. */
function isSame(typed: string, command: string): boolean {
  const word = (line: string) => /^(?:apply|destroy)\b/.exec(line.replace(`${product} `, ""))?.[0] ?? "apply";
  return (
    typed === command ||
    (typed.startsWith(product) &&
      word(typed) === word(command) &&
      !/ (?:recover|unlock|plan|history|status) /.test(typed))
  );
}

function programOf(command: string): { program: string; args: readonly string[] } & { args: string[] } {
  if (!command.startsWith(product)) return { program: "sh", args: ["-c", command] };
  const typescript = [
    join(root, "node_modules/ts-node/dist/bin.js"),
    "--project",
    join(root, "tsconfig.json"),
  ];
  const line = [process.execPath, ...typescript, join(root, "scripts/provision.ts")].join(" ");
  return { program: "sh", args: ["-c", `exec ${line}${command.slice(product.length)}`] };
}

function watched(command: string, child: ChildProcess): Working {
  const started = performance.now();
  let output = "";
  let over = false;
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<Ended>((done) => {
    const end = (code: number | null) => {
      over = true;
      done({ command, exitCode: code ?? undefined, output, seconds: (performance.now() - started) / 1000 });
    };
    // Of what outlives it, the output may stay open.
    child.on("exit", (code) => setTimeout(end, 100, code));
    child.on("error", () => {
      end(127);
    });
  });
  return { pid: child.pid ?? 0, ended, over: () => over, close: () => undefined };
}
