import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand, startCommand } from "./command";
import { freePort } from "./free-port";
import { newKey, signed, smallPackage } from "./install/release";
import { type FileServer, serveFiles } from "./install/server";
import { missing, tools } from "./tools";
import { stampInstaller } from "../../scripts/release/installer";

const script = resolve(__dirname, "../../release/install.sh");
const name = "edge-orchestrator-aws";
const file = (version: string) => `${name}-${version}.tgz`;
const key = newKey();
const packages = new Map(["0.2.0", "0.3.0"].map((version) => [version, smallPackage(version)]));
const shells: readonly (readonly string[])[] = [
  ["sh"],
  ...["dash", "bash"]
    .filter((shell) => isThere(shell))
    .map((shell) => [shell, ...(shell === "bash" ? ["--posix"] : [])]),
  ...(tools.busybox === undefined ? [] : [[tools.busybox, "sh"]]),
];

let server: FileServer;
let home: string;

beforeEach(async () => {
  server = await serveFiles();
  home = mkdtempSync(join(tmpdir(), "install-"));
  writeFileSync(join(home, "key.pem"), key.publicKey);
  for (const version of packages.keys())
    publish(version, signed({ [file(version)]: packageOf(version) }, key));
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

function isThere(program: string): boolean {
  try {
    execFileSync(program, ["-c", ":"]);
    return true;
  } catch {
    return false;
  }
}

function packageOf(version: string): Buffer {
  return packages.get(version) ?? Buffer.alloc(0);
}

function publish(version: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, content] of files) server.files.set(`/rel/v${version}/${path}`, content);
}

const source = () => `http://127.0.0.1:${server.port}/rel`;
const usual = () => ["--from", source(), "--key", join(home, "key.pem"), "--version", "0.2.0"];

interface Call {
  readonly shell?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs the script, for a user whose home folder is new. */
function install({ shell = ["sh"], variables = {} }: Call, ...args: readonly string[]) {
  const [program = "", ...own] = shell;
  const command = {
    program,
    folder: home,
    variables: { HOME: home, npm_config_cache: join(home, "npm"), ...variables },
  };
  return runCommand(command, ...own, script, ...args);
}

const installed = (prefix = join(home, ".local")) => ({
  version: () => execFileSync(join(prefix, "bin/provision"), { encoding: "utf8" }).trim(),
  versions: () => readdirSync(join(prefix, "lib", name)).filter((entry) => entry !== "folders"),
});

test.skipIf(missing("shellcheck"))(
  "the installer has less than 150 lines, and ShellCheck finds nothing",
  () => {
    expect(readFileSync(script, "utf8").split("\n").length - 1).toBeLessThan(150);
    expect(() => execFileSync(tools.shellcheck ?? "", [script], { encoding: "utf8" })).not.toThrow();
  },
);

test("it installs from a folder, such as one that was carried over", async () => {
  const stick = join(home, "a stick 100%");
  for (const [path, content] of signed({ [file("0.2.0")]: packageOf("0.2.0") }, key)) {
    mkdirSync(join(stick, "v0.2.0"), { recursive: true });
    writeFileSync(join(stick, "v0.2.0", path), content);
  }
  const own = ["--key", join(home, "key.pem"), "--version", "0.2.0"];
  expect(await install({}, "--from", stick, ...own)).toMatchObject({ code: 0 });
  expect(installed().version()).toBe("0.2.0");
  expect(await install({}, "--from", "./a stick 100%", ...own)).toMatchObject({ code: 0 });
  writeFileSync(join(stick, "v0.2.0", file("0.2.0")), "other bytes");
  expect((await install({}, "--from", stick, ...own)).output).toContain("is not what SHA256SUMS says");
  expect(server.asked).toEqual([]);
});

describe.each(shells)("in %s %s", (...shell: readonly string[]) => {
  test("it verifies, installs, upgrades and uninstalls", async () => {
    const first = await install({ shell }, ...usual());
    const prefix = join(home, ".local");
    expect(first).toMatchObject({ code: 0 });
    expect(first.output.split("\n")).toEqual([
      `Installing ${name} 0.2.0 from ${source()} into ${prefix}`,
      "  fetching SHA256SUMS",
      "  fetching SHA256SUMS.sig",
      "  SHA256SUMS: signature is correct",
      `  fetching ${file("0.2.0")}`,
      `  ${file("0.2.0")}: checksum is correct`,
      "  fetching dependencies with npm, which verifies them by the checksums in the package",
      `Installed ${prefix}/bin/provision`,
      `Add it to your PATH: export PATH="${prefix}/bin:$PATH"`,
      "",
    ]);
    expect(installed().version()).toBe("0.2.0");
    expect(readlinkSync(join(prefix, "bin/provision"))).toBe(`../lib/${name}/0.2.0/bin/provision`);
    const found = readdirSync(prefix, { recursive: true }).map(String);
    expect(found.filter((path) => path.endsWith("install-script-ran"))).toEqual([]);

    expect(await install({ shell }, ...usual(), "--version", "v0.3.0")).toMatchObject({ code: 0 });
    expect([installed().version(), installed().versions()]).toEqual(["0.3.0", ["0.3.0"]]);

    expect(await install({ shell }, "--uninstall")).toMatchObject({ code: 0 });
    expect(readdirSync(home).sort()).toEqual(["key.pem", "npm"]);
  });

  test("a part of it, as a cut download leaves, does nothing", async () => {
    const text = readFileSync(script, "utf8");
    const [program = "", ...own] = shell;
    const lengths = [...Array(12).keys()].map((part) => Math.floor((text.length * part) / 12));
    // The last line, `main "$@"`, is cut in every place but at its end.
    for (const length of [...lengths, ...[2, 3, 4, 5, 6, 7, 8, 9].map((left) => text.length - left)]) {
      writeFileSync(join(home, "cut.sh"), text.slice(0, length));
      await runCommand({ program, folder: home, variables: { HOME: home } }, ...own, "cut.sh", ...usual());
    }
    expect(server.asked).toEqual([]);
    expect(readdirSync(home).sort()).toEqual(["cut.sh", "key.pem"]);
  });

  test("it refuses a file that was changed, and leaves nothing", async () => {
    server.files.set(`/rel/v0.2.0/${file("0.2.0")}`, Buffer.from("changed"));
    const { code, output } = await install({ shell }, ...usual());
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`${file("0.2.0")} is not what SHA256SUMS says`),
    ]);
    expect(readdirSync(home)).toEqual(["key.pem"]);
  });
});

describe("before anything of a release runs, it is refused", () => {
  const at = (path: string) => `/rel/v0.2.0/${path}`;
  const other = () => signed({ [file("0.2.0")]: packageOf("0.2.0") }, newKey());
  test.each<[string, () => void, string]>([
    [
      "when another key has signed it",
      () => {
        publish("0.2.0", other());
      },
      "SHA256SUMS is not signed by ",
    ],
    [
      "when its list was changed",
      () => {
        server.files.set(at("SHA256SUMS"), Buffer.from("changed"));
      },
      "SHA256SUMS is not signed by ",
    ],
    [
      "when its signature is none",
      () => {
        server.files.set(at("SHA256SUMS.sig"), Buffer.from("none"));
      },
      "SHA256SUMS is not signed by ",
    ],
    [
      "when it has no signature",
      () => {
        server.files.delete(at("SHA256SUMS.sig"));
      },
      "SHA256SUMS.sig cannot be fetched",
    ],
    [
      "when the package is missing",
      () => {
        server.files.delete(at(file("0.2.0")));
      },
      "tgz cannot be fetched",
    ],
    [
      "when it is that of another version",
      () => {
        publish("0.2.0", signed({ [file("0.1.0")]: packageOf("0.2.0") }, key));
      },
      "so that it is not of version 0.2.0",
    ],
    [
      "when a connection is cut",
      () => {
        cut(at(file("0.2.0")));
      },
      "tgz cannot be fetched",
    ],
    [
      "when it leads to another protocol",
      () => {
        redirect(at("SHA256SUMS"), "file:///etc/passwd");
      },
      "SHA256SUMS cannot be fetched",
    ],
  ])("%s", async (_, change, said) => {
    change();
    const { code, output } = await install({}, ...usual());
    expect([code, output]).toEqual([1, expect.stringContaining(said)]);
    expect(readdirSync(home)).toEqual(["key.pem"]);
    expect(readdirSync(tmpdir()).filter((entry) => entry.startsWith(`${name}.`))).toEqual([]);
  });

  test("unless --without-signature asks for it, which is said", async () => {
    server.files.delete(at("SHA256SUMS.sig"));
    const { code, output } = await install(
      {},
      "--from",
      source(),
      "--version",
      "0.2.0",
      "--without-signature",
    );
    expect([code, output]).toEqual([
      0,
      expect.stringContaining("  NOT verified: who has made the release (--without-signature)"),
    ]);
  });

  function cut(path: string): void {
    server.instead.set(path, (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half");
      setTimeout(() => response.destroy(), 50);
    });
  }
});

function redirect(path: string, location: string): void {
  server.instead.set(path, (_, response) => response.writeHead(302, { location }).end());
}

describe("what is installed", () => {
  test("stays as it is when an upgrade fails", async () => {
    await install({}, ...usual());
    server.files.set(`/rel/v0.3.0/${file("0.3.0")}`, Buffer.from("changed"));
    expect(await install({}, ...usual(), "--version", "0.3.0")).toMatchObject({ code: 1 });
    expect([installed().version(), installed().versions()]).toEqual(["0.2.0", ["0.2.0"]]);
  });

  test("is installed again over what is damaged, with what killed runs have left removed", async () => {
    await install({}, ...usual());
    const lib = join(home, ".local/lib", name);
    rmSync(join(lib, "0.2.0/bin/provision"));
    for (const left of [".new-1", ".old-1"]) mkdirSync(join(lib, left));
    expect(await install({}, ...usual())).toMatchObject({ code: 0 });
    expect([installed().version(), installed().versions()]).toEqual(["0.2.0", ["0.2.0"]]);
  });

  test("goes into a prefix with spaces, and is removed without what else is there", async () => {
    const prefix = join(home, "my tools");
    mkdirSync(join(prefix, "bin"), { recursive: true });
    writeFileSync(join(prefix, "bin/other"), "");
    expect(await install({}, ...usual(), "--prefix", "my tools")).toMatchObject({ code: 0 });
    expect(installed(prefix).version()).toBe("0.2.0");
    expect(await install({}, "--uninstall", "--prefix", prefix)).toMatchObject({ code: 0 });
    expect(readdirSync(prefix, { recursive: true }).map(String).sort()).toEqual(["bin", "bin/other"]);
  });

  test("is not changed by another run at the same time, nor removed", async () => {
    await install({}, ...usual());
    const lock = join(home, ".local/lib", name, ".lock");
    symlinkSync(`process:${process.pid}`, lock);
    for (const [verb, ...args] of [
      ["install", ...usual(), "--version", "0.3.0"],
      ["uninstall", "--uninstall"],
    ]) {
      const { code, output } = await install({}, ...args);
      expect([code, output]).toEqual([
        1,
        expect.stringContaining(
          `Cannot ${verb} ${name}: another run of install.sh is at work in ${home}/.local: process ${process.pid}\n  Run this again when it has ended; if that is another program: rm '${lock}'\n`,
        ),
      ]);
    }
    expect(readlinkSync(lock)).toBe(`process:${process.pid}`);
    expect(installed().version()).toBe("0.2.0");
  });

  test("is whole when two versions are installed at once, and again", async () => {
    const versions = ["0.2.0", "0.3.0"];
    const runs = await Promise.all(versions.map((version) => install({}, ...usual(), "--version", version)));
    expect(versions).toContain(installed().version());
    expect(installed().versions()).toEqual([installed().version()]);
    for (const { code, output } of runs)
      if (code !== 0) expect(output).toContain("another run of install.sh is at work");
    expect(await install({}, ...usual(), "--version", "0.3.0")).toMatchObject({ code: 0 });
    expect([installed().version(), installed().versions()]).toEqual(["0.3.0", ["0.3.0"]]);
  });

  test.each(["process:2147483646", "process:", "else"])(
    "takes over the lock %s of a killed run",
    async (left) => {
      await install({}, ...usual());
      symlinkSync(left, join(home, ".local/lib", name, ".lock"));
      expect(await install({}, ...usual(), "--version", "0.3.0")).toMatchObject({ code: 0 });
      expect(installed().versions()).toEqual(["0.3.0"]);
    },
  );

  test("touches no folder of its name that something else has made", async () => {
    const clone = join(home, "lib", name);
    mkdirSync(join(clone, "src"), { recursive: true });
    writeFileSync(join(clone, "src/main.ts"), "");
    for (const args of [usual(), ["--uninstall"]]) {
      const { code, output } = await install({}, ...args, "--prefix", home);
      expect([code, output]).toEqual([1, expect.stringContaining(`${clone} is not of install.sh`)]);
    }
    expect(readdirSync(clone, { recursive: true }).map(String).sort()).toEqual(["src", "src/main.ts"]);
  });

  test("says of what it leaves that it is no more than that", async () => {
    await install({}, ...usual());
    const link = join(home, ".local/bin/provision");
    rmSync(link);
    symlinkSync("/bin/true", link);
    const { output } = await install({}, "--uninstall");
    expect(output).toBe(`Removed ${home}/.local/lib/${name}\n`);
    expect(readlinkSync(link)).toBe("/bin/true");
  });

  test("needs a prefix that can be written, and a version that is one", async () => {
    writeFileSync(join(home, "file"), "");
    const { code, output } = await install({}, ...usual(), "--prefix", join(home, "file"));
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(`Cannot install ${name}: ${home}/file cannot be written`),
    ]);
    expect(await install({}, ...usual(), "--version", "..")).toMatchObject({
      code: 1,
      output: expect.stringContaining('the version is ".."') as string,
    });
  });

  test("replaces no program of another origin", async () => {
    const bin = join(home, ".local/bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync("/bin/true", join(bin, "provision"));
    const { code, output } = await install({}, ...usual());
    expect([code, output]).toEqual([1, expect.stringContaining(`${bin}/provision is another program`)]);
    expect(lstatSync(join(bin, "provision")).isSymbolicLink()).toBe(true);
  });

  test("is whole when the run before was killed while it fetched", async () => {
    let wanted = false;
    server.instead.set(`/rel/v0.2.0/${file("0.2.0")}`, () => (wanted = true));
    const command = { program: "sh", folder: home, variables: { HOME: home } };
    const killed = runCommand(command, "-c", `setsid timeout -s KILL 3 sh '${script}' ${usual().join(" ")}`);
    await killed;
    expect(wanted).toBe(true);
    server.instead.clear();
    expect(await install({}, ...usual())).toMatchObject({ code: 0 });
    expect(installed().version()).toBe("0.2.0");
    for (const left of readdirSync(tmpdir()).filter((entry) => entry.startsWith(`${name}.`)))
      rmSync(join(tmpdir(), left), { recursive: true });
  });
});

describe("the token", () => {
  const token = 'se"cret\\token';

  test("goes to the release service alone, and is in no command line, output or file", async () => {
    const path = `/rel/v0.2.0/${file("0.2.0")}`;
    redirect(path, `http://localhost:${server.port}/elsewhere.tgz`);
    server.files.set("/elsewhere.tgz", packageOf("0.2.0"));
    let seen = "";
    server.instead.set("/rel/v0.2.0/SHA256SUMS", (_, response) => {
      seen += commandLines();
      response.end(server.files.get("/rel/v0.2.0/SHA256SUMS"));
    });
    const { code, output } = await install({ variables: { RELEASE_TOKEN: token } }, ...usual());
    expect(code).toBe(0);
    const basic = `Basic ${Buffer.from(`any:${token}`).toString("base64")}`;
    const asked = new Map(server.asked);
    expect([asked.get("/rel/v0.2.0/SHA256SUMS"), asked.get(path), asked.get("/elsewhere.tgz")]).toEqual([
      basic,
      basic,
      undefined,
    ]);
    expect(output).not.toMatch(/cret.{1,4}token/);
    if (existsSync("/proc/self/cmdline")) expect(seen).toContain("curl");
    expect(seen).not.toMatch(/cret.{1,4}token/);
    const kept = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes("cret\\token"));
    expect(kept).toEqual([]);
  });

  test.each(["http://files.example", "http://127.0.0.1.example"])(
    "does not go to %s, without HTTPS",
    async (from) => {
      const args = ["--from", from, "--version", "0.2.0", "--without-signature"];
      const { code, output } = await install({ variables: { RELEASE_TOKEN: token } }, ...args);
      expect([code, output]).toEqual([1, expect.stringContaining("would read RELEASE_TOKEN")]);
    },
  );

  test("is taken from ~/.netrc, too", async () => {
    writeFileSync(join(home, ".netrc"), "machine 127.0.0.1 login any password from-netrc\n", { mode: 0o600 });
    expect(await install({}, ...usual())).toMatchObject({ code: 0 });
    expect(server.asked[0]?.[1]).toBe(`Basic ${Buffer.from("any:from-netrc").toString("base64")}`);
  });

  /** Those of what this process has started: what else the machine runs is no matter of install.sh. */
  function commandLines(): string {
    if (!existsSync("/proc")) return "";
    const running = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
    const parents = new Map(running.map((pid) => [pid, parentOf(pid)]));
    const isOurs = (pid: string | undefined): boolean =>
      pid !== undefined && (pid === String(process.pid) || isOurs(parents.get(pid)));
    return running
      .filter(isOurs)
      .map((pid) => readOf(pid, "cmdline"))
      .join("\n");
  }

  function parentOf(pid: string): string | undefined {
    return /^PPid:\s*(\d+)$/m.exec(readOf(pid, "status"))?.[1];
  }

  /** Nothing of a process that has ended. */
  function readOf(pid: string, what: string): string {
    try {
      return readFileSync(`/proc/${pid}/${what}`, "utf8");
    } catch {
      return "";
    }
  }
});

test("a proxy is asked for what it is to fetch", async () => {
  const url = "http://files.example/rel";
  for (const [path, content] of [...server.files]) server.files.set(`http://files.example${path}`, content);
  const variables = { http_proxy: `http://127.0.0.1:${server.port}` };
  const args = ["--from", url, "--key", join(home, "key.pem"), "--version", "0.2.0"];
  expect(await install({ variables }, ...args)).toMatchObject({ code: 0 });
  expect(server.asked[0]?.[0]).toBe(`${url}/v0.2.0/SHA256SUMS`);
});

describe("what is missing is told before anything is fetched:", () => {
  /** A folder of programs for the PATH, without any others. */
  function only(...programs: readonly string[]): string {
    const bin = join(home, "only");
    mkdirSync(bin);
    for (const program of programs)
      symlinkSync(
        execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim(),
        join(bin, program),
      );
    return bin;
  }
  const basic = ["sh", "tar", "rm", "mkdir", "mktemp", "cut", "readlink", "uname", "sed", "cat"];

  test.each([
    ["curl", ["openssl", "node", "npm"], "there is no curl"],
    ["openssl", ["curl", "node", "npm"], "there is no openssl"],
    ["npm", ["curl", "openssl", "node"], "it needs Node.js 20.19 or later, below 25, and npm"],
  ])("%s", async (_, there, said) => {
    const { code, output } = await install({ variables: { PATH: only(...basic, ...there) } }, ...usual());
    expect([code, output]).toEqual([1, expect.stringContaining(said)]);
    expect(server.asked).toEqual([]);
  });

  test("a Node that is supported", async () => {
    const bin = only(...basic, "curl", "openssl", "npm");
    writeFileSync(join(bin, "node"), '#!/bin/sh\n[ "$1" = --version ] && echo v18.20.0 || exit 1\n');
    chmodSync(join(bin, "node"), 0o755);
    const { code, output } = await install({ variables: { PATH: bin } }, ...usual());
    expect([code, output]).toEqual([1, expect.stringContaining("this one is v18.20.0")]);
  });

  test.each([
    [["--version", "0.2.0", "--without-signature"], "it is not known from where"],
    [["--from", "https://files", "--without-signature"], 'the version is ""'],
    [["--from", "https://files", "--version", "../..", "--without-signature"], 'the version is "../.."'],
    [["--from", "https://files", "--version", "0.2.0"], "nothing says who signs its releases"],
    [["--from", "https://files", "--version", "0.2.0", "--key", "none.pem"], "none.pem cannot be read"],
    [["--from"], "--from has no value"],
    [["--bogus"], "there is no option --bogus"],
    [["--form", "https://files"], "there is no option --form"],
    [["--uninstall"], "there is nothing of it in "],
  ])("%j", async (args, said) => {
    const { code, output } = await install({}, ...args);
    const verb = args.includes("--uninstall") ? "uninstall" : "install";
    expect([code, output]).toEqual([1, expect.stringContaining(`Cannot ${verb} ${name}: ${said}`)]);
  });
});

test("with --image, the command runs the image at the digest that the release has signed", async () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const digests = `${digest} linux/amd64\n${digest.replaceAll("a", "b")} linux/arm64\n`;
  const files = { [file("0.2.0")]: packageOf("0.2.0"), "image-digests.txt": Buffer.from(digests) };
  publish("0.2.0", signed(files, key));
  const bin = join(home, "docker-bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "docker"), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(bin, "docker"), 0o755);
  const variables = { PATH: `${bin}:${process.env["PATH"] ?? ""}` };
  const image = "registry-rs.example/edge-orch/common/edge-orchestrator-aws";
  expect(await install({ variables }, ...usual(), "--image", image)).toMatchObject({ code: 0 });
  mkdirSync(join(home, ".aws"));
  const command = {
    program: join(home, ".local/bin/provision"),
    folder: home,
    variables: { ...variables, HOME: home },
  };
  const { output } = await runCommand(command, "--env", "two words");
  const pinned = process.arch === "arm64" ? digest.replaceAll("a", "b") : digest;
  expect(output.trim().split("\n").slice(-3)).toEqual([`${image}@${pinned}`, "--env", "two words"]);
  expect(output).toContain(`${home}/.aws:/home/provision/.aws:ro\n`);

  publish("0.3.0", signed(files, key));
  const older = await install({ variables }, ...usual(), "--version", "0.3.0", "--image", image);
  expect([older.code, older.output]).toEqual([
    1,
    expect.stringContaining(`SHA256SUMS has no ${file("0.3.0")}, so that it is not of version 0.3.0`),
  ]);
});

describe.skipIf(missing("cosign"))("cosign", () => {
  const cosign = (...args: readonly string[]) =>
    runCommand(
      { program: tools.cosign ?? "", folder: home, variables: { COSIGN_PASSWORD: "", HOME: home } },
      ...args,
    );

  test("signs what openssl verifies, and verifies it where there is no openssl", async () => {
    await cosign("generate-key-pair");
    writeFileSync(join(home, "SHA256SUMS"), server.files.get("/rel/v0.2.0/SHA256SUMS") ?? "");
    const local = ["--use-signing-config=false", "--tlog-upload=false", "--new-bundle-format=false"];
    await cosign(
      "sign-blob",
      "--yes",
      "--key",
      "cosign.key",
      ...local,
      "--output-signature",
      "sig",
      "SHA256SUMS",
    );
    server.files.set("/rel/v0.2.0/SHA256SUMS.sig", readFileSync(join(home, "sig")));
    const args = [...usual(), "--key", join(home, "cosign.pub")];
    expect(await install({}, ...args)).toMatchObject({ code: 0 });
    const bin = join(home, "without-openssl");
    mkdirSync(bin);
    for (const program of "sh rm tar gzip chmod mktemp cut readlink uname sed cat awk sha256sum mkdir ln mv node npm curl env".split(
      " ",
    ))
      symlinkSync(
        execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim(),
        join(bin, program),
      );
    symlinkSync(tools.cosign ?? "", join(bin, "cosign"));
    const variables = { PATH: bin };
    expect(await install({ variables }, ...args)).toMatchObject({ code: 0 });
    server.files.set("/rel/v0.2.0/SHA256SUMS", Buffer.from("changed"));
    expect((await install({ variables }, ...args)).output).toContain("SHA256SUMS is not signed by ");
  });
});

describe.skipIf(missing("oras", "dockerRegistry"))("oras", () => {
  test("fetches a release that is an artefact of a registry, as a user with a token", async () => {
    const port = await freePort();
    const token = 'se"cret\\token';
    // Of this token, by bcrypt, which is all that the registry takes.
    const hashed = "$2b$04$jRrbJw8I/W2hh.p5L0e0ZeDrTIPC0OTb8u.9ERSrWTb9576uHeteC";
    writeFileSync(join(home, "htpasswd"), `any:${hashed}\n`);
    const config = {
      version: 0.1,
      storage: { filesystem: { rootdirectory: join(home, "registry") } },
      auth: { htpasswd: { realm: "releases", path: join(home, "htpasswd") } },
      http: { addr: `127.0.0.1:${port}` },
    };
    writeFileSync(join(home, "registry.json"), JSON.stringify(config));
    const started = startCommand(
      { program: tools.dockerRegistry ?? "", folder: home, variables: {} },
      "serve",
      "registry.json",
    );
    try {
      const release = signed({ [file("0.2.0")]: packageOf("0.2.0") }, key);
      for (const [path, content] of release) writeFileSync(join(home, path), content);
      // To this name alone, oras speaks HTTP without being told.
      const repository = `localhost:${port}/common/${name}`;
      const oras = { program: tools.oras ?? "", folder: home, variables: { HOME: home } };
      const push = [
        "push",
        "--username",
        "any",
        "--password",
        token,
        `${repository}:v0.2.0`,
        ...release.keys(),
      ];
      await expect
        .poll(async () => (await runCommand(oras, ...push)).code, { timeout: 30_000, interval: 500 })
        .toBe(0);
      const variables = { PATH: `${dirname(tools.oras ?? "")}:${process.env["PATH"] ?? ""}` };
      const args = ["--from", repository, "--version", "0.2.0", "--key", join(home, "key.pem")];
      const refused = await install({ variables }, ...args);
      expect([refused.code, refused.output]).toEqual([
        1,
        expect.stringContaining(`${repository}:v0.2.0 cannot be pulled`),
      ]);
      const { code, output } = await install({ variables: { ...variables, RELEASE_TOKEN: token } }, ...args);
      expect(code).toBe(0);
      expect(output).not.toMatch(/cret.{1,4}token/);
      expect(installed().version()).toBe("0.2.0");

      const stamped = { version: "0.3.0", publicKey: key.publicKey, identity: "", issuer: "" };
      writeFileSync(join(home, "stamped.sh"), stampInstaller(readFileSync(script, "utf8"), stamped));
      const attacker = newKey();
      const forged = signed({ [file("0.3.0")]: packageOf("0.3.0") }, attacker);
      forged.set("key.pem", Buffer.from(attacker.publicKey));
      for (const [path, content] of forged) writeFileSync(join(home, path), content);
      const login = ["--username", "any", "--password", token];
      expect(
        await runCommand(oras, "push", ...login, `${repository}:v0.3.0`, ...forged.keys()),
      ).toMatchObject({ code: 0 });
      const user = {
        program: "sh",
        folder: home,
        variables: { ...variables, HOME: home, RELEASE_TOKEN: token },
      };
      expect(await runCommand(user, "stamped.sh", "--from", repository)).toMatchObject({
        code: 1,
        output: expect.stringContaining("SHA256SUMS is not signed by "),
      });
      expect(installed().version()).toBe("0.2.0");
    } finally {
      process.kill(started.pid);
      await started.ended;
    }
  });
});

test("the versions of Node are those of the package", () => {
  const manifest = JSON.parse(readFileSync(join(dirname(script), "../package.json"), "utf8"));
  expect(manifest.engines.node).toBe(">=20.19 <25");
});
