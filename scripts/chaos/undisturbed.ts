import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../lib/errors";
import type { Seed } from "../../rehearsal/cloud/seeds";
import { type Account, openAccount, type Owner, since, type Ticks } from "./account";
import type { Phase } from "./case";
import { census } from "./checks";
import { Operator } from "./operator";

/** An undisturbed life of an environment: what each phase starts from, how much there is to do in it, and what must come out. */
export interface Undisturbed {
  readonly layers: readonly string[];
  readonly owner: Owner;
  readonly mirror: string;
  readonly seeds: readonly Seed[];
  readonly phases: Readonly<Record<Phase, UndisturbedPhase>>;
}

/** One phase of it. */
export interface UndisturbedPhase {
  /** Folder to copy. */
  readonly folder: string;
  readonly command: string;
  /** See `Account.ticks`. */
  readonly ticks: Ticks;
  /** The objects at its end, by type. */
  readonly census: string;
}

/** What a base is made of. */
export interface UndisturbedOptions {
  readonly folder: string;
  readonly mirror: string;
  readonly layers: readonly string[];
  readonly seeds: readonly Seed[];
  readonly owner: Owner;
  /** The text of the environment file. */
  readonly environment: string;
}

const product = "npx ts-node scripts/provision.ts";

/** The command that a phase disturbs. */
export function commandOf(phase: Phase, layers: readonly string[]): string {
  const only = layers.map((layer) => `--only ${layer}`).join(" ");
  if (phase !== "destroy") return `${product} apply --env dev ${only} --yes`;
  const loss = layers.map((layer) => `--allow-data-loss ${layer}`).join(" ");
  return `${product} destroy --env dev ${only} --yes --confirm dev ${loss}`;
}

/** The command that must find nothing to do in the end. */
export function planCommand(layers: readonly string[]): string {
  return `${product} plan --env dev ${layers.map((layer) => `--only ${layer}`).join(" ")} --detailed-exitcode`;
}

/** Lives it. Throws a `UserError` if it does not succeed without any disturbance. */
export async function undisturbed(options: UndisturbedOptions): Promise<Undisturbed> {
  const { folder, layers, mirror, seeds, owner, environment } = options;
  const at = (name: string) => join(folder, name);
  mkdirSync(at("living/work/configs"), { recursive: true });
  writeFileSync(at("living/work/configs/dev.yaml"), environment);
  const account = await openAccount(at("living"), { owner, mirror, seeds });
  try {
    const live = async (phase: Phase, only: readonly string[]) => {
      rmSync(at(phase), { recursive: true, force: true });
      cpSync(at("living"), at(phase), { recursive: true, verbatimSymlinks: true });
      const before = account.ticks();
      await mustSucceed(account, at("living/work"), commandOf(phase, only));
      return { ticks: since(before, account.ticks()), census: census(account.objects()) };
    };
    const first = await live("bootstrap", layers.slice(0, 1));
    const rest = await live("layers", layers);
    await mustSucceed(account, at("living/work"), planCommand(layers));
    const last = await live("destroy", layers);
    const found = (phase: Phase, { ticks, census }: typeof first): UndisturbedPhase => ({
      ...{ folder: at(phase), command: commandOf(phase, layers), ticks, census },
    });
    return {
      ...{ layers, owner, mirror, seeds },
      phases: {
        // The disturbance comes in the first layer, but the command is of all.
        bootstrap: found("bootstrap", { ...first, census: rest.census }),
        layers: found("layers", rest),
        destroy: found("destroy", last),
      },
    };
  } finally {
    await account.stop();
  }
}

async function mustSucceed(account: Account, work: string, command: string): Promise<void> {
  const { exitCode, output } = await new Operator(work, account.variables).run(command);
  if (exitCode === 0) return;
  throw new UserError(
    `Cannot disturb "${command}": it ends with ${exitCode ?? "a signal"} without any disturbance\n${output}`,
    `Look at ${work}`,
  );
}
