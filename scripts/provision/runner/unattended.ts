import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine, type Request } from "../command-line/request";
import type { Run } from "../run/run";

/** What needs approval. */
interface Unapproved<Asked extends Request> {
  /** As in `Cannot destroy "dev"`. */
  readonly verb: string;
  readonly subject: string;
  /** What to review before approving in advance; unset: the plan. */
  readonly review?: string;
  /** Options besides --yes that approve in advance. */
  readonly advance?: Partial<Asked>;
}

/** Throws without an interactive terminal. */
export function assertTerminal<Asked extends Request>(
  { world, request }: Pick<Run, "world"> & { readonly request: Asked },
  { verb, subject, review = "the plan", advance }: Unapproved<Asked>,
): void {
  if (world.terminal.interactive) return;
  throw new UserError(
    `Cannot ${verb} "${subject}": there is no interactive terminal for approval; nothing was changed`,
    `Review ${review}, then run: ${commandLine({ ...request, yes: true }, advance)}`,
    exitCodes.preflightFailed,
  );
}
