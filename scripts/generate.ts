import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { environmentJsonSchema } from "../lib/environment/json-schema";
import { layers } from "../modules";
import { commandsPage } from "./generate/commands";
import { costTable } from "./generate/cost";
import { layerDiagram } from "./generate/diagram";
import { pipelines } from "./generate/pipelines";
import { publishers } from "./generate/publishers";
import { referencePage } from "./generate/reference";
import { commands } from "./provision/commands/index";

const root = join(__dirname, "..");

/** Every generated file and its content, as the code now says. */
function generated(): Readonly<Record<string, string>> {
  const parts = {
    "README.md": {
      layers: layerDiagram(layers),
      cost: costTable(layers, join(root, "configs/dev.yaml")),
    },
    "docs/guides/pipeline.md": pipelines(),
    "docs/guides/publish.md": publishers(),
  };
  return {
    "configs/schema.json": `${JSON.stringify(environmentJsonSchema(layers), null, 2)}\n`,
    "docs/reference/commands.md": commandsPage(commands),
    "docs/reference/settings.md": referencePage(layers),
    ...Object.fromEntries(
      Object.entries(parts).map(([path, of]) => [path, Object.entries(of).reduce(withPart, read(path))]),
    ),
  };
}

/** A hand-written page with one generated part, between the comments that name it. */
function withPart(page: string, [name, text]: readonly [name: string, text: string]): string {
  const [open, close] = [`<!-- ${name}: generated -->\n`, `\n<!-- /${name} -->`];
  const [before, rest] = page.split(open);
  const after = rest?.split(close)[1];
  if (before === undefined || after === undefined) throw new Error(`a page has no part "${name}"`);
  return `${before}${open}\n${text}\n${close}${after}`;
}

function read(path: string): string {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return "";
  }
}

function write(path: string, content: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.partial`, content);
  renameSync(`${target}.partial`, target);
}

const stale = Object.entries(generated()).filter(([path, content]) => read(path) !== content);
const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
if (check) {
  for (const [path] of stale) console.error(`Stale: ${path}`);
  if (stale.length > 0) console.error("  Run: npm run generate");
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, content] of stale) write(path, content);
  console.log(
    stale.length === 0 ? "Everything is up to date" : stale.map(([path]) => `Wrote ${path}`).join("\n"),
  );
}
