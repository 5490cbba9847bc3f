import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A program to start, whose output goes to a file of its name. */
export interface Start {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Beside PATH and HOME. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where it runs, and where its output goes. */
  readonly folder: string;
}

/** A program that runs beside a test. */
export interface Program {
  /** What it has printed so far. */
  log(): string;
  /** Ends it, by force when it takes more than 10 s. */
  stop(): Promise<void>;
}

/**
 * Runs a program until standard input ends, which it does when the test stops it, and when the test's process ends in
 * whatever way; a program that does not end by itself then is killed.
 */
const whileInputIsOpen = `
"$@" </dev/null &
child=$!
read -r _
kill "$child"
(sleep 10; kill -9 "$child") 2>/dev/null &
killer=$!
wait "$child"
kill "$killer"
`;

/** Starts a program that ends with the tests. */
export function startProgram({ name, program, args, variables = {}, folder }: Start): Program {
  const file = join(folder, `${name}.log`);
  const output = openSync(file, "a");
  const base = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const child = spawn("/bin/sh", ["-c", whileInputIsOpen, name, program, ...args], {
    cwd: folder,
    env: { ...base, ...variables },
    stdio: ["pipe", output, output],
  });
  closeSync(output);
  const ended = new Promise<void>((done) => {
    child.on("exit", () => {
      done();
    });
    child.on("error", () => {
      done();
    });
  });
  // Whoever ends first closes it.
  child.stdin?.on("error", () => undefined);
  return {
    log: () => readFileSync(file, "utf8"),
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

/** Waits until something is so; fails with what the program printed last. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  { seconds, program }: { readonly seconds: number; readonly program?: Program },
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await isSo()) return;
    await sleep(200);
  }
  const said = program === undefined ? "" : `\n${program.log().split("\n").slice(-20).join("\n")}`;
  throw new Error(`${what}: not within ${seconds} s${said}`);
}

/** Whether somebody listens on a port of 127.0.0.1. */
export function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    const end = (answer: boolean) => () => {
      socket.destroy();
      done(answer);
    };
    socket.on("connect", end(true));
    socket.on("error", end(false));
  });
}
