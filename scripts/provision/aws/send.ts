import type { Send } from "../../../lib/layer/abandoned";
import type { AwsCall } from "../../../lib/layer/aws-call";
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
  async function send<Output>(call: AwsCall<Output>): Promise<Output>;
  async function send<Output>(call: AwsCall<Output>, refusal: RegExp): Promise<Output | undefined>;
  async function send<Output>(call: AwsCall<Output>, refusal?: RegExp): Promise<Output | undefined> {
    const reply = await tryAws(run, call);
    if (reply.kind === "answered") return reply.output;
    if (reply.fault.kind === "refused" && refusal?.test(reply.fault.code) === true) return undefined;
    throw new Faulted(reply.fault);
  }
  return send;
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
