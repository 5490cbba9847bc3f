import { spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UserError } from "../../lib/errors";
import { fileError } from "../../lib/file-error";
import { renderDiagnostic } from "../../scripts/provision/terraform/diagnostics";
import { readUiMessage } from "../../scripts/provision/terraform/ui-message";
import { filesBelow } from "../../scripts/provision/world/files";
import { network } from "../../scripts/provision/world/network";
import { reportLostOutput } from "../../scripts/provision/world/lost-output";
import { processesBelow } from "../../scripts/provision/world/processes";
import { processTerminal } from "../../scripts/provision/world/terminal";

const processesFile = require.resolve("../../scripts/provision/world/processes.ts");

let root: string;
const command = (program: string, ...args: string[]) => ({
  program,
  arguments: args,
  folder: ".",
  environment: { PATH: process.env["PATH"] ?? "" },
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "world-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test("logs and secret files are readable only by their owner", () => {
  const files = filesBelow(root);
  files.append("logs/a.log", "one\n");
  files.append("logs/a.log", "two\n");
  files.write("plan", "", "secret");
  expect(files.read("logs/a.log")).toBe("one\ntwo\n");
  expect([
    statSync(join(root, "logs/a.log")).mode & 0o777,
    statSync(join(root, "plan")).mode & 0o777,
  ]).toEqual([0o600, 0o600]);
});

test("a file that is replaced keeps its rights, and a link to it stays a link", () => {
  const files = filesBelow(root);
  files.write("team/dev.yaml", "one");
  chmodSync(join(root, "team/dev.yaml"), 0o640);
  symlinkSync("team/dev.yaml", join(root, "dev.yaml"));
  files.write("dev.yaml", "two");
  expect(files.read("team/dev.yaml")).toBe("two");
  expect(lstatSync(join(root, "dev.yaml")).isSymbolicLink()).toBe(true);
  expect(statSync(join(root, "team/dev.yaml")).mode & 0o777).toBe(0o640);
  expect(files.list(".")).toEqual(["dev.yaml", "team/dev.yaml"]);
});

test("what others can change is known", () => {
  const files = filesBelow(root);
  files.write("file", "");
  const own = [0o600, 0o775, 0o666].map((mode) => {
    chmodSync(join(root, "file"), mode);
    return files.isOwn("file");
  });
  expect(own).toEqual([true, true, false]);
  expect([files.isOwn("nothing"), files.isOwn("/"), files.isOwn("/tmp")]).toEqual([true, true, false]);
});

test.skipIf(process.getuid?.() !== 0)("what belongs to another user is known", () => {
  const files = filesBelow(root);
  files.write("file", "");
  chownSync(join(root, "file"), 65534, 65534);
  expect(files.isOwn("file")).toBe(false);
});

test("what stands at a path is known without opening it", () => {
  const files = filesBelow(root);
  files.write("folder/file", "");
  symlinkSync("folder/file", join(root, "link"));
  symlinkSync("nowhere", join(root, "broken"));
  symlinkSync("/dev/zero", join(root, "device"));
  const kinds = ["folder/file", "link", "folder", "broken", "device", "nothing", "folder/file/below"];
  expect(kinds.map((path) => files.kind(path))).toEqual([
    ...["file", "file", "folder", "broken link", "other", "nothing", "nothing"],
  ]);
  expect(kinds.filter((path) => files.isLink(path))).toEqual(["link", "broken", "device"]);
});

test("a file that cannot be replaced leaves no draft of it", () => {
  const files = filesBelow(root);
  files.write("taken/by/a/folder", "");
  expect(() => {
    files.write("taken/by", "text");
  }).toThrow('Cannot write "taken/by": it is a folder');
  expect(files.list(".")).toEqual(["taken/by/a/folder"]);
});

test("whether a file can be written is found out without writing it", () => {
  const files = filesBelow(root);
  files.write("file", "");
  files.assertWritable("file");
  files.assertWritable("new/folder/file");
  expect(() => {
    files.assertWritable(".");
  }).toThrow("it is a folder");
  expect(() => {
    files.assertWritable("file/below");
  }).toThrow("a part of the path is a file, not a folder");
  expect(files.list(".")).toEqual(["file"]);
});

test("a file is created where nothing is, and replaces neither a file nor a link to nowhere", () => {
  const files = filesBelow(root);
  expect(files.create("configs/dev.yaml", "one")).toBe(true);
  expect(files.create("configs/dev.yaml", "two")).toBe(false);
  symlinkSync("nowhere", join(root, "link"));
  expect(files.create("link", "two")).toBe(false);
  expect(files.read("configs/dev.yaml")).toBe("one");
  expect(files.list(".")).toEqual(["configs/dev.yaml", "link"]);
});

test.each([
  ["/proc/x/y", "no file or folder can be created there", "Choose another path"],
  ["/dev/full", "no space is left on the device", "Free disk space, and run the command again"],
  ["file/below", "a part of the path is a file, not a folder", "Choose a path below a folder"],
  [
    "dangling/below",
    "a part of the path is a symbolic link that leads nowhere",
    "Correct or remove the link, or choose another path",
  ],
  ["loop/below", "its symbolic links form a loop", 'Correct the links: ls -l "loop/below"'],
  ["x".repeat(300), "the path is too long", "Choose a shorter path"],
  ["null\0byte", "the path contains a null byte", "Correct the path"],
])("a file that cannot be written is named with the reason and what to do: %s", (path, truth, hint) => {
  // Other systems have neither.
  if (/^\/(proc|dev)\//.test(path) && !existsSync(dirname(dirname(path)))) return;
  const files = filesBelow(root);
  writeFileSync(join(root, "file"), "");
  symlinkSync("loop", join(root, "loop"));
  symlinkSync("nowhere", join(root, "dangling"));
  for (const write of ["write", "append"] as const) {
    const error = failureOf(() => {
      files[write](path, "text");
    });
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message: `Cannot write "${path}": ${truth}`, hint });
  }
});

test("a file that may not be read is named, and one below a file does not exist", () => {
  const files = filesBelow(root);
  files.write("file", "");
  expect(files.read("file/below")).toBeUndefined();
  files.remove("file/below");
  const denied = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", syscall: "open" });
  const attempt = { verb: "read", path: "configs/dev.yaml" } as const;
  expect(fileError(denied, attempt)).toMatchObject({
    message: 'Cannot read "configs/dev.yaml": permission is denied',
    hint: "Give your user the permission, or choose another path",
  });
  const unknown = Object.assign(new Error("EIO: i/o error"), { code: "EIO", syscall: "read" });
  expect(fileError(unknown, attempt)).toMatchObject({
    message: 'Cannot read "configs/dev.yaml": the system reports EIO',
    hint: "Check the disk or the network share, and run the command again",
  });
});

test("a file that nobody chose needs a folder that can be written", () => {
  const denied = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", syscall: "mkdir" });
  expect(fileError(denied, { verb: "write", path: ".provision/dev/run.lock" })).toMatchObject({
    hint: "Run the command in a folder that your user may write to",
  });
  const temporary = filesBelow(root).temporary();
  expect(fileError(denied, { verb: "write", path: temporary })).toMatchObject({
    hint: "Set TMPDIR to a folder that your user may write to",
  });
});

/** What is printed, and the exit code, when standard output fails. */
function lostBy(
  codes: readonly string[],
  isTTY = false,
): readonly [printed: readonly string[], exitCode: number] {
  const printed: string[] = [];
  const process = Object.assign(new EventEmitter(), { exitCode: 0, stdout: { isTTY } });
  const listener = reportLostOutput(process, (text) => printed.push(text));
  for (const code of codes) listener(Object.assign(new Error(code), { code, syscall: "write" }));
  process.emit("exit");
  return [printed, process.exitCode];
}

test("output that is lost on a full or broken disk is reported once, and fails the process", () => {
  const full =
    '\nCannot write "standard output": no space is left on the device\n  Free disk space, and run the command again';
  expect(lostBy(["ENOSPC", "ENOSPC"])).toEqual([[full], 1]);
  expect(lostBy(["EIO"])).toMatchObject([
    [expect.stringContaining('Cannot write "standard output": the system reports EIO')],
    1,
  ]);
});

test("who closes a pipe or a terminal is told nothing", () => {
  expect([lostBy(["EPIPE"]), lostBy(["EIO"], true)]).toEqual([
    [[], 0],
    [[], 0],
  ]);
});

test("an error of the file system is recognised wherever it comes from, and others are not", () => {
  const system = failureOf(() => readFileSync(root));
  expect(fileError(Object.assign(system, { path: root }))).toMatchObject({
    message: `Cannot use "${root}": it is a folder`,
  });
  const full = Object.assign(new Error(), { code: "ENOSPC", syscall: "write" });
  expect(fileError(full)).toMatchObject({
    message: "Cannot use a file: no space is left on the device",
    hint: "Free disk space, and run the command again",
  });
  const closed = Object.assign(new Error(), { code: "ECONNRESET", syscall: "read" });
  expect(fileError(closed)).toBeUndefined();
  const spawned = Object.assign(new Error(), { code: "ENOENT", syscall: "spawn sh", path: "sh" });
  expect(fileError(spawned)).toBeUndefined();
  expect(fileError(new TypeError("a bug"))).toBeUndefined();
});

function failureOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}

test("files are listed below their folder, sorted, and a folder reads as no file", () => {
  const files = filesBelow(root);
  files.write("a/c/2", "");
  files.write("a/b/1", "");
  files.write("d/3", "");
  symlinkSync("../d", join(root, "a/link"));
  expect(files.list("a")).toEqual(["b/1", "c/2", "link"]);
  expect(files.list("nowhere")).toEqual([]);
  expect(files.read("a")).toBeUndefined();
});

test("a process exists until it has ended", async () => {
  const processes = processesBelow(root);
  const { stdout } = await processes.run(command("sh", "-c", "echo $$"));
  expect([process.pid, 1, Number(stdout)].map((pid) => processes.exists(pid))).toEqual([true, true, false]);
});

test("a program runs with the given environment variables only, and its output is streamed", async () => {
  const lines: string[] = [];
  const script = 'echo "$HOME-$GIVEN"; printf last; echo oops >&2; exit 3';
  const finished = await processesBelow(root).run({
    ...command("sh", "-c", script),
    environment: { PATH: process.env["PATH"] ?? "", GIVEN: "yes" },
    onLine: (line) => lines.push(line),
  });
  expect(finished).toMatchObject({ exitCode: 3, stdout: "-yes\nlast", stderr: "oops\n" });
  expect(lines).toEqual(["-yes", "last"]);
});

test("standard error is streamed too", async () => {
  const lines: string[] = [];
  const onErrorLine = (line: string) => lines.push(line);
  await processesBelow(root).run({ ...command("sh", "-c", "echo one >&2; printf two >&2"), onErrorLine });
  expect(lines).toEqual(["one", "two"]);
});

test("an interrupt reaches all that a command has started, when that is wanted", async () => {
  const processes = processesBelow(root);
  // The inner shell is there when it says so; the outer one waits for it.
  const script = "sh -c 'echo ready; exec sleep 25'; true";
  const ended = processes.run({
    ...command("sh", "-c", script),
    interrupts: "group",
    onLine: () => {
      processes.signal("SIGINT");
    },
  });
  expect((await ended).seconds).toBeLessThan(20);
}, 40_000);

test("a program that does not exist ends with 127, as in a shell", async () => {
  expect(await processesBelow(root).run(command("no-such-program"))).toMatchObject({ exitCode: 127 });
});

test("a command whose background process keeps its output open ends a second after it", async () => {
  const lines: string[] = [];
  const script = "sleep 30 & echo $!; printf last; exit 3";
  const finished = await processesBelow(root).run({
    ...command("sh", "-c", script),
    timeoutSeconds: 60,
    onLine: (line) => lines.push(line),
  });
  const [sleeping = "", last] = lines;
  expect(sleeping).toMatch(/^\d+$/);
  process.kill(Number(sleeping));
  expect(finished).toMatchObject({ exitCode: 3, stdout: `${sleeping}\nlast` });
  expect(last).toBe("last");
  expect(finished.seconds).toBeLessThan(15);
}, 40_000);

test("a timeout ends a command whose child has left its process group", async () => {
  const child = `require("node:child_process").spawn("sleep", ["30"], { detached: true, stdio: "inherit" })`;
  const finished = await processesBelow(root).run({
    ...command(process.execPath, "-e", `console.log(${child}.pid)`),
    timeoutSeconds: 5,
  });
  expect(finished.stdout).toMatch(/^\d+\n$/);
  process.kill(Number(finished.stdout));
  expect(finished.exitCode).toBe(128);
  expect(finished.seconds).toBeLessThan(15);
}, 40_000);

// A folder that is a file; arguments that are too long; a NUL byte, which Node refuses before it starts anything.
test.each([
  ["./file/program", [], "spawn ENOTDIR"],
  ["sh", ["-c", "true", "x".repeat(4_000_000)], "spawn E2BIG"],
  ["x".repeat(5000), [], "spawn ENAMETOOLONG"],
  ["sh", ["-c", "secret\0"], "The argument 'args[1]' must be a string without null bytes"],
])("a program that cannot be started ends with 126 and the reason", async (program, args, reason) => {
  writeFileSync(join(root, "file"), "");
  const lines: string[] = [];
  const given = { ...command(program, ...args), onErrorLine: (line: string) => lines.push(line) };
  const stderr = `Cannot start "${program}": ${reason}`;
  expect(await processesBelow(root).run(given)).toMatchObject({ exitCode: 126, stderr: `${stderr}\n` });
  expect(lines).toEqual([stderr]);
  expect(await processesBelow(root).start(given).ended).toMatchObject({ exitCode: 126 });
});

test("child processes run in a separate process group, so that they do not receive Ctrl-C", async () => {
  const { stdout } = await processesBelow(root).run(command("sh", "-c", "ps -o pgid= -p $$; echo $$"));
  const [group, pid] = stdout.split("\n").map((text) => text.trim());
  expect(group).toBe(pid);
});

test("SIGKILL reaches the children's children", async () => {
  const processes = processesBelow(root);
  const running = processes.run(command("sh", "-c", "sleep 60 & echo started; wait"));
  setTimeout(() => {
    processes.signal("SIGKILL");
  }, 300);
  expect((await running).exitCode).toBe(128);
});

test("a program that exceeds its timeout is killed with all processes that it started", async () => {
  const slow = { ...command("sh", "-c", "sleep 60 & echo started; wait"), timeoutSeconds: 0.3 };
  expect(await processesBelow(root).run(slow)).toMatchObject({ exitCode: 128, stdout: "started\n" });
  const quick = { ...command("sh", "-c", "exit 3"), timeoutSeconds: 60 };
  expect(await processesBelow(root).run(quick)).toMatchObject({ exitCode: 3 });
});

test.each([
  ["a message that another one follows in its line", '{"@level":"in{"@level":"info"}\n', true],
  ["a last message without its end", '{"@level":"info"}\n{"@level":"in', undefined],
  ["text in braces", '{"other\n', undefined],
])("output with %s: whether a full disk has cut it off", async (_, text, isCut) => {
  const script = { ...command("printf", "%s", text), outlives: "out" };
  expect((await processesBelow(root).run(script)).isCut).toBe(isCut);
});

test("a command that outlives this process prints to files, which are removed when it has ended", async () => {
  const lines: string[] = [];
  const script = "printf 'grün\\nlast'; echo oops >&2; ls -l out.stdout out.stderr | cut -c1-10 >&2; exit 3";
  const finished = await processesBelow(root).run({
    ...command("sh", "-c", script),
    outlives: "out",
    onLine: (line) => lines.push(line),
  });
  expect(finished).toMatchObject({
    exitCode: 3,
    stdout: "grün\nlast",
    stderr: `oops\n${"-rw-------\n".repeat(2)}`,
  });
  expect(lines).toEqual(["grün", "last"]);
  expect(filesBelow(root).list(".")).toEqual([]);
});

test("a command whose output can go to no file is not started", async () => {
  writeFileSync(join(root, "file"), "");
  const begin = (outlives: string) => async () =>
    processesBelow(root).run({ ...command("sh", "-c", "touch begun"), outlives });
  await expect(begin("file/out")).rejects.toThrow(
    'Cannot write "file/out.stdout": a part of the path is a file, not a folder',
  );
  mkdirSync(join(root, "out.stderr"));
  await expect(begin("out")).rejects.toThrow('Cannot write "out.stderr": the system reports ERR_FS_EISDIR');
  rmSync(join(root, "out.stderr"), { recursive: true });
  expect(filesBelow(root).list(".")).toEqual(["file"]);
});

test("what fails at a line of a command's output does not end this process before the command", async () => {
  const onLine = () => {
    throw new Error("no such line");
  };
  const script = "echo one; sleep 0.2; touch done";
  for (const outlives of ["out", undefined]) {
    const given = { ...command("sh", "-c", script), onLine };
    await expect(
      processesBelow(root).run(outlives === undefined ? given : { ...given, outlives }),
    ).rejects.toThrow("no such line");
    expect(filesBelow(root).list(".")).toEqual(["done"]);
  }
});

test("a command that does not exist leaves no files", async () => {
  const missing = { ...command("no-such-program"), outlives: "out" };
  expect(await processesBelow(root).run(missing)).toMatchObject({ exitCode: 127 });
  expect(filesBelow(root).list(".")).toEqual([]);
});

test("a command outlives the process that has started it, and prints on", async () => {
  const script = "echo begun; while [ ! -e go ]; do sleep 0.05; done; echo went on; touch done";
  const given = { ...command("sh", "-c", script), outlives: "out" };
  const parent = spawn(
    process.execPath,
    [
      "-r",
      "ts-node/register",
      "-e",
      `require(${JSON.stringify(processesFile)}).processesBelow(${JSON.stringify(root)}).run(${JSON.stringify(given)})`,
    ],
    { stdio: "ignore", cwd: join(__dirname, "../..") },
  );
  const files = filesBelow(root);
  await vi.waitUntil(() => files.read("out.stdout") === "begun\n", 30_000);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  files.write("go", "");
  await vi.waitUntil(() => files.read("done") !== undefined, 30_000);
  expect(files.read("out.stdout")).toBe("begun\nwent on\n");
}, 70_000);

test("a diagnostic reads as Terraform prints it", () => {
  const diagnostic = {
    severity: "error",
    summary: "Invalid index",
    detail: "The given key does not identify an element.",
    address: "aws_subnet.a",
    range: { filename: "cdk.tf.json", start: { line: 7, column: 9 } },
    snippet: {
      context: "resource.aws_subnet.a",
      code: '  "vpc_id": "${local.ids[3]}"',
      start_line: 7,
      values: [{ traversal: "local.ids", statement: "is tuple with 3 elements" }],
    },
  };
  const event = readUiMessage(
    JSON.stringify({ "@message": "Error: Invalid index", type: "diagnostic", diagnostic }),
  );
  expect(event.kind).toBe("diagnostic");
  expect(event.kind === "diagnostic" && renderDiagnostic(event.diagnostic)).toBe(
    [
      "Error: Invalid index",
      "",
      "  with aws_subnet.a,",
      "  on cdk.tf.json line 7, in resource.aws_subnet.a:",
      '   7:   "vpc_id": "${local.ids[3]}"',
      "    ├────────────────",
      "    │ local.ids is tuple with 3 elements",
      "",
      "The given key does not identify an element.",
    ].join("\n"),
  );
});

test("a program is installed if a folder of the PATH has an executable file of its name", () => {
  const processes = processesBelow(root);
  writeFileSync(join(root, "tool"), "#!/bin/sh\n");
  mkdirSync(join(root, "folder"));
  const has = (program: string, PATH = `/nowhere:${root}`) => processes.isInstalled(program, { PATH });
  expect([has("tool"), has("folder"), has("missing")]).toEqual([false, false, false]);
  chmodSync(join(root, "tool"), 0o755);
  expect([has("tool"), has("tool", "/nowhere"), processes.isInstalled("tool", {})]).toEqual([
    true,
    false,
    false,
  ]);
});

test("a status of several lines is erased line by line, from below", () => {
  const written: unknown[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(text) > 0);
  const terminal = processTerminal(() => undefined);
  terminal.status("45 of 81\nwave 1000\nharbor");
  terminal.status();
  write.mockRestore();
  const [erase, up] = ["\r\u001b[2K", "\u001b[1A\u001b[2K"];
  expect(written).toEqual(["45 of 81\nwave 1000\nharbor", `${erase}${up}${up}`]);
});

test("a place connects when something listens there, and within the time that is given", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const connects = () => network.connects({ host: "127.0.0.1", port, seconds: 2 });
  expect(await connects()).toBe(true);
  server.close();
  await once(server, "close");
  expect(await connects()).toBe(false);
  const started = performance.now();
  // Of a range for documentation, which nothing answers.
  await network.connects({ host: "203.0.113.1", port: 80, seconds: 0.2 });
  expect(performance.now() - started).toBeLessThan(1500);
});
