import { readBeside } from "../../../../lib/environment/beside";
import { loadEnvironment } from "../../../../lib/environment/environment";
import { rewrite, type Rewritten } from "../../../../lib/environment/rewrite";
import { exitCodes } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import type { Run } from "../../run/run";
import { askConsent } from "../../runner/consent";

/** Rewrites the environment file in the current version of its format; shows what changes, and asks. */
export async function handle(run: Run): Promise<number> {
  const { file, screen, world } = run;
  const text = world.files.read(file) ?? "";
  const rewritten = rewrite({ file, text });
  if (rewritten === undefined) {
    assertValid(run, text);
    screen.print(`  ${file} is up to date`);
    return exitCodes.done;
  }
  for (const line of changeLines(run, text, rewritten)) screen.print(`  ${line}`);
  if (!run.request.yes) await agreeToWrite(run);
  world.files.write(file, rewritten.text);
  screen.print(`  Wrote ${file}, version ${rewritten.migrated.to} of its format`);
  assertValid(run, rewritten.text);
  return exitCodes.done;
}

/** Throws what must be corrected by hand, because no migration can know the right value. */
function assertValid({ world, layers, file, configFolder }: Run, text: string): void {
  const read = readBeside(configFolder, (path) => world.files.read(path));
  loadEnvironment(layers, { file, text, read, now: world.clock.now() });
}

/** The changes as sentences, and as the lines of the file that go and come. */
function changeLines({ file, screen }: Run, text: string, { migrated, hunks }: Rewritten): readonly string[] {
  const { red, green } = screen.ink;
  const before = text.split(/\r?\n/);
  const lines = hunks.flatMap(({ from, to, lines: after }) => [
    ...before.slice(from, to).map((line, index) => red(`${from + index + 1} - ${line}`)),
    ...after.map((line) => green(`${from + 1} + ${line}`)),
  ]);
  const head = `${file}: version ${migrated.from} to version ${migrated.to}`;
  return [head, ...migrated.changes.map((change) => `- ${change}`), "", ...lines, ""];
}

async function agreeToWrite(run: Run): Promise<void> {
  const { file, request } = run;
  const question = `Write these changes to ${file}?`;
  const next = commandLine(request);
  await askConsent(run, {
    verb: "migrate",
    subject: file,
    question,
    next,
    review: "the changes above",
  });
}
