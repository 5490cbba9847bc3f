import { createHash } from "node:crypto";
import type { FileKind } from "../../lib/file-kind";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnyLayer } from "../../lib/layer/layer";
import { synthesise } from "../../main";
import type { Command, Finished, World } from "../../scripts/provision/world/index";
import { synthesisedText } from "../synth";
import { awsError } from "./aws-error";
import { FakeCloud } from "./fake-cloud";
import { type Faults, FakeTerraform } from "./fake-terraform";
import { toyEnvironment } from "./toys";

/** What an object, or a version of it, is read with. */
interface Get {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/** What an object is written with. */
interface Put {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body: Uint8Array;
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/** What objects are deleted by. */
interface Deletion {
  readonly Bucket: string;
  readonly Delete: { readonly Objects: readonly { readonly Key: string }[] };
}

const quotaCalls = new Set(["service-quotas ListServiceQuotas", "ec2 DescribeAddresses", "ec2 DescribeVpcs"]);

const etagOf = (text: string) => `"${createHash("sha256").update(text).digest("hex")}"`;

/** Thrown where the test pulls the plug. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** A world that only remembers: files, an account, Terraform, a terminal and a clock, all in memory. */
export class FakeWorld implements World {
  environment: Record<string, string | undefined> = { PATH: "/bin", HOME: "/home/op", AWS_PROFILE: "dev" };
  readonly texts = new Map<string, string>([["configs/dev.yaml", toyEnvironment]]);
  readonly faults: Faults = {
    fail: new Map(),
    locked: new Set(),
    stale: new Set(),
    replace: new Set(),
    createFirst: new Set(),
    denied: new Map(),
    init: new Map(),
  };
  /** What was printed, line by line. */
  readonly printed: string[] = [];
  /** The same on standard error. */
  readonly errors: string[] = [];
  /** `layer command`, in the order they ran. */
  readonly ran: string[] = [];
  readonly commands: Command[] = [];
  readonly questions: string[] = [];
  readonly signals: string[] = [];
  readonly statuses: string[] = [];
  /** What the operator types, question by question; undefined is a Ctrl-C. */
  answers: (string | undefined)[] = [];
  interactive = false;
  version = "1.11.4";
  /** Files of the operator's home. */
  readonly home = new Map([
    ["/home/op/.aws/config", "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\n"],
  ]);
  /** Programs that are not installed. */
  readonly missing = new Set<string>();
  /** Whether this machine is an instance that has a role. */
  hasRole = true;
  /** Seconds since an object was written, when it is read. */
  lockAge = 0;
  /** Of the checkout, as git describes it. */
  commit: string | undefined;
  /** Is called before each command with `layer command`. */
  before: (command: string) => void = () => undefined;
  /** The plug is pulled at this many effects from now. */
  effectsLeft = Infinity;
  /** Is called before each effect. */
  beforeEffect: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();
  private seconds = 0;

  constructor(readonly cloud = new FakeCloud()) {}

  /** What another process would find now: the same files and account, and nothing printed or run yet. */
  copy(): FakeWorld {
    const copy = new FakeWorld(this.cloud.copy());
    const maps = ["texts", "binaries", "programs", "home", "kinds"] as const;
    for (const name of maps) {
      const [from, to]: [Map<string, unknown>, Map<string, unknown>] = [this[name], copy[name]];
      to.clear();
      for (const [path, content] of from) to.set(path, content);
    }
    for (const path of this.foreign) copy.foreign.add(path);
    copy.seconds = this.seconds;
    return copy;
  }

  interrupt(): void {
    this.listeners.forEach((listener) => {
      listener();
    });
  }

  onInterrupt = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get interruptListeners(): number {
    return this.listeners.size;
  }

  /** What stands where a file is expected, when it is not one. */
  readonly kinds = new Map<string, FileKind>();

  /** Files that are not text. */
  readonly binaries = new Map<string, Buffer>();

  /** What others can change. */
  readonly foreign = new Set<string>();

  /** Files that are symbolic links. */
  readonly links = new Set<string>();

  /** What the disk has left. */
  freeBytes = 100e9;

  /** Throws what the system says of a write, or a removal, of the product's own. */
  onWrite: (path: string) => void = () => undefined;

  /** What Terraform writes to as well. */
  private readonly disk: World["files"] = {
    isOwn: (path) => !this.foreign.has(path),
    isLink: (path) => this.links.has(path),
    size: (path) => this.bytesOf(path).length,
    part: (path, from, length) => this.bytesOf(path).subarray(from, from + length),
    absolute: (path) => path,
    assertWritable: () => undefined,
    free: () => this.freeBytes,
    temporary: () => "/tmp/provision-1",
    read: (path) =>
      this.kinds.has(path)
        ? undefined
        : (this.texts.get(path) ?? this.home.get(path) ?? this.binaries.get(path)?.toString()),
    kind: (path) => {
      if (this.binaries.has(path)) return "file";
      if (this.texts.has(path) || this.home.has(path)) return this.kinds.get(path) ?? "file";
      return this.files.list(path).length > 0 ? "folder" : (this.kinds.get(path) ?? "nothing");
    },
    write: (path, content) => {
      this.effect();
      (typeof content === "string" ? this.binaries : this.texts).delete(path);
      if (typeof content === "string") this.texts.set(path, content);
      else this.binaries.set(path, Buffer.from(content));
    },
    writeProgram: (path, content) => {
      this.effect();
      this.programs.set(path, Buffer.from(content));
    },
    digest: (path) => {
      const content = this.programs.get(path) ?? this.binaries.get(path) ?? this.texts.get(path);
      return content === undefined ? undefined : createHash("sha256").update(content).digest("hex");
    },
    create: (path, text) => {
      this.effect();
      if (this.texts.has(path)) return false;
      this.texts.set(path, text);
      return true;
    },
    append: (path, text) => this.texts.set(path, `${this.texts.get(path) ?? ""}${text}`),
    remove: (path) => {
      this.effect();
      for (const name of this.texts.keys())
        if (name === path || name.startsWith(`${path}/`)) this.texts.delete(name);
      this.binaries.delete(path);
    },
    list: (folder) =>
      [...this.texts.keys(), ...this.binaries.keys()]
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .sort(),
  };

  readonly files: World["files"] = {
    ...this.disk,
    write: (...given) => {
      this.onWrite(given[0]);
      this.disk.write(...given);
    },
    create: (...given) => {
      this.onWrite(given[0]);
      return this.disk.create(...given);
    },
    append: (...given) => {
      this.onWrite(given[0]);
      this.disk.append(...given);
    },
    remove: (path) => {
      this.onWrite(path);
      this.disk.remove(path);
    },
  };

  private bytesOf(path: string): Buffer {
    return this.binaries.get(path) ?? Buffer.from(this.texts.get(path) ?? "");
  }

  self = { pid: 4711, host: "workstation", user: "anna" };
  /** Other processes of this machine. */
  readonly others = new Set<number>();
  /** With what they were started. */
  readonly arguments = new Map<number, string>();

  /** A wrapper of Terraform, which may print before it, and end in its place. */
  wrapper: (called: string, say: (line: string) => void) => { code: number; error: string } | undefined =
    () => undefined;
  /** What a wrapper makes of Terraform's exit code. */
  exitCode = (code: number) => code;

  readonly processes: World["processes"] = {
    exists: (pid) => pid === this.self.pid || this.others.has(pid),
    run: (command) => Promise.resolve().then(() => this.runCommand(command)),
    isInstalled: (program) => !this.missing.has(program) && !(program === "terraform" && this.version === ""),
    start: () => {
      throw new Error("nothing runs in the background here");
    },
    signal: (name) => this.signals.push(name),
  };

  /** Everything answers, so that nothing needs a tunnel. */
  readonly network: World["network"] = {
    freePort: (wanted) => Promise.resolve(wanted === 0 ? 40_000 : wanted),
    answers: () => Promise.resolve(true),
    resolves: () => Promise.resolve(true),
    nameServers: () => Promise.resolve(undefined),
    connects: () => Promise.resolve(this.hasRole),
  };

  /** No server answers. */
  readonly downloads: World["downloads"] = {
    platform: "linux-x64",
    openTofu: { version: "1.12.6", publicKey: "", archives: {} },
    get: () => Promise.reject(new Error("no server here")),
  };

  /** Programs that were written. */
  readonly programs = new Map<string, Buffer>();

  readonly http: World["http"] = {
    send: ({ method, url }) => Promise.reject(new Error(`nothing answers ${method} ${url} here`)),
  };

  /** Knows whose credentials these are, and what is in a bucket. */
  readonly aws: World["aws"] = {
    region: () => Promise.resolve(undefined),
    send: ({ service, operation, input }) => {
      const called = `${service} ${operation}`;
      if (called === "sts GetCallerIdentity")
        return Promise.resolve({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/op" });
      // What the product calls it with.
      if (called === "s3 ListObjectsV2")
        return this.listBucket(input as { readonly Bucket: string; readonly Prefix?: string });
      if (called === "s3 GetObject") return this.getObject(input as Get);
      if (called === "s3 ListObjectVersions")
        return this.listVersions(input as { readonly Bucket: string; readonly Prefix?: string });
      if (called === "s3 DeleteObjects") return this.deleteObjects(input as Deletion);
      if (called === "resource-groups-tagging-api GetResources")
        return Promise.resolve({ ResourceTagMappingList: [] });
      if (called === "s3 PutObject") return this.putObject(input as Put);
      // No quota was raised, and nothing counts against one.
      if (quotaCalls.has(called)) return Promise.resolve({});
      return Promise.reject(new Error(`nothing answers ${called} here`));
    },
  };

  readonly postgresql: World["postgresql"] = {
    session: () => Promise.reject(new Error("no database here")),
  };

  readonly kubernetes: World["kubernetes"] = {
    connect: () => {
      throw new Error("no cluster here");
    },
  };

  readonly terminal: World["terminal"] = {
    columns: Infinity,
    colours: false,
    unicode: true,
    live: false,
    interactive: false,
    print: (text) => this.printed.push(...text.split("\n")),
    printError: (text) => this.errors.push(...text.split("\n")),
    status: (text) => {
      if (text !== undefined) this.statuses.push(text);
    },
    ask: (question) => {
      this.questions.push(question);
      return Promise.resolve(this.answers.shift());
    },
  };

  readonly clock: World["clock"] = {
    now: () => new Date("2026-01-01T09:00:00Z"),
    seconds: () => this.seconds,
    every: () => () => undefined,
  };

  readonly randomBytes = (count: number) => Buffer.alloc(count, 7);

  readonly product: World["product"] = {
    about: () => ({
      name: "edge-orchestrator-aws",
      version: "1.2.3",
      commit: "0123456789abcdef",
      node: "v20.19.0",
    }),
    devEnvironment: "/product/configs/dev.yaml",
    fileNamed: (path) => path,
    synthesise: (layers, loaded, { outdir, deletionProtection }) => {
      for (const { name } of layers) {
        const json = synthesised(layers, loaded, deletionProtection).get(name) ?? "";
        this.files.write(`${outdir}/stacks/${name}/cdk.tf.json`, json);
      }
      return Promise.resolve();
    },
    loadModule: () => undefined,
    startRehearsal: () => Promise.reject(new Error("no rehearsal here")),
  };

  /** A person at a terminal who will give these answers. */
  answering(...answers: (string | undefined)[]): this {
    Object.assign(this.terminal, { interactive: true });
    this.answers = answers;
    return this;
  }

  private effect(): void {
    this.beforeEffect();
    this.effectsLeft -= 1;
    if (this.effectsLeft < 0) throw new Killed();
  }

  private listBucket({ Bucket, Prefix = "" }: { readonly Bucket: string; readonly Prefix?: string }) {
    if (!this.cloud.has("aws_s3_bucket", Bucket))
      return Promise.reject(awsError("NoSuchBucket", "The specified bucket does not exist"));
    const all = [...this.cloud.stored.keys()];
    const now = this.clock.now().getTime();
    // The clock stands still; of journals, S3 tells which was written last.
    const secondsAgo = (key: string) => (key.includes("/journal/") ? all.length - all.indexOf(key) : 0);
    const keys = all.filter((key) => key.startsWith(`${Bucket}/${Prefix}`)).toSorted();
    return Promise.resolve({
      Contents: keys.map((key) => ({
        Key: key.slice(Bucket.length + 1),
        LastModified: new Date(now - 1000 * secondsAgo(key)),
      })),
    });
  }

  /** Every version of an object, or the newest of all. */
  private async listVersions({ Bucket, Prefix }: { readonly Bucket: string; readonly Prefix?: string }) {
    if (Prefix === undefined) {
      const { Contents } = await this.listBucket({ Bucket });
      const Versions = Contents.map(({ Key }) => ({ Key, VersionId: "null", IsLatest: true }));
      return { Versions, IsTruncated: false };
    }
    const all = this.cloud.stored.versionsOf(`${Bucket}/${Prefix}`).map(({ id, text }, index) => ({
      ...{ Key: Prefix, VersionId: id, LastModified: this.clock.now(), IsLatest: index === 0 },
      ...(text === undefined ? {} : { Size: text.length }),
    }));
    const isMarker = (version: object) => !("Size" in version);
    return {
      Versions: all.filter((version) => !isMarker(version)),
      DeleteMarkers: all.filter(isMarker),
      IsTruncated: false,
    };
  }

  private deleteObjects({ Bucket, Delete }: Deletion) {
    for (const { Key } of Delete.Objects) this.cloud.stored.erase(`${Bucket}/${Key}`);
    return Promise.resolve({});
  }

  private getObject({ Bucket, Key, VersionId }: Get): Promise<object> {
    const name = `${Bucket}/${Key}`;
    if (!this.cloud.has("aws_s3_bucket", Bucket))
      return Promise.reject(awsError("NoSuchBucket", "The specified bucket does not exist"));
    const Body =
      VersionId === undefined
        ? this.cloud.stored.get(name)
        : this.cloud.stored.versionsOf(name).find(({ id }) => id === VersionId)?.text;
    const LastModified = this.clock.now();
    const AnsweredAt = new Date(LastModified.getTime() + this.lockAge * 1000);
    if (Body !== undefined) return Promise.resolve({ Body, ETag: etagOf(Body), LastModified, AnsweredAt });
    return Promise.reject(awsError("NoSuchKey", "The specified key does not exist."));
  }

  /** Conditional as in S3. */
  private putObject({ Bucket, Key, Body, ...condition }: Put): Promise<object> {
    if (!this.cloud.has("aws_s3_bucket", Bucket))
      return Promise.reject(awsError("NoSuchBucket", "The specified bucket does not exist"));
    const name = `${Bucket}/${Key}`;
    const found = this.cloud.stored.get(name);
    if (condition.IfMatch !== undefined && found === undefined)
      return Promise.reject(awsError("NoSuchKey", "The specified key does not exist."));
    const fits = condition.IfMatch === undefined || condition.IfMatch === etagOf(found ?? "");
    if (!fits || (condition.IfNoneMatch === "*" && found !== undefined))
      return Promise.reject(
        awsError("PreconditionFailed", "At least one of the pre-conditions did not hold"),
      );
    const text = Buffer.from(Body).toString();
    this.cloud.stored.set(name, text);
    return Promise.resolve({ ETag: etagOf(text) });
  }

  private runCommand(command: Command): Finished {
    if (command.program === "git") {
      const [exitCode, stdout] = this.commit === undefined ? [128, ""] : [0, `${this.commit}\n`];
      return { exitCode, stdout, stderr: "", seconds: 0 };
    }
    if (this.version === "") return { exitCode: 127, stdout: "", stderr: "", seconds: 0 };
    const [first = "", second = ""] = command.arguments;
    if (first === "version") {
      const stdout = JSON.stringify({ terraform_version: this.version });
      return { exitCode: 0, stdout, stderr: "", seconds: 0 };
    }
    if (command.program === "ps") {
      const stdout = this.arguments.get(Number(command.arguments[1]));
      return { exitCode: stdout === undefined ? 1 : 0, stdout: stdout ?? "", stderr: "", seconds: 0 };
    }
    // Every program that a run looks for is installed.
    if (first === "--version") return { exitCode: 0, stdout: "", stderr: "", seconds: 0 };
    if (command.outlives !== undefined) this.onWrite(`${command.outlives}.stdout`);
    const name = first === "state" ? `state ${second}` : first;
    const called = `${command.folder.split("/").at(-1) ?? ""} ${name}`;
    this.before(called);
    this.effect();
    this.ran.push(called);
    this.commands.push(command);
    this.seconds += 2;
    const lines: string[] = [];
    const terraform = new FakeTerraform(this.pluggedCloud(), this.disk, this.faults);
    const say = (line: string) => {
      lines.push(line);
      command.onLine?.(line);
    };
    const finished = this.wrapper(called, say) ?? terraform.run(command.folder, command.arguments, say);
    const { code, error } = finished;
    return { exitCode: this.exitCode(code), stdout: `${lines.join("\n")}\n`, stderr: error, seconds: 2 };
  }

  /** The account, where each call may be the one before the plug is pulled. */
  private pluggedCloud(): FakeCloud {
    const { cloud } = this;
    const effect = () => {
      this.effect();
    };
    return Object.assign(Object.create(cloud) as FakeCloud, {
      create: (...given: Parameters<FakeCloud["create"]>) => {
        effect();
        return cloud.create(...given);
      },
      destroy: (...given: Parameters<FakeCloud["destroy"]>) => {
        effect();
        cloud.destroy(...given);
      },
      stored: {
        get: (key: string) => cloud.stored.get(key),
        set: (key: string, text: string) => {
          effect();
          cloud.stored.set(key, text);
        },
      },
    });
  }
}

const cache = new Map<string, ReadonlyMap<string, string>>();

const numbers = new WeakMap<AnyLayer, number>();
let last = 0;

/** Layers of one name may publish different values. */
function numberOf(layer: AnyLayer): number {
  const number = numbers.get(layer) ?? ++last;
  numbers.set(layer, number);
  return number;
}

/** The synthesised JSON of the layers, cached. */
function synthesised(
  layers: readonly AnyLayer[],
  loaded: Parameters<World["product"]["synthesise"]>[1],
  deletionProtection: boolean,
): ReadonlyMap<string, string> {
  const question = JSON.stringify([layers.map(numberOf), loaded, deletionProtection]);
  const known = cache.get(question);
  if (known) return known;
  const outdir = mkdtempSync(join(tmpdir(), "fake-world-"));
  try {
    synthesise(layers, loaded, { outdir, deletionProtection });
    const synthesised = new Map(layers.map(({ name }) => [name, synthesisedText(outdir, name)]));
    cache.set(question, synthesised);
    return synthesised;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
