import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { layers } from "../../modules";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commands } from "../../scripts/provision/commands/index";
import packageJson from "../../package.json";
import { root } from "./code-blocks";

const documents = ["README.md", "rehearsal/README.md", ...below(/\.md$/, "docs")];
const texts = documents.map((path) => readFileSync(join(root, path), "utf8"));
const sources = [
  "main.ts",
  ...below(/(?<!\.test)\.ts$/, "modules", "scripts", "lib", "rehearsal", "policy", "capacity"),
];
const settings = below(/\.ya?ml$/, "configs");
/** Up to the end of the command: a comment, a pipe, a redirection, another command, the end of the code. */
const untilEnd = String.raw`((?:'[^']*'|[^#|>&;\`\n'])*)`;

/** Files in folders of the repository, by their paths. */
function below(name: RegExp, ...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => name.test(path))
      .map((path) => `${folder}/${path}`),
  );
}

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

/** The command after its options. The parser takes it, but a reader of two orders asks what the difference is. */
const commandLast = new RegExp(
  String.raw`provision(?:\.ts)?((?: +--[a-z-]+(?:[ =][^\s-]\S*)?)+) +(?:${commands.map(({ name }) => name).join("|")})\b`,
);

describe("command lines that people read", () => {
  test.each([
    "npx ts-node scripts/provision.ts --env prod plan",
    "run `provision --env=prod --only vpc destroy`",
    "provision --env $ENV --rehearse apply",
  ])("would be found with the command last: %s", (line) => {
    expect(line).toMatch(commandLast);
  });

  test("have the command first: those in documents", () => {
    expect(linesThatMatch(documents, commandLast)).toEqual([]);
  });

  test("have the command first: those in messages, comments and settings", () => {
    expect(linesThatMatch([...sources, ...settings], commandLast)).toEqual([]);
  });

  test("have the command first: those in help", () => {
    const examples = commands.flatMap((command) => command.examples.map(([args]) => `provision ${args}`));
    expect(examples.filter((line) => commandLast.test(line))).toEqual([]);
  });
});

/** What operators on macOS do not have, or have with other options. */
const linuxOnly =
  /\/proc\/|\b(sha\d+sum|md5sum|nproc|tac|setpriv|xargs -r|sed -i|readlink -f|date -d|date --\w|stat -c|base64 -[dw]|grep -P|head -n -|find .* -printf|ps -eo .*--)(?=[\s"'`]|$)/;

describe("commands that operators copy", () => {
  test.each(["echo x | sha256sum", "ids | xargs -r aws", "`sed -i s/a/b/ file`", "cat /proc/1/stat"])(
    "would be found when they work on Linux only: %s",
    (line) => {
      expect(line).toMatch(linuxOnly);
    },
  );

  test("work on macOS: those in documents", () => {
    expect(linesThatMatch(documents, linuxOnly)).toEqual([]);
  });

  test("work on macOS: those that the product prints or runs", () => {
    // Those of modules/eks/nodes run on nodes, which have Amazon Linux.
    const onMacs = sources.filter((path) => !path.startsWith("modules/eks/nodes/"));
    expect(linesThatMatch(onMacs, linuxOnly)).toEqual([]);
  });
});

function linesThatMatch(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    return lines.filter((line) => pattern.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
}
