import { appendFileSync } from "node:fs";
import { processTerminal } from "../../scripts/provision/world/terminal";

/** Where the answers and the exit code go as well: a closed terminal shows nothing. */
const file = process.argv[2];
const record = (text: string) => {
  if (file !== undefined) appendFileSync(file, `${text}\n`);
};
process.on("exit", (code) => {
  record(`exit ${code}`);
});

// As a run does, from its beginning to its end: it comes with a closed terminal, before or after the question has closed.
process.on("SIGHUP", () => undefined);

/** Works for a moment, and asks, four times; what was answered is printed. */
async function main(): Promise<void> {
  const terminal = processTerminal(() => {
    terminal.print("interrupted");
  });
  for (const question of ["first?", "second?", "third?", "fourth?"]) {
    terminal.print(`working before ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const text = `answer to ${question} ${JSON.stringify([await terminal.ask(question)])}`;
    terminal.print(text);
    record(text);
  }
  process.exitCode = 7;
}

void main();
