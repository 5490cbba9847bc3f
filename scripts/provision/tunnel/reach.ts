import { PortForward } from "./port-forward";
import { appliedValue } from "../terraform/applied-layer";
import type { Run } from "../run/run";
import type { Server } from "../world/index";

/** How a server is reached. */
export interface Way {
  /** Port of this machine that leads to it; undefined when it is reached by itself. */
  readonly localPort?: number;
}

/** Opens a tunnel to a server while `act` runs, unless this machine reaches it by itself. */
export async function reaching<Result>(
  run: Run,
  server: Server,
  act: (way: Way) => Promise<Result>,
): Promise<Result> {
  if (await run.world.network.answers(server)) return act({});
  const target = { ...server, noun: server.host, bastionInstanceId: await appliedValue(run, "bastion") };
  const forward = await PortForward.open(run, target, 0);
  const { localPort } = forward;
  run.events.note(
    `${server.host} is private: reached at localhost:${localPort} through ${target.bastionInstanceId}`,
  );
  try {
    return await act({ localPort });
  } finally {
    await forward.close();
  }
}
