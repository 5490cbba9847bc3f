/** What it needs of Node's process. */
interface Ending {
  readonly stdout: { readonly writableLength: number };
  readonly stderr: { readonly writableLength: number };
  exit(): void;
}

const graceMilliseconds = 100;

/**
 * Ends this process a moment after its work is done, also when something in it still waits for an answer that nobody reads any more:
 * a name server that says nothing cannot be given up, nor a program that fetches credentials. What was printed is written first.
 */
export function endSoon(process: Ending): void {
  setInterval(() => {
    if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
  }, graceMilliseconds).unref();
}
