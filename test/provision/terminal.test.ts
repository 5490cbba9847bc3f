import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { IPty } from "@lydell/node-pty";

let running: IPty | undefined;

/** Runs `asking.ts` in a pseudo-terminal; undefined where none can be opened. */
async function asking(...given: readonly string[]): Promise<IPty | undefined> {
  try {
    const { spawn } = await import("@lydell/node-pty");
    const args = ["-r", "ts-node/register/transpile-only", resolve(__dirname, "asking.ts"), ...given];
    return spawn(process.execPath, args, { cols: 80, rows: 24, cwd: process.cwd(), name: "xterm" });
  } catch {
    return undefined;
  }
}

afterEach(() => {
  running?.kill();
});

/** Types each text, or sends that signal, when its sign is first on the screen; returns the screen when the process has ended. */
function typing(
  pty: IPty,
  typed: readonly (readonly [sign: string, text: string])[],
  close?: () => void,
): Promise<string> {
  let screen = "";
  const left = [...typed];
  pty.onData((data) => {
    screen += data;
    for (let next = left[0]; next !== undefined && screen.includes(next[0]); next = left[0]) {
      left.shift();
      if (next[1] === "SIGTERM") pty.kill(next[1]);
      else if (next[1] === "closed") close?.();
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

test("a terminal that is closed at a question answers it with nothing, and the process goes on to its end, and to its exit code", async ({
  skip,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "terminal-"));
  const file = join(folder, "record");
  running = await asking(file);
  if (running === undefined) return skip("no pseudo-terminal can be opened here");
  // Of the package, but not in its types: closes our side.
  const pty = running as IPty & { destroy(): void };
  void typing(pty, [["first? ", "closed"]], () => {
    pty.destroy();
  });
  const ended = new Promise((done) => {
    pty.onExit(done);
  });
  const recorded = await vi.waitUntil(() => {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text.includes("exit") && text;
  }, 30_000);
  rmSync(folder, { recursive: true });
  const answers = ["first?", "second?", "third?", "fourth?"].map(
    (question) => `answer to ${question} [null]`,
  );
  expect(recorded.trim().split("\n")).toEqual([...answers, "exit 7"]);
  // Not by SIGABRT.
  expect(await ended).toEqual({ exitCode: 7, signal: 0 });
}, 60_000);
