import { beforeEach, expect, test } from "vitest";
import { FileError, UserError } from "../../lib/errors";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { toyEnvironment } from "./toys";

const wrong = toyEnvironment
  .replace("name: dev", "name: Dev")
  .replace("parent: example.com", "parent: example")
  .concat("layers: { ground: { cdir: 10.0.0.0/16 } }\n");
let world: FakeWorld;

beforeEach(() => {
  world = new FakeWorld();
});

async function validate(line = "validate"): Promise<{ readonly code: unknown; readonly text: string }> {
  const start = world.printed.length;
  const code = await run(world, line);
  return { code, text: world.printed.slice(start).join("\n") };
}

test("a valid file has one line, and nothing is run, asked or left behind", async () => {
  Object.assign(world.aws, { send: () => Promise.reject(new Error("AWS was asked")) });
  expect(await validate("validate --env dev")).toEqual({
    code: 0,
    text: "configs/dev.yaml: dev in account 123456789012, us-west-2, 4 layers\nvalid",
  });
  expect(world.ran).toEqual([]);
  expect([...world.texts.keys()]).toEqual(["configs/dev.yaml"]);
});

test("every problem has file, line, column, setting and hint", async () => {
  world.texts.set("configs/dev.yaml", wrong);
  const { code, text } = await validate("validate --env dev");
  expect(code).toBe(3);
  expect(text.split("\n")).toEqual([
    'configs/dev.yaml:1:7 name: "Dev" is not accepted',
    '    It must be lower-case letters, digits and single dashes, e.g. "staging"',
    'configs/dev.yaml:9:11 domain.parent: "example" is not accepted',
    '    It must be a lower-case domain name, e.g. "example.com"',
    'configs/dev.yaml:13:21 layers.ground.cdir: unknown setting; did you mean "cidr"?',
    "    Known here: cidr",
    "configs/dev.yaml: 3 problems",
    "invalid",
  ]);
});

test("the document has positions for editors", async () => {
  world.texts.set("configs/dev.yaml", wrong);
  const { code, text } = await validate("validate --env dev --json");
  expect(code).toBe(3);
  expect(JSON.parse(text)).toEqual({
    valid: false,
    files: [
      {
        file: "configs/dev.yaml",
        valid: false,
        problems: [
          expect.objectContaining({ severity: "error", line: 1, column: 7, path: "name" }),
          expect.objectContaining({ line: 9, column: 11, path: "domain.parent" }),
          {
            ...{
              severity: "error",
              file: "configs/dev.yaml",
              line: 13,
              column: 21,
              path: "layers.ground.cdir",
            },
            ...{ message: 'unknown setting; did you mean "cidr"?', hint: "Known here: cidr" },
          },
        ],
      },
    ],
  });
  const { text: fine } = await validate("validate --format json --env dev");
  expect(JSON.parse(fine)).toMatchObject({ valid: false });
});

test("the document of a valid file says what it describes", async () => {
  const { text } = await validate("validate --env dev --json");
  expect(JSON.parse(text)).toEqual({
    valid: true,
    files: [
      {
        ...{ file: "configs/dev.yaml", valid: true, layers: 4, problems: [] },
        environment: { name: "dev", account: "123456789012", region: "us-west-2" },
      },
    ],
  });
});

test("GitHub gets annotations, with what would end them escaped", async () => {
  world.texts.set("configs/50%, a:b.yaml", "name: Dev\n");
  const { code, text } = await validate("validate --format github");
  expect(code).toBe(3);
  expect(text).toMatch(
    /^::error file=configs\/50%25%2C a%3Ab\.yaml,line=1,col=7,title=name::"Dev" is not accepted%0AIt must be lower-case letters, digits/m,
  );
  expect(text).toMatch(/^::error file=[^\n]*title=account::is missing%0AAdd "account": AWS/m);
});

test("without --env, every file in configs/ is checked, and nothing else there", async () => {
  world.texts.set("configs/prod.yaml", wrong);
  world.texts.set("configs/schema.json", "{}");
  world.texts.set("configs/old/dev.yaml", wrong);
  const { code, text } = await validate();
  expect(code).toBe(3);
  expect(text).toContain("configs/dev.yaml: dev in account");
  expect(text).toContain("configs/prod.yaml: 3 problems\n1 of 2 files are invalid");
  world.texts.set("configs/prod.yaml", toyEnvironment.replace("name: dev", "name: prod"));
  expect(await validate()).toMatchObject({ code: 0, text: expect.stringMatching(/all 2 files are valid$/) });
});

test("several files can be named, and one that does not exist is a problem of its own", async () => {
  world.texts.set("elsewhere/dev.yaml", toyEnvironment);
  const { code, text } = await validate("validate --env dev,prod --env elsewhere/dev.yaml");
  expect(code).toBe(3);
  expect(text).toContain("elsewhere/dev.yaml: dev in account");
  expect(text).toContain('configs/prod.yaml Cannot read environment "prod"');
  expect(text).toContain("1 of 3 files are invalid");
});

test("an older file is valid, with a warning", async () => {
  world.texts.set("configs/dev.yaml", toyEnvironment.replace(/version: .*\n/, ""));
  const { code, text } = await validate("validate --env dev --json");
  expect(code).toBe(0);
  expect(JSON.parse(text).files[0].problems).toEqual([
    expect.objectContaining({
      severity: "warning",
      hint: "Run: npx ts-node scripts/provision.ts migrate --env dev",
    }),
  ]);
});

test("what only a synthesis finds is a problem too", async () => {
  const error = new UserError('Cannot name "x": it has 70 characters', "Shorten the name");
  Object.assign(world.product, { synthesise: () => Promise.reject(error) });
  expect(await validate("validate --env dev")).toEqual({
    code: 3,
    text: 'configs/dev.yaml Cannot name "x": it has 70 characters\n    Shorten the name\nconfigs/dev.yaml: 1 problem\ninvalid',
  });
});

test("a folder without configs/ is said to have none", async () => {
  world.texts.clear();
  expect((await validate()).code).toMatchObject({
    message: "Cannot validate: the current folder has no environment files in configs/",
    hint: "Change to the folder that has them; or run, to create one here: npx ts-node scripts/provision.ts init --env <name>",
    exitCode: 3,
  });
});

test("a synthesis that cannot write is a failure of the run, and no problem of the file", async () => {
  const outdirs: string[] = [];
  Object.assign(world.product, {
    synthesise: (_: unknown, __: unknown, { outdir }: { readonly outdir: string }) => {
      outdirs.push(outdir);
      return Promise.reject(new FileError("Cannot write: no space is left on the device", "Free disk space"));
    },
  });
  expect(await validate("validate --env dev")).toEqual({
    code: expect.objectContaining({ hint: "Free disk space", exitCode: 1 }),
    text: "",
  });
  expect(outdirs).toEqual(["/tmp/provision-1"]);
});
