import { createInterface } from "node:readline";
import type { Terminal } from "./index";

const eraseLine = "\r\u001b[2K";

/** The terminal this process was started from; Ctrl-C at a question calls `interrupted`. */
export function processTerminal(interrupted: () => void): Terminal {
  const { stdin, stdout, env } = process;
  // A closed terminal must not end a run that is being interrupted.
  stdout.on("error", () => undefined);
  let status: string | undefined;
  const draw = (text?: string) => {
    if (status !== undefined) stdout.write(eraseLine);
    status = text;
    if (text !== undefined) stdout.write(text);
  };
  return {
    interactive: stdin.isTTY && stdout.isTTY,
    live: stdout.isTTY && env["TERM"] !== "dumb",
    colours: stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb",
    // Some pseudo terminals claim to have no columns.
    columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : 110,
    print: (text) => {
      const kept = status;
      draw();
      stdout.write(`${text}\n`);
      draw(kept);
    },
    status: draw,
    ask: (question) => {
      draw();
      return ask(question, interrupted);
    },
  };
}

function ask(question: string, interrupted: () => void): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((answer) => {
    lines.on("SIGINT", () => {
      process.stdout.write("\n");
      interrupted();
      lines.close();
    });
    lines.on("close", () => {
      answer(undefined);
    });
    lines.question(`${question} `, (text) => {
      answer(text.trim());
      lines.close();
    });
  });
}
