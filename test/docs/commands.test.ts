import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layers } from "../../modules";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commands } from "../../scripts/provision/commands/index";
import packageJson from "../../package.json";
import { root } from "./code-blocks";

const documents = [
  "README.md",
  "rehearsal/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path}`),
];
const texts = documents.map((path) => readFileSync(join(root, path), "utf8"));
/** Up to the end of the command: a comment, a pipe, a redirection, another command, the end of the code. */
const untilEnd = String.raw`((?:'[^']*'|[^#|>&;\`\n'])*)`;

/** Every use of a command in the documents, without what comes before its arguments. */
function uses(command: string): readonly string[] {
  const pattern = new RegExp(`${command}${untilEnd}`, "g");
  const found = texts.flatMap((text) => [...text.replaceAll(/\\\n\s*/g, "").matchAll(pattern)]);
  const lines = found.map(([, args = ""]) => args.trim());
  // A synopsis, such as `[command] --env <name|path>`, is no command line.
  return [...new Set(lines)].filter((line) => line !== "" && !line.startsWith("["));
}

/** As a shell splits it, as far as the documents go. */
function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

describe("the documents", () => {
  test.each(uses(String.raw`ts-node scripts/provision\.ts`))(
    "name a command that exists: provision %s",
    (line) => {
      const reading = readArguments(commands, argumentsOf(line));
      if ("text" in reading) return;
      const { only, from, until } = reading.request;
      const named = [...only, from, until].filter((layer) => layer !== undefined);
      expect(named.filter((name) => layers.every((layer) => layer.name !== name))).toEqual([]);
    },
  );

  test("name the product's commands in many places", () => {
    expect(uses(String.raw`ts-node scripts/provision\.ts`).length).toBeGreaterThan(20);
  });

  test("name scripts of package.json only", () => {
    const named = texts.flatMap((text) => [...text.matchAll(/npm run\s+([\w:]+)/g)]).map(([, name]) => name);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !Object.keys(packageJson.scripts).includes(name ?? ""))).toEqual([]);
  });
});

/** What operators on macOS do not have, or have with other options. */
const linuxOnly =
  /\/proc\/|\b(sha\d+sum|md5sum|nproc|tac|setpriv|xargs -r|sed -i|readlink -f|date -d|date --\w|stat -c|base64 -[dw]|grep -P|head -n -|find .* -printf|ps -eo .*--)(?=[\s"'`]|$)/;

describe("commands that operators copy", () => {
  const sources = ["modules", "scripts", "lib", "rehearsal"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      // Those of modules/eks/nodes run on nodes, which have Amazon Linux.
      .filter((path) => /(?<!\.test)\.ts$/.test(path) && !path.startsWith("eks/nodes/"))
      .map((path) => `${folder}/${path}`),
  );

  test.each(["echo x | sha256sum", "ids | xargs -r aws", "`sed -i s/a/b/ file`", "cat /proc/1/stat"])(
    "would be found when they work on Linux only: %s",
    (line) => {
      expect(line).toMatch(linuxOnly);
    },
  );

  test("work on macOS: those in documents", () => {
    expect(linesThatMatch(documents)).toEqual([]);
  });

  test("work on macOS: those that the product prints or runs", () => {
    expect(linesThatMatch(sources)).toEqual([]);
  });
});

function linesThatMatch(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    return lines.filter((line) => linuxOnly.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
}
