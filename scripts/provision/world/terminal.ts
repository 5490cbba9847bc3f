import { createInterface } from "node:readline";
import { leaveClosedTerminal } from "./closed-terminal";
import type { Terminal } from "./index";
import { reportLostOutput } from "./lost-output";
import { terminalTraits } from "./terminal-traits";
import { discardTyped } from "./typed-early";

const eraseLine = "\r\u001b[2K";
const eraseLineAbove = "\u001b[1A\u001b[2K";
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The terminal this process was started from; Ctrl-C at a question calls `interrupted`. */
export function processTerminal(interrupted: () => void): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // A closed terminal must not end a run that is being interrupted.
  stderr.on("error", () => undefined);
  stdout.on(
    "error",
    reportLostOutput(process, (text) => stderr.write(`${text}\n`)),
  );
  toleratingClosure(stdin);
  leaveClosedTerminal(process);
  let status: string | undefined;
  const draw = (text?: string) => {
    // The cursor is at the end of the last line.
    if (status !== undefined)
      stdout.write(`${eraseLine}${eraseLineAbove.repeat(status.split("\n").length - 1)}`);
    status = text;
    if (text !== undefined) stdout.write(text);
  };
  return {
    ...terminalTraits({ input: stdin.isTTY, output: stdout.isTTY, env }),
    get columns() {
      if (!stdout.isTTY) return Infinity;
      // Some pseudo terminals claim to have no columns.
      return stdout.columns > 0 ? stdout.columns : 80;
    },
    print: (text) => {
      const kept = status;
      draw();
      stdout.write(`${text}\n`);
      draw(kept);
    },
    printError: (text) => {
      const kept = status;
      draw();
      stderr.write(`${text}\n`);
      draw(kept);
    },
    status: draw,
    ask: (question) => {
      draw();
      return askAfresh(question, interrupted);
    },
  };
}

/** readline gives a terminal its mode back when that was closed, which the system answers with an error. */
function toleratingClosure(input: typeof process.stdin): void {
  // Else it has no mode.
  if (!input.isTTY) return;
  const setRawMode = input.setRawMode.bind(input);
  input.setRawMode = (mode) => {
    try {
      return setRawMode(mode);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EIO") return input;
      throw error;
    }
  };
}

/** Asks when nothing is left of what was typed before the question could be read. */
async function askAfresh(question: string, interrupted: () => void): Promise<string | undefined> {
  const { stdin, stdout, env } = process;
  const typed = await discardTyped(stdin);
  if (typed === "an interrupt") {
    interrupted();
    return undefined;
  }
  // What was typed may stand in the line.
  const newLine = env["TERM"] === "dumb" ? "\n" : eraseLine;
  if (typed === "keys") stdout.write(`${newLine}  Input typed before the question was discarded.\n`);
  return ask(question, interrupted);
}

function ask(question: string, interrupted: () => void): Promise<string | undefined> {
  const { stdin, stdout } = process;
  let further = false;
  // A paste comes as one piece: readline drops what follows the line that answers.
  const watch = (data: Buffer) => (further ||= /(?:\r(?!\n)|\n)[^]/.test(data.toString()));
  stdin.prependListener("data", watch);
  const lines = createInterface({ input: stdin, output: stdout });
  // Whoever sends a signal does not answer.
  const close = () => {
    stdout.write("\n");
    lines.close();
  };
  // Before those that print what the signal does.
  for (const signal of signals) process.prependListener(signal, close);
  return new Promise((answer) => {
    lines.on("SIGINT", () => {
      stdout.write("\n");
      interrupted();
      lines.close();
    });
    lines.on("close", () => {
      stdin.off("data", watch);
      for (const signal of signals) process.off(signal, close);
      answer(undefined);
    });
    lines.question(`${question} `, (text) => {
      if (further) stdout.write("  Only the first line is the answer; what followed it was discarded.\n");
      answer(text.trim());
      lines.close();
    });
  });
}
