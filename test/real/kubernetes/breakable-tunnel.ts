import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A port of 127.0.0.1 that leads to another, as a port forward through the bastion does. */
export interface BreakableTunnel {
  readonly port: number;
  /** Drops all connections and accepts no more. */
  break(): Promise<void>;
  /** Accepts connections again. */
  mend(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens one to a port. */
export async function openTunnel(target: number): Promise<BreakableTunnel> {
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(target, "127.0.0.1");
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  await listen(0);
  // It listens on a port, so that its address is neither null nor the path of a socket.
  const { port } = server.address() as AddressInfo;
  const shut = () =>
    new Promise<void>((done) => {
      server.close(() => {
        done();
      });
      for (const socket of open) socket.destroy();
    });
  return { port, break: shut, mend: () => listen(port), stop: shut };
}
