import { exitCodes } from "../../../lib/errors";

type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";
const signals: readonly Signal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** What it needs of Node's process. */
interface Interruptible {
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
  listenerCount(signal: Signal): number;
  exit(code: number): void;
}

/** Says so when an interrupt ends the process before a run listens to it; until the returned function is called. */
export function reportEarlyInterrupt(process: Interruptible, print: (text: string) => void): () => void {
  const listeners = signals.map((signal) => {
    const listener = () => {
      // A run that has begun has a listener of its own, and decides.
      if (process.listenerCount(signal) > 1) return;
      print("\nCannot finish: you interrupted the command before it changed anything\n  Run it again");
      process.exit(exitCodes.interrupted);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    listeners.forEach((stop) => stop());
  };
}
