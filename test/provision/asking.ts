import { processTerminal } from "../../scripts/provision/world/terminal";

/** Works for a moment, and asks, four times; what was answered is printed. */
async function main(): Promise<void> {
  const terminal = processTerminal(() => {
    terminal.print("interrupted");
  });
  for (const question of ["first?", "second?", "third?", "fourth?"]) {
    terminal.print(`working before ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    terminal.print(`answer to ${question} ${JSON.stringify([await terminal.ask(question)])}`);
  }
}

void main();
