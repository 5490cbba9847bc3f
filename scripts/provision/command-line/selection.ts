import { exitCodes, UserError } from "../../../lib/errors";
import type { AnyLayer } from "../../../lib/layer/layer";
import { suggestion } from "../../../lib/suggestions";
import type { Request } from "./request";

/** The layers a request is about, in the order of apply; throws when it names one that does not exist. */
export function select(layers: readonly AnyLayer[], request: Request): readonly AnyLayer[] {
  const names = layers.map(({ name }) => name);
  const { only, from, until, allowDataLoss } = request;
  for (const name of [...only, from ?? [], until ?? [], ...allowDataLoss].flat()) assertKnown(names, name);
  if (only.length > 0) return layers.filter(({ name }) => only.includes(name));
  const start = from === undefined ? 0 : names.indexOf(from);
  const end = until === undefined ? names.length : names.indexOf(until) + 1;
  if (start < end) return layers.slice(start, end);
  throw new UserError(
    `Cannot select layers: "${until ?? ""}" comes before "${from ?? ""}"`,
    `The order is: ${names.join(", ")}`,
    exitCodes.preflightFailed,
  );
}

function assertKnown(names: readonly string[], name: string): void {
  if (names.includes(name)) return;
  const meant = suggestion(name, names);
  throw new UserError(
    `Cannot select layer "${name}": there is no such layer`,
    meant === undefined ? `Choose from: ${names.join(", ")}` : `Did you mean ${meant}?`,
    exitCodes.preflightFailed,
  );
}
