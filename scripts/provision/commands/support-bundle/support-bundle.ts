import { maskForms } from "../../../../lib/environment/mask-forms";
import { exitCodes, type UserError } from "../../../../lib/errors";
import { maskSecrets, maskVariables } from "../../run/secrets";
import { doctor } from "../doctor/index";
import { realEnvironment } from "../../terraform/environment";
import { journals, localJournals } from "./journals";
import type { SupportInvocation, SupportRun } from "./index";
import { leftByRuns } from "./left-by-runs";
import { versions } from "./versions";
import { type Content, writeBundle } from "./write";

/** Writes everything that is known of an environment and its runs. */
export async function handle(run: SupportRun): Promise<number> {
  const { world, file, loaded, request, screen } = run;
  const { name } = loaded.environment;
  const { examine } = await doctor.load();
  const content: Content = new Map([
    ["environment.yaml", world.files.read(file) ?? ""],
    ["doctor.json", document(await run.events.step("examining", () => examine(run)))],
    ["versions.json", document(await versions(world))],
    ...(await run.events.step("reading the journals", () => journals(run))),
    ...leftByRuns(world, name),
  ]);
  const known = maskSecrets({ ...run, environment: realEnvironment(world.environment) });
  const mask = (text: string) => maskForms(known(text));
  writeBundle({ world, screen }, { name, out: request.out, content, mask });
  return exitCodes.done;
}

/** Writes what there is without an environment, or with one that is invalid. */
export async function handleWithout(
  { world, request, screen }: SupportInvocation,
  because: UserError | undefined,
): Promise<number> {
  const content: Content = new Map([
    ...(because === undefined
      ? []
      : ([["environment.txt", `${because.message}\n${because.hint}\n`]] as const)),
    ["versions.json", document(await versions(world))],
    ...localJournals(world),
    ...leftByRuns(world),
  ]);
  const known = maskVariables(realEnvironment(world.environment));
  const mask = (text: string) => maskForms(known(text));
  writeBundle({ world, screen }, { name: undefined, out: request.out, content, mask });
  return exitCodes.done;
}

function document(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
