import type { AnyLayer } from "../../../lib/layer/layer";
import type { Superseded } from "../../../lib/layer/superseded";
import type { Run } from "../run/run";
import { terraformFor } from "../terraform/for-layer";
import { pullStateHead } from "../terraform/state";
import { readStoredState } from "../terraform/stored-state";
import type { Terraform } from "../terraform/terraform";

/** A superseded resource that stays for now. */
export interface Staying {
  readonly superseded: Superseded;
  /** For the operator: what stays, and why. */
  readonly text: string;
}

/** Which resources a plan would delete though later layers still use them, by the states of these. */
export async function usedSuperseded(
  run: Run,
  { layer, terraform }: { readonly layer: AnyLayer; readonly terraform: Terraform },
  isEnding: (address: string) => boolean,
): Promise<readonly Staying[]> {
  const ending = (layer.superseded?.() ?? []).filter((each) => isEnding(addressOf(each)));
  if (ending.length === 0) return [];
  const arns = (await pullStateHead(terraform))?.arns ?? {};
  const staying: Staying[] = [];
  for (const superseded of ending) {
    const arn = arns[addressOf(superseded)];
    const users = arn === undefined ? [] : await usersOf(run, layer, arn);
    if (arn === undefined || users.length === 0) continue;
    const verb = users.length === 1 ? "uses" : "use";
    const text = `${superseded.what}, ${arn}, stays: ${users.join(" and ")} ${verb} it; the next apply of ${layer.name} after theirs deletes it`;
    staying.push({ superseded, text });
  }
  return staying;
}

/** What keeps them declared in one plan, whatever their arguments were. */
export function declarationsOf(staying: readonly Staying[]): object {
  const lifecycle = { create_before_destroy: true, ignore_changes: "all" };
  const types = [...new Set(staying.map(({ superseded }) => superseded.type))];
  return Object.fromEntries(
    types.map((type) => {
      const ofType = staying.filter(({ superseded }) => superseded.type === type);
      const declared = ofType.map(({ superseded: { name, required } }) => [name, { ...required, lifecycle }]);
      return [type, Object.fromEntries(declared) as object];
    }),
  );
}

const addressOf = ({ type, name }: Superseded) => `${type}.${name}`;

/** The layers that read outputs of a layer, and in whose states an ARN is. */
async function usersOf(run: Run, layer: AnyLayer, arn: string): Promise<readonly string[]> {
  const readers = run.layers.filter(({ needs }) =>
    Object.values(needs).some(({ name }) => name === layer.name),
  );
  const users: string[] = [];
  for (const reader of readers) {
    const terraform = terraformFor(run, reader, { verb: "read" });
    await terraform.initialise();
    const state = await terraform.document(["state", "pull"]);
    if (state !== "" && isIn(state, arn)) users.push(reader.name);
  }
  return users;
}

function isIn(state: string, arn: string): boolean {
  const read = readStoredState(state);
  // Attributes alone: outputs of other layers are in a state until it is applied again, whatever uses them.
  return (
    typeof read !== "string" &&
    read.objects.some(({ attributes }) => JSON.stringify(attributes).includes(arn))
  );
}
