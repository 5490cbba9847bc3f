import { exitCodes, UserError } from "../../../../lib/errors";
import { commandLine } from "../../command-line/request";
import { counted } from "../../run/counted";
import { startOver } from "../../run/start-over";
import { askConsent } from "../../runner/consent";
import type { Displaced } from "../../runner/lost-objects/find-objects";
import type { Place } from "../../runner/lost-objects/search";
import { pullStateHead } from "../../terraform/state";
import { typedCommand } from "../../terraform/typed-command";
import type { RecoverRun } from "./index";

/** Removes what does not exist any more from the state, with consent, so that what may exist in its place can be imported. */
export async function dropGone(
  run: RecoverRun,
  place: Place,
  displaced: readonly Displaced[],
): Promise<void> {
  const { layer, terraform } = place;
  const { listed = [] } = (await pullStateHead(terraform)) ?? {};
  const addresses = [...new Set(displaced.map(({ address }) => address))];
  const deposed = addresses.find((address) => listed.some((one) => one.isDeposed && one.address === address));
  if (deposed !== undefined) throw besideDeposed(run, place, deposed);
  run.screen.print(
    `\n${layer.name}: the state has what does not exist any more, and something else may exist in its place:`,
  );
  for (const { address, id } of displaced)
    run.screen.print(`  ${address} ${listed.find((one) => one.address === address)?.id ?? ""}: ${id}`);
  await agree(run, place, addresses.length);
  await terraform.run(["state", "rm", ...addresses]);
}

async function agree(run: RecoverRun, { layer }: Place, count: number): Promise<void> {
  if (run.request.yes) return;
  await askConsent(run, {
    ...{ verb: "recover", subject: layer.name, review: "what is gone" },
    question: `Remove ${counted(count, "object")} that AWS does not have any more from the state of ${layer.name}?`,
    next: commandLine(run.request),
  });
}

/** To remove the address from the state would remove both. */
function besideDeposed(run: RecoverRun, { layer, terraform }: Place, address: string): UserError {
  const remove = typedCommand(terraform.context.failed, `state rm '${address}'`);
  return new UserError(
    `Cannot recover "${layer.name}": the state has an object of ${address} that is replaced, and not deleted yet`,
    startOver(run) ??
      `Delete it, by its ID in the output of: ${typedCommand(terraform.context.failed, "state pull")}; then run: ${remove}; then: ${commandLine(run.request, { only: [layer.name] })}`,
    exitCodes.recoveryNeeded,
  );
}
