import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { suggestion } from "../../../lib/suggestions";
import type { CommandDeclaration, LayerChoice } from "./define";
import type { Request } from "./request";

type Selecting = Pick<Request, "only" | "from" | "until" | "allowDataLoss">;

/** The layers a request is about, in the order of apply; throws when it names one that does not exist or does not fit. */
export function select(
  layers: readonly AnyLayer[],
  request: Selecting,
  { name: command, uses }: Pick<CommandDeclaration, "name" | "uses">,
): readonly AnyLayer[] {
  const names = layers.map(({ name }) => name);
  const { only, from, until, allowDataLoss } = request;
  for (const name of [...only, from ?? [], until ?? [], ...allowDataLoss].flat()) assertKnown(names, name);
  if (typeof uses.selection === "object") return chosen(layers, only, { command, ...uses.selection });
  if (only.length > 0) return layers.filter(({ name }) => only.includes(name));
  return between(layers, from, until);
}

function between(
  layers: readonly AnyLayer[],
  from: string | undefined,
  until: string | undefined,
): readonly AnyLayer[] {
  const names = layers.map(({ name }) => name);
  const start = from === undefined ? 0 : names.indexOf(from);
  const end = until === undefined ? names.length : names.indexOf(until) + 1;
  if (start < end) return layers.slice(start, end);
  throw new UserError(
    `Cannot select layers: "${until ?? ""}" comes before "${from ?? ""}"`,
    `The order is: ${names.join(", ")}`,
    exitCodes.usage,
  );
}

function chosen(
  layers: readonly AnyLayer[],
  only: readonly string[],
  { command, count, fits }: LayerChoice & { readonly command: string },
): readonly AnyLayer[] {
  const fitting = layers.filter(fits);
  const names = fitting.map(({ name }) => name).join(", ");
  const wrong = only.find((name) => !fitting.some((layer) => layer.name === name));
  if (wrong !== undefined)
    throw new UserError(
      `Cannot select layer "${wrong}": "${command}" does not apply to it`,
      `Choose from: ${names}`,
      exitCodes.usage,
    );
  if (count === "one" && only.length === 0)
    throw new UserError(
      `Cannot ${command}: no layer is selected`,
      `Add --only with one of: ${names}`,
      exitCodes.usage,
    );
  if (count === "one" && only.length > 1)
    throw new UserError(
      `Cannot select ${only.length} layers: "${command}" takes one`,
      `Choose one of: ${only.join(", ")}`,
      exitCodes.usage,
    );
  return only.length === 0 ? fitting : fitting.filter(({ name }) => only.includes(name));
}

function assertKnown(names: readonly string[], name: string): void {
  if (names.includes(name)) return;
  const meant = suggestion(name, names);
  throw new UserError(
    `Cannot select layer "${name}": there is no such layer`,
    meant === undefined ? `Choose from: ${names.join(", ")}` : `Did you mean ${meant}?`,
    exitCodes.usage,
  );
}
