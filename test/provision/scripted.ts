import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UserError } from "../../lib/errors";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { type WatchedWorld, worldIn } from "./real-world";
import { run } from "./runs";
import { toyEnvironment } from "./toys";

/** What one command of the scripted Terraform does differently from the real one. */
export interface Rule {
  /** Bytes before and after what it usually prints on standard output, and on standard error. */
  readonly before?: string | Buffer;
  readonly after?: string | Buffer;
  readonly error?: string | Buffer;
  /** So many zeros before all others. */
  readonly zeros?: number;
  /** Prints none of the usual. */
  readonly silent?: boolean;
  /** Prints so many bytes of the usual. */
  readonly cut?: number;
  readonly code?: number;
  /** Ends by this signal. */
  readonly signal?: NodeJS.Signals;
  /** Does not end by itself; `deaf` neither by an interrupt. */
  readonly hang?: "deaf" | "until interrupted";
}

/** A run with the scripted Terraform, in real processes. */
export interface ScriptedRun {
  readonly world: WatchedWorld;
  readonly outcome: Promise<number | UserError>;
  /** The commands that were started, and the signals that reached them, in order. */
  calls(): readonly string[];
}

/** One object, without outputs. */
const nap = defineLayer({
  name: "nap",
  summary: "A network",
  settings: z.strictObject({}),
  needs: {},
  outputs: {},
  build(stack) {
    new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
    return {};
  },
});

/** Starts a rehearsed command; rules are by Terraform's command, e.g. `plan` or `state pull`. */
export function runScripted(
  rules: Readonly<Record<string, Rule>>,
  command = "apply --env dev --rehearse",
): ScriptedRun {
  const found = worldIn(toyEnvironment);
  const calls = found.files.absolute("calls");
  const script = found.files.absolute("script.json");
  const inBase64 = (text: string | Buffer | undefined) => text && Buffer.from(text).toString("base64");
  const encoded = Object.entries(rules).map(([name, rule]) => [
    name,
    {
      ...rule,
      before: inBase64(rule.before),
      after: inBase64(rule.after),
      error: inBase64(rule.error),
    },
  ]);
  writeFileSync(script, JSON.stringify({ calls, rules: Object.fromEntries(encoded) as object }));
  const variables = { SCRIPTED_TERRAFORM: script };
  const world: WatchedWorld = {
    ...found,
    environment: {
      ...found.environment,
      ...variables,
      TERRAFORM_BINARY_NAME: join(__dirname, "scripted-terraform.cjs"),
    },
    product: {
      ...found.product,
      startRehearsal: () =>
        Promise.resolve({
          environment: variables,
          objects: () => [],
          lockFiles: () => [],
          removeLock: () => undefined,
          stored: () => undefined,
          stop: () => Promise.resolve(),
        }),
    },
  };
  return {
    world,
    outcome: run(world, command, [nap]),
    calls: () => (existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : []),
  };
}
