#!/usr/bin/env node
// A Terraform for what the real one cannot be made to do. It works on one object, and does what the file in SCRIPTED_TERRAFORM
// says: { "calls": <file for the commands and signals>, "rules": { "<command>": { … } } }, see scripted.ts.
const { Buffer } = require("node:buffer");
const fs = require("node:fs");
const { basename } = require("node:path");
const process = require("node:process");
const { setInterval } = require("node:timers");

const script = JSON.parse(fs.readFileSync(process.env.SCRIPTED_TERRAFORM, "utf8"));
const [first = "", second = ""] = process.argv.slice(2);
const command = first === "state" ? `${first} ${second}` : first;
const rule = script.rules[command] ?? {};
const note = (text) => fs.appendFileSync(script.calls, `${text}\n`);
const stateFile = `${script.calls}.${basename(process.cwd())}.tfstate`;
const applied = () => fs.existsSync(stateFile);
const say = (message) => JSON.stringify({ "@level": "info", "@message": "", ...message });
const resource = { addr: "aws_vpc.vpc", resource_type: "aws_vpc" };
const change = {
  actions: ["create"],
  before: null,
  after: { cidr_block: "10.0.0.0/16" },
  after_unknown: { id: true },
};

/** What the real one says and does, as far as a run asks for it. */
const commands = {
  version: () => ({ out: '{"terraform_version": "1.11.4"}\n' }),
  init: () => ({ out: "Terraform has been successfully initialized!\n" }),
  plan: () => {
    const file = process.argv.find((word) => word.startsWith("-out="));
    if (file) fs.writeFileSync(file.slice(5), "a plan");
    const changes = { add: applied() ? 0 : 1, change: 0, import: 0, remove: 0, operation: "plan" };
    const planned = applied()
      ? []
      : [say({ type: "planned_change", change: { resource, action: "create" } })];
    const lines = [...planned, say({ type: "change_summary", changes })];
    return { out: `${lines.join("\n")}\n`, code: applied() ? 0 : 2 };
  },
  show: () => ({
    out: `${JSON.stringify({
      format_version: "1.2",
      resource_changes: applied()
        ? []
        : [{ address: resource.addr, mode: "managed", type: "aws_vpc", name: "vpc", change }],
    })}\n`,
  }),
  apply: () => ({
    out: `${[
      ...["apply_start", "apply_complete"].map((type) => say({ type, hook: { resource, action: "create" } })),
      say({
        type: "change_summary",
        changes: { add: 1, change: 0, import: 0, remove: 0, operation: "apply" },
      }),
    ].join("\n")}\n`,
    done: () =>
      fs.writeFileSync(
        stateFile,
        '{"version":4,"serial":1,"lineage":"scripted","outputs":{},"resources":[]}',
      ),
  }),
  output: () => ({ out: "{}\n" }),
  "state pull": () => ({ out: applied() ? fs.readFileSync(stateFile, "utf8") : "" }),
};

/** Written whole before it ends, however much it is. */
function write(descriptor, content) {
  for (let at = 0; at < content.length;) {
    try {
      at += fs.writeSync(descriptor, content, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

note(command);
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    note(`${command} ${signal}`);
    if (rule.hang === "until interrupted") process.exit(1);
  });

const usual = commands[command]?.() ?? {};
if (rule.before) write(1, Buffer.from(rule.before, "base64"));
if (rule.zeros) write(1, Buffer.alloc(rule.zeros, "0"));
if (!rule.silent) write(1, Buffer.from(rule.cut ? usual.out.slice(0, rule.cut) : (usual.out ?? "")));
if (rule.after) write(1, Buffer.from(rule.after, "base64"));
if (rule.error) write(2, Buffer.from(rule.error, "base64"));
if (rule.hang) setInterval(() => undefined, 1000);
else if (rule.signal) process.kill(process.pid, rule.signal);
else {
  const code = rule.code ?? usual.code ?? 0;
  if (rule.code === undefined || rule.code === 0) usual.done?.();
  process.exitCode = code;
}
if (rule.signal) setInterval(() => undefined, 1000);
