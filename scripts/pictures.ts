import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Row } from "./pictures/cells";
import { difference, same } from "./pictures/comparison";
import { type Scene, scenes } from "./pictures/scenes";
import { drawn } from "./pictures/svg";
import { runInTerminal } from "./pictures/terminal";
import { programLine } from "./provision/command-line/help";

const root = join(__dirname, "..");

/** Plays a scene in a folder of its own; gives what the terminal shows at its end. */
async function played({ before, edit, args, exitCode }: Scene): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "picture-")));
  const file = join(folder, "configs/dev.yaml");
  const text = readFileSync(join(root, "configs/dev.yaml"), "utf8");
  try {
    mkdirSync(dirname(file));
    writeFileSync(file, text);
    for (const line of before) await shown(folder, line, 0);
    if (edit) writeFileSync(file, edited(text, edit));
    return await shown(folder, args, exitCode);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function shown(folder: string, args: string, exitCode: number): Promise<readonly Row[]> {
  const ended = await runInTerminal({ folder, args: args.split(" ") });
  if (ended.exitCode === exitCode) return ended.rows;
  const screen = ended.rows.map((row) => row.map(({ text }) => text).join("")).join("\n");
  throw new Error(`"${args}" ended with ${ended.exitCode} instead of ${exitCode}:\n${screen}`);
}

function edited(text: string, [before, after]: NonNullable<Scene["edit"]>): string {
  if (text.split(before).length !== 2) throw new Error(`configs/dev.yaml has not exactly one "${before}"`);
  return text.replace(before, () => after);
}

/** The picture of a scene, as the product looks now. */
async function picture(scene: Scene): Promise<string> {
  const typed = { column: 0, colour: undefined, dim: false };
  const prompt: Row = [
    { ...typed, text: "$ ", dim: true, bold: false },
    { ...typed, text: `${programLine} ${scene.args}`, column: 2, bold: true },
  ];
  return drawn({ ...scene, rows: [prompt, ...cut(await played(scene), scene.cut)] });
}

/** Leaves out rows in the middle, and says which. */
function cut(rows: readonly Row[], shown: Scene["cut"]): readonly Row[] {
  if (shown === undefined || rows.length <= shown.first + shown.last) return rows;
  const text = `  ⋮ ${shown.between}`;
  const gap: Row = [{ text, column: 0, colour: undefined, bold: false, dim: true }];
  return [...rows.slice(0, shown.first), gap, ...rows.slice(-shown.last)];
}

function read(file: string): string {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return "";
  }
}

async function main(): Promise<void> {
  const options = { check: { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const wanted = scenes.filter(
    ({ file }) => positionals.length === 0 || positionals.includes(basename(file, ".svg")),
  );
  for (const scene of wanted) {
    const now = await picture(scene);
    if (same(now, read(scene.file))) console.log(`Up to date: ${scene.file}`);
    else if (values.check) {
      console.error(`Stale: ${scene.file}\n${difference(read(scene.file), now)}\n  Run: npm run pictures`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(join(root, scene.file)), { recursive: true });
      writeFileSync(join(root, scene.file), now);
      console.log(`Wrote ${scene.file}`);
    }
  }
}

void main();
