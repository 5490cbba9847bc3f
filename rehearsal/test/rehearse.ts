import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Rehearsal, type RehearsalOptions, startRehearsal } from "../index";

/** A stack of Terraform JSON. */
export type Stack = Readonly<Record<string, unknown>>;

const account = "111122223333";

/** A scratch rehearsal for one test, with helpers that run the real Terraform in it. */
export class Scratch {
  private constructor(
    readonly directory: string,
    readonly rehearsal: Rehearsal,
  ) {}

  static async start(options: Partial<RehearsalOptions> = {}): Promise<Scratch> {
    const directory = mkdtempSync(join(tmpdir(), "rehearsal test "));
    return new Scratch(directory, await startRehearsal({ ...placeIn(directory), ...options }));
  }

  /** Ends the rehearsal and starts another in the same folder. */
  async restart(options: Partial<RehearsalOptions>): Promise<Scratch> {
    await this.rehearsal.stop();
    return new Scratch(this.directory, await startRehearsal({ ...placeIn(this.directory), ...options }));
  }

  /** Writes a stack, or copies one of the fixtures, and initialises it. */
  async stack(name: string, content: Stack | string): Promise<void> {
    this.write(name, content);
    await this.run(name, ["init"]);
  }

  /** Writes a stack that needs no `init` any more, or a changed one. */
  write(name: string, content: Stack | string): void {
    const directory = this.stackDirectory(name);
    mkdirSync(directory, { recursive: true });
    const file = join(directory, "cdk.tf.json");
    if (typeof content === "string") cpSync(join(__dirname, "fixtures", content), file);
    else writeFileSync(file, JSON.stringify(content));
  }

  /** Runs a Terraform command and gives what it printed; throws that when it ended with another code. */
  async run(name: string, args: readonly string[], code = 0): Promise<string> {
    const child = this.spawn(name, args);
    const chunks: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    const ended = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    });
    const output = chunks.join("");
    if (ended !== code)
      throw new Error(`terraform ${args.join(" ")} ended with ${ended ?? "a signal"}\n${output}`);
    return output;
  }

  /** Runs a Terraform command, and kills Terraform once `when` is true; rejects if it ended before. */
  async killed(name: string, args: readonly string[], when: () => boolean): Promise<void> {
    const child = this.spawn(name, args);
    const ended = new Promise((resolve) =>
      child.on("close", (_code, signal) => {
        resolve(signal);
      }),
    );
    while (child.exitCode === null && !when()) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGKILL");
    if ((await ended) !== "SIGKILL")
      throw new Error(`terraform ${args.join(" ")} ended before it was killed`);
  }

  apply(name: string): Promise<string> {
    return this.run(name, ["apply", "-auto-approve"]);
  }

  /** Plans; the code is 0 for no changes, 2 for some. */
  plan(name: string, code: 0 | 2): Promise<string> {
    return this.run(name, ["plan", "-detailed-exitcode"], code);
  }

  destroy(name: string): Promise<string> {
    return this.run(name, ["destroy", "-auto-approve"]);
  }

  /** The text of Terraform's errors, on one line. */
  async refusal(name: string, args: readonly string[]): Promise<string> {
    const output = await this.run(name, args, 1);
    return output.slice(output.indexOf("Error: ")).replace(/[\s│╷╵]+/g, " ");
  }

  types(): readonly string[] {
    return this.rehearsal.objects().map(({ type }) => type);
  }

  /** The file of an object in the simulated cloud, to create drift. */
  objectFile(type: string, id: string): string {
    return join(this.directory, "cloud", type, `${encodeURIComponent(id)}.json`);
  }

  async end(): Promise<void> {
    await this.rehearsal.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private spawn(name: string, args: readonly string[]) {
    return spawn("terraform", [...args, "-no-color"], {
      cwd: this.stackDirectory(name),
      env: { PATH: process.env["PATH"] ?? "", HOME: this.directory, ...this.rehearsal.environment },
    });
  }

  private stackDirectory(name: string): string {
    return join(this.directory, "stacks", name);
  }
}

function placeIn(directory: string): RehearsalOptions {
  const place = { account, region: "us-east-1", partition: "aws" };
  return { directory, ...place, configurations: [join(directory, "stacks")] };
}

/** A stack on the aws provider with a local state. */
export function awsStack(content: Stack): Stack {
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
    provider: { aws: [{ region: "us-east-1" }] },
    ...content,
  };
}

/** A stack on the helm provider, which is small and starts fast, with its state in the seeded bucket. */
export function helmStack(content: Stack): Stack {
  const s3 = {
    bucket: statesBucket,
    key: "us-east-1/stack",
    region: "us-east-1",
    encrypt: true,
    use_lockfile: true,
  };
  return {
    terraform: {
      backend: { s3 },
      required_providers: { helm: { source: "hashicorp/helm", version: "3.1.1" } },
    },
    provider: { helm: [{}] },
    ...content,
  };
}

/** Name of a bucket for states. */
export const statesBucket = "rehearsed-states";
