import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { environmentJsonSchema } from "../lib/environment/json-schema";
import { layers } from "../modules";
import { commandsPage } from "./generate/commands";
import { layerDiagram } from "./generate/diagram";
import { referencePage } from "./generate/reference";
import { commands } from "./provision/commands/index";

const root = join(__dirname, "..");
const readmeMarkers = /(<!-- layers: generated -->\n)[\s\S]*?(<!-- \/layers -->)/;

/** Every generated file and its content, as the code now says. */
function generated(): Readonly<Record<string, string>> {
  const readme = read("README.md");
  return {
    "configs/schema.json": `${JSON.stringify(environmentJsonSchema(layers), null, 2)}\n`,
    "docs/reference/commands.md": commandsPage(commands),
    "docs/reference/settings.md": referencePage(layers),
    "README.md": readme.replace(
      readmeMarkers,
      (_, open: string, close: string) => `${open}\n${layerDiagram(layers)}\n\n${close}`,
    ),
  };
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
