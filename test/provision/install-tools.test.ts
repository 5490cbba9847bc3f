import { beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../lib/errors";
import manifest from "../../release/tools.json";
import { openTofu } from "../../scripts/provision/world/opentofu-release";
import type { Answer, Command, Get } from "../../scripts/provision/world/index";
import { FakeTime } from "./fake-time";
import { FakeWorld } from "./fake-world";
import { rehearseInMemory } from "./rehearsing";
import { answer, filesOf, serving, signedRelease, signingKey, type SigningKey } from "./release-server";
import { run } from "./runs";
import { createHash } from "node:crypto";
import { readKey } from "openpgp";

const cache = "/home/op/.cache/edge-orchestrator-aws/opentofu-1.12.6-linux-x64";
const tofu = `${cache}/tofu`;
const plan = "plan --env dev --install-tools";
const zip = "tofu_1.12.6_linux_amd64.zip";
const program = Buffer.from("the program");

let key: SigningKey;
let other: SigningKey;
let right: Awaited<ReturnType<typeof signedRelease>>;

beforeAll(async () => {
  [key, other] = await Promise.all([signingKey(), signingKey()]);
  right = await signedRelease(program, key);
});

/** A machine without Terraform that reaches a server with these answers. */
function bare(get: (wanted: Get) => Promise<Answer> = serving(right.files)) {
  const world = new FakeWorld();
  world.missing.add("terraform");
  const runCommand = world.processes.run.bind(world.processes);
  Object.assign(world.processes, {
    run: (command: Command) =>
      command.program === "terraform" && world.missing.has("terraform")
        ? Promise.resolve({ exitCode: 127, stdout: "", stderr: "", seconds: 0 })
        : runCommand(command),
  });
  Object.assign(world, { downloads: { platform: "linux-x64", openTofu: right.release, get } });
  new FakeTime(world);
  return world;
}

const programs = (world: FakeWorld) => [...new Set(world.commands.map(({ program: name }) => name))];

async function failureOf(world: FakeWorld, line = plan): Promise<UserError> {
  const failure = await run(world, line);
  if (!(failure instanceof UserError)) throw new Error(`"${line}" ended with ${failure}`);
  return failure;
}

/** What a run with a server of these answers says, after it has left nothing behind. */
async function refusal(get: (wanted: Get) => Promise<Answer>): Promise<string> {
  const world = bare(get);
  const failure = await failureOf(world);
  expect(failure.exitCode).toBe(4);
  expect([...world.programs.keys()]).toEqual([]);
  return failure.message;
}

describe("without a terminal", () => {
  test("--install-tools fetches OpenTofu into the cache folder, and runs it", async () => {
    const asked: Get[] = [];
    const world = bare(serving(right.files, asked));
    world.environment["PROVISION_TOOLS_MIRROR"] = "";
    expect(await run(world, plan)).toBe(0);
    expect(programs(world)).toEqual([tofu]);
    expect(world.programs.get(tofu)).toEqual(program);
    expect(world.texts.get(`${tofu}.sha256`)).toBe(
      `${createHash("sha256").update(program).digest("hex")}  tofu\n`,
    );
    expect(world.printed).toContain(
      `  Fetched OpenTofu 1.12.6 to ${tofu}; signature and checksum are correct`,
    );
    expect(asked.map(({ url }) => url.href)).toEqual(
      ["tofu_1.12.6_SHA256SUMS", "tofu_1.12.6_SHA256SUMS.gpgsig", zip].map(
        (name) => `https://github.com/opentofu/opentofu/releases/download/v1.12.6/${name}`,
      ),
    );
  });

  test("later runs use what was fetched, and fetch nothing", async () => {
    const world = bare();
    await run(world, plan);
    world.commands.splice(0);
    world.printed.splice(0);
    Object.assign(world.downloads, { get: () => Promise.reject(new Error("asked again")) });
    expect(await run(world, "plan --env dev")).toBe(0);
    expect(programs(world)).toEqual([tofu]);
    expect(world.printed.join("\n")).not.toContain("Fetched");
    expect(await run(world, plan)).toBe(0);
  });

  test("what is no longer as it was fetched is not run, and fetched again", async () => {
    const world = bare();
    await run(world, plan);
    world.programs.set(tofu, Buffer.from("half of"));
    expect((await failureOf(world, "plan --env dev")).message).toContain(
      'there is no "terraform" on the PATH',
    );
    expect(await run(world, plan)).toBe(0);
    expect(world.programs.get(tofu)).toEqual(program);
  });

  test.each([cache, cache.replace(/\/[^/]*$/, ""), tofu, `${tofu}.sha256`])(
    "what other users can change is neither run nor written: %s",
    async (path) => {
      const world = bare();
      await run(world, plan);
      world.foreign.add(path);
      world.commands.length = 0;
      expect((await failureOf(world, "plan --env dev")).message).toContain("terraform");
      expect(programs(world)).not.toContain(tofu);
      world.programs.clear();
      expect(await failureOf(world)).toMatchObject({
        message: `Cannot fetch OpenTofu 1.12.6: other users can change "${path}", which it would be run from`,
        hint: `Remove it, or run: chmod o-w ${path}; or set XDG_CACHE_HOME to a folder of your own`,
      });
      expect(world.programs.size).toBe(0);
    },
  );

  test("nothing is fetched without the option, which the hint names", async () => {
    const world = bare(() => Promise.reject(new Error("asked")));
    const failure = await failureOf(world, "plan --env dev");
    expect(failure.message).toBe('Cannot plan "dev": there is no "terraform" on the PATH');
    expect(failure.hint).toContain("or let --install-tools fetch OpenTofu 1.12.6; then run: ");
  });

  test("what a run that was killed has left half written is removed", async () => {
    const world = bare();
    world.texts.set(`${tofu}.99.draft`, "half");
    world.texts.set(`${tofu}.100.draft`, "of a run that goes on");
    world.others.add(100);
    await run(world, plan);
    expect(world.files.list(cache)).toEqual(["tofu.100.draft", "tofu.sha256"]);
  });
});

describe("the Terraform that is used", () => {
  test("is that of the PATH, if it can be used: nothing is fetched", async () => {
    const world = bare(() => Promise.reject(new Error("asked")));
    world.missing.clear();
    expect(await run(world, plan)).toBe(0);
    expect(programs(world)).toEqual(["terraform"]);
  });

  test("is OpenTofu, when that of the PATH is too old", async () => {
    const world = bare();
    world.missing.clear();
    const runCommand = world.processes.run.bind(world.processes);
    Object.assign(world.processes, {
      run: (command: Command) =>
        command.program === "terraform"
          ? Promise.resolve({ exitCode: 0, stdout: '{"terraform_version":"1.5.7"}', stderr: "", seconds: 0 })
          : runCommand(command),
    });
    expect(await run(world, plan)).toBe(0);
    expect(programs(world)).toEqual([tofu]);
    expect((await failureOf(world, "plan --env dev")).message).toContain('"terraform" is version 1.5.7');
  });

  test("is never another than TERRAFORM_BINARY_NAME names", async () => {
    const world = bare(() => Promise.reject(new Error("asked")));
    world.environment["TERRAFORM_BINARY_NAME"] = "terraform";
    expect((await failureOf(world)).hint).toContain(
      ", and set TERRAFORM_BINARY_NAME to it, or unset it; then run",
    );
  });

  test("is what version prints", async () => {
    const world = bare();
    await run(world, plan);
    world.printed.splice(0);
    await run(world, "version");
    expect(world.printed).toContain(`OpenTofu 1.11.4 (${tofu})`);
  });
});

describe("at a terminal", () => {
  const question = `There is no Terraform on the PATH. Fetch OpenTofu 1.12.6, about 30 MB, to ${cache}?`;

  test("a run offers to fetch OpenTofu, also a rehearsal", async () => {
    for (const line of ["plan --env dev", "plan --env dev --rehearse"]) {
      const world = bare().answering("yes");
      rehearseInMemory(world);
      expect(await run(world, line)).toBe(0);
      expect(`${world.printed.join("\n")}${world.questions.join("\n")}`).toContain(question);
      expect(programs(world)).toEqual([tofu]);
    }
  });

  test("who declines is told how to install it", async () => {
    const world = bare(() => Promise.reject(new Error("asked"))).answering("no");
    expect((await failureOf(world, "plan --env dev")).hint).toContain("Install Terraform 1.11 or later");
  });

  test("an interrupt at the question ends the run", async () => {
    const world = bare(() => Promise.reject(new Error("asked"))).answering(undefined);
    expect((await failureOf(world, "plan --env dev")).exitCode).toBe(7);
  });

  test.each(["apply --env dev --yes", "plan --env dev --json"])("%s asks nothing", async (line) => {
    const world = bare(() => Promise.reject(new Error("asked"))).answering();
    expect((await failureOf(world, line)).message).toContain('there is no "terraform" on the PATH');
    expect(world.questions).toEqual([]);
  });
});

describe("a file that is not what OpenTofu has released is refused:", () => {
  const archive = () => right.files.get(zip) ?? Buffer.alloc(0);
  const listed = (name: string, digest: string) => Buffer.from(`${digest}  ${name}\n`);
  const digest = () => right.release.archives["linux_amd64"] ?? "";
  const said = (truth: string) => `Cannot fetch OpenTofu 1.12.6: ${truth}`;
  const changed = (name: string, content: Uint8Array) => serving(new Map([...right.files, [name, content]]));

  test("an archive with another checksum", async () => {
    const wrong = Buffer.from("another archive");
    const found = createHash("sha256").update(wrong).digest("hex");
    expect(await refusal(changed(zip, wrong))).toBe(
      said(`"${zip}" has the SHA-256 ${found}, not ${digest()}`),
    );
  });

  test("a list that was changed after it was signed", async () => {
    const list = listed(zip, digest());
    expect(await refusal(changed("tofu_1.12.6_SHA256SUMS", list))).toMatch(
      /^Cannot fetch OpenTofu 1\.12\.6: "tofu_1\.12\.6_SHA256SUMS" is not signed by OpenTofu: /,
    );
  });

  test("a list that another key has signed", async () => {
    expect(await refusal(serving(await filesOf(archive(), listed(zip, digest()), other)))).toContain(
      '"tofu_1.12.6_SHA256SUMS" is not signed by OpenTofu: ',
    );
  });

  test("a signature that is none", async () => {
    expect(await refusal(changed("tofu_1.12.6_SHA256SUMS.gpgsig", Buffer.from("none")))).toContain(
      '"tofu_1.12.6_SHA256SUMS" is not signed by OpenTofu: ',
    );
  });

  test("a signed list without the file, such as that of another version", async () => {
    const list = listed("tofu_1.11.0_linux_amd64.zip", digest());
    expect(await refusal(serving(await filesOf(archive(), list, key)))).toBe(
      said(`the list of checksums does not have "${zip}"`),
    );
  });

  test("a signed list with another checksum than is known", async () => {
    const list = listed(zip, "1".repeat(64));
    expect(await refusal(serving(await filesOf(archive(), list, key)))).toBe(
      said(`the list of checksums has another one for "${zip}" than this version knows`),
    );
  });
});

describe("a server", () => {
  const cut = (name: string, ...answers: readonly (() => Answer)[]) => {
    const asked: Get[] = [];
    const left = [...answers];
    const get = (wanted: Get) => {
      const next = wanted.url.pathname.endsWith(name) ? left.shift() : undefined;
      if (next === undefined) return serving(right.files, asked)(wanted);
      asked.push(wanted);
      return Promise.resolve(next());
    };
    return {
      get,
      ranges: () =>
        asked.filter(({ url }) => url.pathname.endsWith(name)).map(({ headers }) => headers["range"]),
    };
  };
  const content = () => right.files.get(zip) ?? Buffer.alloc(0);
  const length = () => ({ "content-length": String(content().length) });

  test("that cuts the connection is asked for the rest", async () => {
    const server = cut(zip, () => answer(200, [content().subarray(0, 20), new Error("aborted")], length()));
    const world = bare(server.get);
    expect(await run(world, plan)).toBe(0);
    expect(server.ranges()).toEqual([undefined, "bytes=20-"]);
    expect(world.programs.get(tofu)).toEqual(program);
  });

  test("that ends an answer early, and knows no ranges, is asked for all of it", async () => {
    const whole = () => answer(200, [content()], length());
    const server = cut(zip, () => answer(200, [content().subarray(0, 20)], length()), whole);
    const world = bare(server.get);
    expect(await run(world, plan)).toBe(0);
    expect(world.programs.get(tofu)).toEqual(program);
  });

  test("that cuts the connection after the last byte is asked for all of it", async () => {
    const refusing = () => answer(416, []);
    const server = cut(zip, () => answer(200, [content(), new Error("aborted")]), refusing);
    const world = bare(server.get);
    expect(await run(world, plan)).toBe(0);
    expect(server.ranges()).toEqual([undefined, `bytes=${content().length}-`, undefined]);
    expect(world.programs.get(tofu)).toEqual(program);
  });

  test("that fails for a moment is asked again", async () => {
    const server = cut("SHA256SUMS", () => answer(503, []));
    expect(await run(bare(server.get), plan)).toBe(0);
  });

  test.each<[string, () => Answer, RegExp]>([
    [
      "cuts every connection",
      () => answer(200, [new Error("aborted")]),
      /github\.com cannot be reached: aborted/,
    ],
    [
      "ends every answer early",
      () => answer(200, [], { "content-length": "9" }),
      /github\.com sent 0 of 9 bytes of/,
    ],
    ["has no such file", () => answer(404, []), /github\.com answers 404 for "tofu_1\.12\.6_SHA256SUMS"/],
    ["always fails", () => answer(500, []), /github\.com answers 500 for "tofu_1\.12\.6_SHA256SUMS"/],
    [
      "announces a huge file",
      () => answer(200, [], { "content-length": "2000000" }),
      /is larger than 1 MB, which it cannot be/,
    ],
    ["sends without an end", () => answer(200, endless()), /is larger than 1 MB, which it cannot be/],
    [
      "redirects to HTTP",
      () => answer(302, [], { location: "http://mirror/" }),
      /github\.com redirects to an address that is not safe/,
    ],
    [
      "redirects for ever",
      () => answer(302, [], { location: "/again" }),
      /github\.com redirects more than 5 times/,
    ],
  ])("that %s is given up", async (_, next, said) => {
    expect(await refusal(() => Promise.resolve(next()))).toMatch(said);
  });

  test("that is too slow is given up", async () => {
    const world = bare();
    let seconds = 0;
    Object.assign(world.clock, { seconds: () => (seconds += 1300) });
    expect((await failureOf(world)).message).toContain("is not complete after 20 minutes");
  });

  test("that cannot be reached is named, with what to try", async () => {
    const world = bare(() => Promise.reject(Object.assign(new Error(""), { code: "ECONNREFUSED" })));
    const failure = await failureOf(world);
    expect(failure.message).toBe("Cannot fetch OpenTofu 1.12.6: github.com cannot be reached: ECONNREFUSED");
    expect(failure.hint).toBe(
      "Check the network, HTTPS_PROXY and NO_PROXY, name another server by --tools-mirror, or install it by hand (https://opentofu.org/docs/intro/install/)",
    );
  });

  test("that an interrupt finds sending is left at once", async () => {
    let signal: AbortSignal | undefined;
    const world = bare((wanted) => {
      signal = wanted.signal;
      setImmediate(() => {
        world.interrupt();
      });
      return new Promise(() => undefined);
    });
    expect((await failureOf(world)).exitCode).toBe(7);
    expect(signal?.aborted).toBe(true);
  });
});

describe("a mirror", () => {
  test.each([
    [`${plan} --tools-mirror http://mirror.lan:8080/tofu/`, {}],
    [plan, { PROVISION_TOOLS_MIRROR: "http://mirror.lan:8080/tofu" }],
    [`${plan} --tools-mirror http://mirror.lan:8080/tofu`, { PROVISION_TOOLS_MIRROR: "http://other" }],
  ])("is asked instead of GitHub: %s %j", async (line, variables) => {
    const asked: Get[] = [];
    const world = bare(serving(right.files, asked));
    Object.assign(world.environment, variables);
    expect(await run(world, line)).toBe(0);
    expect(asked[2]?.url.href).toBe(`http://mirror.lan:8080/tofu/v1.12.6/${zip}`);
  });

  test("gets its credentials, which no other server and no text does", async () => {
    const asked: Get[] = [];
    const files = serving(right.files, asked);
    const world = bare((wanted) => {
      if (wanted.url.host !== "mirror.lan") return files(wanted);
      asked.push(wanted);
      return Promise.resolve(answer(302, [], { location: `https://cdn.lan${wanted.url.pathname}` }));
    });
    world.environment["PROVISION_TOOLS_MIRROR"] = "https://op:s%3Acret@mirror.lan";
    expect(await run(world, plan)).toBe(0);
    const logins = asked.map(({ url, headers }) => [url.host, headers["authorization"]]);
    expect(new Set(logins.map(String))).toEqual(
      new Set([`mirror.lan,Basic ${Buffer.from("op:s:cret").toString("base64")}`, "cdn.lan,"]),
    );
    expect(JSON.stringify([world.printed, world.errors, [...world.texts]])).not.toContain("cret");
  });

  test.each([
    ["a percent sign that encodes nothing", "https://op:100%25%@mirror.lan", "op:100%%"],
    ["a password alone", "https://:s%3Acret@mirror.lan", ":s:cret"],
  ])("gets credentials with %s", async (_, mirror, login) => {
    const asked: Get[] = [];
    const world = bare(serving(right.files, asked));
    world.environment["PROVISION_TOOLS_MIRROR"] = mirror;
    expect(await run(world, plan)).toBe(0);
    expect(asked[0]?.headers["authorization"]).toBe(`Basic ${Buffer.from(login).toString("base64")}`);
  });

  const noAddress = (source: string) => `${source} names no address of a server`;
  const named = "--tools-mirror names a user, and other users of this machine can read the command line";
  test.each([
    ["", "no address", noAddress("PROVISION_TOOLS_MIRROR")],
    ["", "file:///mirror", noAddress("PROVISION_TOOLS_MIRROR")],
    [" --tools-mirror https://m/?token=secret", "", noAddress("--tools-mirror")],
    [" --tools-mirror https://op:secret@mirror", "", named],
    [" --tools-mirror https://:secret@mirror", "", named],
  ])("is refused: %s %s", async (option, value, truth) => {
    const world = bare();
    world.environment["PROVISION_TOOLS_MIRROR"] = value;
    const failure = await failureOf(world, `${plan}${option}`);
    expect(failure.message).toBe(`Cannot fetch OpenTofu: ${truth}`);
    expect(failure.hint).not.toContain("secret");
  });
});

describe("a machine", () => {
  test.each([
    ["linux-x64", { XDG_CACHE_HOME: "/caches" }, "/caches"],
    ["linux-x64", { XDG_CACHE_HOME: "caches" }, "/home/op/.cache"],
    ["darwin-arm64", {}, "/home/op/Library/Caches"],
  ])("%s with %j keeps OpenTofu in %s", async (platform, variables, folder) => {
    const world = bare();
    const archives: Record<string, string> = {
      darwin_arm64: right.release.archives["linux_amd64"] ?? "",
      ...right.release.archives,
    };
    const openTofu = { ...right.release, archives };
    const sums = Object.entries({ darwin_arm64: "", linux_amd64: "" }).map(
      ([name]) => `${archives["linux_amd64"] ?? ""}  tofu_1.12.6_${name}.zip\n`,
    );
    const files = await filesOf(right.files.get(zip) ?? Buffer.alloc(0), Buffer.from(sums.join("")), key);
    files.set("tofu_1.12.6_darwin_arm64.zip", files.get(zip) ?? Buffer.alloc(0));
    Object.assign(world.downloads, { platform, openTofu, get: serving(files) });
    Object.assign(world.environment, variables);
    expect(await run(world, plan)).toBe(0);
    expect([...world.programs.keys()]).toEqual([
      `${folder}/edge-orchestrator-aws/opentofu-1.12.6-${platform}/tofu`,
    ]);
  });

  test("of another kind is refused", async () => {
    const world = bare();
    Object.assign(world.downloads, { platform: "freebsd-x64" });
    expect(await failureOf(world)).toMatchObject({
      message:
        'Cannot fetch OpenTofu 1.12.6: it is fetched for Linux and macOS on x64 and arm64, and this machine is "freebsd-x64"',
      hint: "Install it by hand (https://opentofu.org/docs/intro/install/)",
    });
  });

  test("without a home folder is refused", async () => {
    const world = bare();
    delete world.environment["HOME"];
    expect(await failureOf(world)).toMatchObject({
      message: "Cannot fetch OpenTofu 1.12.6: there is no folder to keep it in",
      hint: "Set HOME or XDG_CACHE_HOME to an absolute path",
    });
  });
});

test("the version is that of the image", () => {
  expect(openTofu.version).toBe(manifest.goPrograms.tofu.version);
});

test("the key is the one that OpenTofu's own installer names", async () => {
  const { publicKey, archives } = openTofu;
  const read = await readKey({ armoredKey: publicKey });
  expect(read.getFingerprint()).toBe("e3e6e43d84cb852eadb0051d0c0af313e5fd9f80");
  expect(Object.keys(archives)).toEqual(["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"]);
});

function* endless(): Generator<Uint8Array> {
  for (;;) yield Buffer.alloc(100_000);
}
