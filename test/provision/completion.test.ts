import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { optionsOf } from "../../scripts/provision/command-line/common-options";
import { commands } from "../../scripts/provision/commands/index";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

const layers = ["cellar", "ground", "house", "roof"];
const names = [...commands.map(({ name }) => name), "help"];
/** Names of files that are no names of environments, and would run a command where a shell expanded them. */
const odd = ["$(touch pwned)", "`touch pwned`", "d$(touch pwned)", "a b", "*", "-x", "Dev"];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "completion-"));
  mkdirSync(join(folder, "configs"));
  mkdirSync(join(folder, "odd"));
  for (const name of ["dev", "prod", ...odd]) writeFileSync(join(folder, "configs", `${name}.yaml`), "");
  for (const name of odd) writeFileSync(join(folder, "odd", name), "");
  writeFileSync(join(folder, "configs", "schema.json"), "");
  for (const shell of ["bash", "zsh", "fish"]) {
    const world = new FakeWorld();
    expect(await run(world, `completion ${shell}`)).toBe(0);
    writeFileSync(join(folder, `provision.${shell}`), world.printed.join("\n"));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a script of a shell prints, line by line, in the folder with configs/. */
function shell(program: string, script: string): readonly string[] {
  const { stdout, stderr } = spawnSync(program, ["-c", script], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const isMissing = (program: string) => spawnSync(program, ["--version"]).error !== undefined;
const missing = (program: string) => (isMissing(program) ? `: there is no ${program} here` : "");

/** What Tab offers after a line, shell by shell; the last word is what is being typed. */
const shells: Readonly<Record<string, (line: string) => readonly string[]>> = {
  bash: (line) => {
    // As readline splits it: "=" is a word of its own.
    const words = line.split(/ |(?<==)|(?==)/);
    const quoted = words.map((word) => `'${word}'`).join(" ");
    return shell(
      "bash",
      `source provision.bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _provision; printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
  },
  zsh: (line) => {
    const words = line.split(" ");
    const quoted = words.map((word) => `'${word}'`).join(" ");
    // Without a line editor: what the script offers is printed, after what it leaves of the current word to be matched.
    const [typed = "", ...found] = shell(
      "zsh",
      `found=(); compdef() { :; }; _files() { :; }
      compset() { typed=\${typed##\${~2}}; }
      compadd() { if [[ $1 == -a ]]; then found+=("\${(@P)2}"); else found+=("$@"); fi; }
      _describe() { found+=("\${(@P)\${@[-1]}%%:*}"); }
      source ./provision.zsh; words=(${quoted}); CURRENT=${words.length}; typed=$words[CURRENT]; _provision
      print -l -- "=$typed" $found`,
    );
    return found.filter((word) => word.startsWith(typed.slice(1)));
  },
  fish: (line) =>
    shell("fish", `source provision.fish; complete -C '${line}'`).map((found) => found.split("\t")[0] ?? ""),
};

describe.each(Object.keys(shells))("completion in %s", (name) => {
  const offered = (line: string) => [...new Set(shells[name]?.(line) ?? [])].toSorted();

  describe.skipIf(isMissing(name))(`offers${missing(name)}`, () => {
    test("commands, and only those that begin so", () => {
      expect(offered("provision ")).toEqual(names.toSorted());
      expect(offered("provision --env dev re")).toEqual(["recover", "rehearse", "restore"]);
    });

    test.each(commands.map((command) => [command.name, command] as const))(
      "the options of %s",
      (command, declaration) => {
        const flags = Object.values(optionsOf(declaration)).map(({ flags }) => flags.split(" ")[0] ?? "");
        expect(offered(`provision ${command} --`)).toEqual([...flags, "--help"].toSorted());
      },
    );

    test("the options of apply and --version where no command is named", () => {
      expect(offered("provision --ver")).toContain("--version");
      expect(offered("provision --allow")).toEqual(["--allow-data-loss", "--allow-debug-log"]);
    });

    test("environments of the current folder, and nothing else in configs/; no name of a file is run", () => {
      expect(offered("provision plan --env ")).toEqual(["dev", "prod"]);
      expect(offered("provision --env p")).toEqual(["prod"]);
      expect(offered("provision --env d")).toEqual(["dev"]);
      expect(existsSync(join(folder, "pwned"))).toBe(false);
    });

    test("layers, also after a comma", () => {
      expect(offered("provision plan --env dev --from ")).toEqual(layers);
      const listed = offered("provision plan --only house,g").map((word) => word.replace(/^house,/, ""));
      expect(listed).toEqual(["ground"]);
    });

    test("no layer that the word already lists", () => {
      const listed = offered("provision plan --only house,cellar,");
      expect(listed.map((word) => word.replace("house,cellar,", ""))).toEqual(["ground", "roof"]);
    });

    test("the values that an option accepts", () => {
      expect(offered("provision policy --format s")).toEqual(["sarif"]);
    });

    test("the word that may follow a command", () => {
      expect(offered("provision completion ")).toEqual(["bash", "fish", "zsh"]);
      expect(offered("provision help cap")).toEqual(["capacity"]);
    });

    test("nothing for a value that it does not know", () => {
      expect(offered("provision restore --recovery-point a")).toEqual([]);
    });
  });
});

test.skipIf(isMissing("bash"))("completion in bash takes --env=p apart", () => {
  expect(shells["bash"]?.("provision plan --env=p")).toEqual(["prod"]);
  expect(shells["bash"]?.("provision --env=dev pl")).toEqual(["plan"]);
});

test.skipIf(isMissing("bash"))("completion in bash quotes paths", () => {
  const offered = shells["bash"] ?? (() => []);
  // Quoted, because what is offered is inserted into a command line.
  expect(offered("provision plan --out odd/d")).toEqual(["odd/d\\$\\(touch\\ pwned\\)"]);
  expect(offered("provision plan --env odd/a")).toEqual(["odd/a\\ b"]);
  expect(offered("provision plan --out odd/")).toHaveLength(odd.length);
});

test("the shell is required, and one of three", async () => {
  expect(await run(new FakeWorld(), "completion")).toMatchObject({
    message: 'Cannot read the command line: "completion" must be followed by bash or zsh or fish',
    exitCode: 64,
  });
  expect(await run(new FakeWorld(), "completion bash zsh")).toMatchObject({
    message: 'Cannot read the command line: unexpected argument "zsh" after "completion"',
  });
  expect(await run(new FakeWorld(), "completion tcsh")).toMatchObject({
    message:
      'Cannot read the command line: option "--shell <shell>" argument "tcsh" is invalid. Allowed choices are bash, zsh, fish',
  });
});
