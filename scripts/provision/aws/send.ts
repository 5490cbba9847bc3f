import type { Send } from "../../../lib/layer/abandoned";
import type { Run } from "../run/run";
import { tryAws } from "./client";
import type { Fault } from "./fault";

/** Why AWS did not do what a series of calls is for. */
export class Faulted extends Error {
  override readonly name = "Faulted";

  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

/** Sends calls one after the other; throws `Faulted` at the first that fails. */
export function sender(run: Run): Send {
  return async (call) => {
    const reply = await tryAws(run, call);
    if (reply.kind === "fault") throw new Faulted(reply.fault);
    return reply.output;
  };
}

/** The result of calls, or the fault at which they ended. */
export async function faultless<Result>(
  act: () => Promise<Result>,
): Promise<Result | { readonly fault: Fault }> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Faulted) return { fault: error.fault };
    throw error;
  }
}
