import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

/** How this process can be started again, by the path of its script; undefined for a script that is run by ts-node. */
export function programLineOf(script: string, folder: string): string | undefined {
  if (script.endsWith(".ts")) return undefined;
  if (!script.includes("/.bin/")) return "provision";
  // npx keeps what is not installed in the current project in a folder of its own: a plain `npx provision` would fetch
  // whatever is published by that name.
  return script.includes("/_npx/")
    ? `npx --package=${fetchedFrom(dirname(script), folder)} provision`.replace(" --package=./ ", " ")
    : "npx provision";
}

/** What npx was given to fetch: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies */
function fetchedFrom(programs: string, folder: string): string {
  const project = resolve(programs, "../..");
  // npm's own, which depends on what was fetched alone.
  const { dependencies } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const [name = "", source = ""] = Object.entries(dependencies)[0] ?? [];
  if (!source.startsWith("file:")) return /^\w+:/.test(source) ? source : `${name}@${source}`;
  const path = relative(folder, resolve(project, source.slice("file:".length)));
  return isAbsolute(path) || path.startsWith("..") ? path : `./${path}`;
}
