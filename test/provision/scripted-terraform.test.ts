import { afterAll, expect, test, vi } from "vitest";
import { UserError } from "../../lib/errors";
import { removeWorlds } from "./real-world";
import { type Rule, runScripted, type ScriptedRun } from "./scripted";

afterAll(removeWorlds);

const every = ["init", "plan", "show", "apply", "output"];
const noise = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x22, 0xc3, 0x28, 0x0a]);

/** Ends the run as an operator would, by Ctrl-C; without a third argument, as often as it takes. */
async function interrupt(scripted: ScriptedRun, command: string): Promise<void> {
  await vi.waitUntil(() => scripted.calls().at(-1) === command, { timeout: 30_000, interval: 20 });
  process.emit("SIGINT");
}

test.each<[string, Record<string, Rule>]>([
  [
    "lines before and after it",
    { plan: { before: "[command]\n{not JSON\n[1]\n", after: "::debug::done\n" } },
  ],
  ["lines before a document", { show: { before: "WARN: an old version\n" }, output: { before: "hello\n" } }],
  [
    "bytes that are no UTF-8",
    Object.fromEntries(every.map((name) => [name, { before: noise, error: noise }])),
  ],
  ["a line of 8 MB", { plan: { zeros: 8e6, before: "\n" }, apply: { zeros: 8e6, before: "\n" } }],
  [
    "noise on standard error",
    Object.fromEntries(every.map((name) => [name, { error: "warning: slow disk\n" }])),
  ],
  ["a last line without an end", { apply: { after: '{"@message": "cut' }, plan: { after: "cut" } }],
  ["a line before its version", { version: { before: "Downloading 1.11.4\n" } }],
])("%s does not disturb a run", async (_, rules) => {
  const scripted = runScripted(rules);
  expect(await scripted.outcome).toBe(0);
  expect(scripted.calls()).toEqual(["version", ...every]);
  expect(scripted.world.printed.join("\n")).toMatch(/nap {2}applied {13}1 added/);
});

test.each([
  [
    "a plan that is cut off",
    { plan: { cut: 60, code: 2 } },
    /nap": .*terraform.* plan ended with exit code 2, but without a summary/,
  ],
  ["a plan that says nothing", { plan: { silent: true, code: 2 } }, /without a summary/],
  ["changes with exit code 0", { plan: { code: 0 } }, /its plan has 1 change, but .* ended with exit code 0/],
  [
    "a plan that is no JSON",
    { show: { silent: true, before: "Usage: terraform\n" } },
    /show" printed no JSON/,
  ],
  ["outputs that are cut off", { output: { cut: 1 } }, /output" printed no JSON/],
] as [string, Record<string, Rule>, RegExp][])(
  "%s ends the run with a message",
  async (_, rules, message) => {
    const outcome = await runScripted(rules).outcome;
    expect(outcome).toBeInstanceOf(UserError);
    expect(String(outcome)).toMatch(message);
  },
);

test.each([
  ["init", 255],
  ["plan", 126],
  ["plan", 3],
  ["show", 130],
  ["apply", 2],
  ["output", 127],
] as const)("%s that ends with exit code %i has failed, and nothing runs after it", async (command, code) => {
  const scripted = runScripted({ [command]: { code, error: "it broke\n" } });
  expect(await scripted.outcome).toBeInstanceOf(UserError);
  expect(scripted.calls().at(-1)).toBe(command);
});

test.each(["SIGKILL", "SIGABRT"] as const)("a Terraform that ends by %s has failed", async (signal) => {
  const scripted = runScripted({ apply: { silent: true, signal } });
  const outcome = await scripted.outcome;
  expect(outcome).toBeInstanceOf(UserError);
  expect(String(outcome)).toContain('Cannot apply "nap"');
});

test("one Ctrl-C lets a Terraform that says nothing go on, a second one interrupts it", async () => {
  const scripted = runScripted({ apply: { silent: true, hang: "until interrupted" } });
  await interrupt(scripted, "apply");
  await new Promise((done) => setTimeout(done, 300));
  expect(scripted.calls().at(-1)).toBe("apply");
  process.emit("SIGINT");
  expect(await scripted.outcome).toMatchObject({ exitCode: 7 });
  expect(scripted.calls().at(-1)).toBe("apply SIGINT");
});

test.each(["show", "apply"])("the third Ctrl-C ends a deaf %s", async (command) => {
  const scripted = runScripted({ [command]: { silent: true, hang: "deaf" } });
  await interrupt(scripted, command);
  process.emit("SIGINT");
  await vi.waitUntil(() => scripted.calls().at(-1) === `${command} SIGINT`, {
    timeout: 30_000,
    interval: 20,
  });
  process.emit("SIGINT");
  expect(await scripted.outcome).toMatchObject({ exitCode: 7 });
});

test.each<[string, Rule, string]>([
  ["no JSON", { silent: true, before: "Terraform v1.11.4\n" }, 'prints no version, but "Terraform v1.11.4"'],
  ["nothing", { silent: true }, 'prints no version, but ""'],
  ["an old version", { silent: true, before: '{"terraform_version": "1.5.7"}' }, "is version 1.5.7"],
  ["no number", { silent: true, before: '{"terraform_version": "latest"}' }, "is version latest"],
  [
    "an error",
    { silent: true, error: "no such version\n", code: 3 },
    'prints no version, but "no such version"',
  ],
])("a program whose version is %s is refused before anything runs", async (_, version, message) => {
  const scripted = runScripted({ version });
  const outcome = await scripted.outcome;
  expect(outcome).toMatchObject({ exitCode: 4 });
  expect(String(outcome)).toContain(message);
  expect(scripted.calls()).toEqual(["version"]);
});
