import { describe, expect, test } from "vitest";
import { defaultVersion, versions } from "../../lib/aws-facts/kubernetes-versions";
import { releaseNames } from "../../gitops/releases/index";
import { refusedReleases } from "../../gitops/releases/refused";
import { layers } from "../../modules";
import { platform } from "../../modules/platform/layer";
import { aurora } from "../../modules/aurora/layer";
import { readArguments } from "../../scripts/provision/command-line/parse";
import { commonOptions, flagOf, optionsOf } from "../../scripts/provision/command-line/common-options";
import { commands } from "../../scripts/provision/commands/index";
import packageJson from "../../package.json";
import { documents, filesBelow, textOf } from "./documents";

const sources = [
  "main.ts",
  ...filesBelow(/(?<!\.test)\.ts$/, "modules", "scripts", "lib", "rehearsal", "policy", "capacity"),
];
/** Environments that examples name: those of the repository, and what stands for the reader's own. */
const environmentsOfReaders = [
  "dev",
  "example",
  "prod",
  "stage",
  "test",
  "NAME",
  "$ENV",
  "$NEW",
  "${name}",
  "${chosen}",
  "x",
];
/** What users keep beside them is theirs. */
const settings = ["configs/dev.yaml", "configs/example.yaml"];
const texts = [...documents, ...settings, ...sources].map((path) => textOf(path));
/** Up to the end of the command: a comment, a pipe, a redirection, another command, the end of the code. */
const untilEnd = String.raw`((?:'[^']*'|[^#|>&;\`\n'])*)`;
/** The line that is copied, and what prose calls it: `provision iam`. */
const starts = [String.raw`ts-node scripts/provision\.ts`, String.raw`npx provision`, "`provision"];

/** Every use of the product in the documents and in settings, without what comes before its arguments. */
const uses = starts.flatMap((start) => {
  const pattern = new RegExp(`${start}(?=[ \`])${untilEnd}`, "g");
  const found = texts.flatMap((text) => [...text.replaceAll(/\\\n\s*/g, "").matchAll(pattern)]);
  return found.map(([, args = ""]) => args.trim()).filter((line) => !isSynopsis(line));
});

/** `[command] --env <name|path> [options]` is no command line, and neither is the name of the product. */
function isSynopsis(line: string): boolean {
  return line === "" || /^\[|^<command>/.test(line);
}

/** As a shell splits it, as far as the documents go. */
function argumentsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** What prose leaves out: the environment, and what else the command requires. */
function completed(line: string): readonly string[] {
  const args = argumentsOf(line);
  const command = commands.find(({ name }) => name === args[0]);
  const required = Object.values(command ? optionsOf(command) : { env: commonOptions.env });
  // "completion bash" gives its option as a word.
  const given =
    command?.argument !== undefined && args.length > 1 ? command.options[command.argument] : undefined;
  const missing = required.filter(
    (option) => option.required && option !== given && !args.includes(flagOf(option)),
  );
  return !args.includes("--env") ? [...args, ...missing.flatMap((option) => [flagOf(option), "x"])] : args;
}

describe("documents, settings and sources", () => {
  test.each([...new Set(uses)])("name a command that exists: provision %s", (line) => {
    // Prose that names a command leaves out what it requires.
    const words = ["help", "--help", "--version", ...commands.map(({ name }) => name)];
    if (words.includes(line)) return;
    const reading = readArguments(commands, completed(line));
    if ("text" in reading) return;
    const { env, only, from, until } = reading.request;
    const named = [...only, from, until].filter((layer) => layer !== undefined && layer !== "x");
    expect(named.filter((name) => layers.every((layer) => layer.name !== name))).toEqual([]);
    // One that takes several has a list of them.
    const environments: readonly string[] = [env].flat().filter((name) => name !== "");
    expect(environments.filter((name) => !environmentsOfReaders.includes(name))).toEqual([]);
  });

  test("name the product's commands in many places", () => {
    expect(uses.length).toBeGreaterThan(40);
  });

  test("name scripts of package.json only", () => {
    const named = texts
      .flatMap((text) => [...text.matchAll(/npm run\s+(?:-s )?([\w:]+)/g)])
      .map(([, name]) => name);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !Object.keys(packageJson.scripts).includes(name ?? ""))).toEqual([]);
  });
});

test("the README names the versions that are supported, and the defaults", () => {
  const rows = textOf("README.md").split("\n");
  const row = (subject: string) => rows.find((line) => line.startsWith(`| ${subject} `)) ?? "";
  const database = aurora.settings.parse({}).engineVersion;
  expect(row("Aurora PostgreSQL")).toContain(`${database} (default)`);
  for (const [subject, chosen, others] of [
    ["Kubernetes (EKS)", defaultVersion, versions],
    ["Edge Orchestrator", releaseNames[0], releaseNames],
  ] as const) {
    expect(row(subject)).toContain(`${chosen} (default)`);
    expect(others.filter((version) => !row(subject).includes(version))).toEqual([]);
  }
  expect(platform.settings.parse({}).release).toBe(releaseNames[0]);
  const installed = row("Edge Orchestrator").split("[")[0] ?? "";
  expect(Object.keys(refusedReleases).filter((release) => installed.includes(release))).toEqual([]);
});

test("the guide says of every release of the orchestrator what differs", () => {
  const guide = textOf("docs/guides/migrating.md");
  const known = [...releaseNames, ...Object.keys(refusedReleases)];
  expect(known.filter((release) => !guide.includes(`\n| ${release} `))).toEqual([]);
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
    // Nodes have Amazon Linux; without /proc, the second asks ps; disturbances need the kernel's own ways.
    const onLinux =
      /^modules\/eks\/nodes\/|^scripts\/provision\/terraform\/earlier-process\.ts$|^scripts\/chaos\//;
    const onMacs = sources.filter((path) => !onLinux.test(path));
    expect(linesThatMatch(onMacs, linuxOnly)).toEqual([]);
  });
});

function linesThatMatch(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) => {
    const lines = textOf(path).split("\n");
    return lines.filter((line) => pattern.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
}
