import { randomBytes } from "node:crypto";
import { hostname, userInfo } from "node:os";
import type { Clock, World } from "./index";
import { awsSdk } from "./aws";
import { filesBelow } from "./files";
import { downloads } from "./http";
import { http } from "./http-requests";
import { kubernetes } from "./kubernetes";
import { network } from "./network";
import { processesBelow } from "./processes";
import { postgresql } from "./postgresql";
import { product } from "./product";
import { ensureTemporaryFolder } from "./temporary-folder";
import { processTerminal } from "./terminal";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** This machine; relative paths start at `root`. */
export function realWorld(root: string): World {
  ensureTemporaryFolder(root, process.env);
  const listeners = new Set<() => void>();
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  const heeded = { SIGINT: interrupt, SIGTERM: interrupt, SIGHUP: once(interrupt) };
  return {
    environment: process.env,
    files: filesBelow(root),
    processes: processesBelow(root),
    self: { pid: process.pid, host: hostname(), user: userName() },
    network,
    downloads,
    http,
    aws: awsSdk(),
    postgresql,
    kubernetes,
    terminal: processTerminal(interrupt),
    clock,
    randomBytes,
    product,
    onInterrupt: (listener) => {
      if (listeners.size === 0) signals.forEach((signal) => process.on(signal, heeded[signal]));
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) signals.forEach((signal) => process.off(signal, heeded[signal]));
      };
    },
  };
}

/** A terminal is closed once, and both the system and the shell in it may say so: a second signal is no second wish. */
function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

const clock: Clock = {
  now: () => new Date(),
  seconds: () => performance.now() / 1000,
  every: (seconds, act) => {
    const timer = setInterval(act, seconds * 1000);
    return () => {
      clearInterval(timer);
    };
  },
};

/** Some containers run as a user that nobody has given a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? ""}`.trim();
  }
}
