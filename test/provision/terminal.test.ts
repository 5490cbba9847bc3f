import { resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { IPty } from "@lydell/node-pty";

let running: IPty | undefined;

/** Runs `asking.ts` in a pseudo-terminal; undefined where none can be opened. */
async function asking(): Promise<IPty | undefined> {
  try {
    const { spawn } = await import("@lydell/node-pty");
    const args = ["-r", "ts-node/register/transpile-only", resolve(__dirname, "asking.ts")];
    return spawn(process.execPath, args, { cols: 80, rows: 24, cwd: process.cwd(), name: "xterm" });
  } catch {
    return undefined;
  }
}

afterEach(() => {
  running?.kill();
});

/** Types each text, or sends that signal, when its sign is first on the screen; returns the screen when the process has ended. */
function typing(pty: IPty, typed: readonly (readonly [sign: string, text: string])[]): Promise<string> {
  let screen = "";
  const left = [...typed];
  pty.onData((data) => {
    screen += data;
    for (let next = left[0]; next !== undefined && screen.includes(next[0]); next = left[0]) {
      left.shift();
      if (next[1] === "SIGTERM") pty.kill(next[1]);
      else pty.write(next[1]);
    }
  });
  return new Promise((done) => {
    pty.onExit(() => {
      done(screen);
    });
  });
}

test("only what is typed at a question answers it; Ctrl-C and signals end it", async ({ skip }) => {
  running = await asking();
  if (running === undefined) return skip("no pseudo-terminal can be opened here");
  const screen = await typing(running, [
    // Whole lines and the beginning of one, while no question can be read.
    ["working before first?", "yes\ryes\rye"],
    ["first? ", "real\rall\rquit"],
    ["working before second?", "\r\r"],
    ["second? ", "\r\n"],
    ["third? ", "\u0003"],
    ["fourth? ", "SIGTERM"],
  ]);
  expect(screen).toContain('answer to first? ["real"]');
  expect(screen).toContain('answer to second? [""]');
  expect(screen).toMatch(/interrupted\r\nanswer to third\? \[null\]/);
  expect(screen).toContain("answer to fourth? [null]");
  expect(screen.match(/Only the first line is the answer; what followed it was discarded/g)).toHaveLength(1);
  expect(screen.match(/Input typed before the question was discarded/g)).toHaveLength(2);
});
