import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "./figures";
import { secondsOf } from "./process";

/** `doctor` for all layers, as it is typed, where nothing answers: that takes longest. */
export async function doctorFigure(runs: number): Promise<Figure> {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address.
  const { port } = silent.address() as AddressInfo;
  const home = mkdtempSync(join(tmpdir(), "bench-"));
  const variables = {
    ...{
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "key",
    },
    ...{ AWS_SESSION_TOKEN: "", AWS_CONFIG_FILE: join(home, "config"), HOME: home },
  };
  const values: number[] = [];
  try {
    for (let run = 0; run < runs; run++)
      values.push(
        await secondsOf({
          program: "npx",
          arguments: ["ts-node", "scripts/provision.ts", "doctor", "--env", "dev"],
          ...{ variables, exitCode: 4 },
        }),
      );
  } finally {
    for (const socket of sockets) socket.destroy();
    silent.close();
    rmSync(home, { recursive: true });
  }
  return { what: "doctor, where AWS never answers (exit 4)", unit: "s", limit: 10, values };
}
