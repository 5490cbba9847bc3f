import { exitCodes } from "../../../../lib/errors";
import type { Endpoint } from "../../../../lib/layer/endpoint";
import { quoted } from "../../command-line/quoted";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";
import { appliedLayer, appliedValue, declaring } from "../../terraform/applied-layer";
import { PortForward } from "../../tunnel/port-forward";
import { serverAt } from "../../tunnel/server-at";
import type { Server } from "../../world/index";

/** An open tunnel, and what to type to use it. */
interface Opened {
  readonly forward: PortForward;
  readonly lines: readonly string[];
}

/** Opens tunnels to the servers of the selected layers, and keeps them open until the operator interrupts. */
export async function handle(run: Run): Promise<number> {
  const layers = declaring(run, run.selected, "endpoints");
  const bastionInstanceId = await appliedValue(run, "bastion");
  const opened: Opened[] = [];
  try {
    for (const layer of layers)
      for (const endpoint of layer.endpoints?.(await appliedLayer(run, layer)) ?? [])
        opened.push(await open(run, endpoint, bastionInstanceId));
    // It may stay open for days, and needs nothing of the folders any more.
    run.lock.release();
    for (const { lines } of opened) run.screen.print(`\n${lines.join("\n")}`);
    run.screen.print("\n  Open until you press Ctrl-C; opened again when a session breaks");
    await pause(run.world.clock, Infinity, () => run.interrupts.draining);
  } finally {
    await Promise.all(opened.map(({ forward }) => forward.close()));
  }
  run.events.note("Closed");
  return exitCodes.done;
}

async function open(run: Run, endpoint: Endpoint, bastionInstanceId: string): Promise<Opened> {
  const { noun } = endpoint;
  const server = serverOf(endpoint);
  const forward = await PortForward.open(run, { ...server, noun, bastionInstanceId }, endpoint.localPort);
  const { localPort } = forward;
  const file = writeFile(run, endpoint, localPort);
  const commands = endpoint.commands({ localPort, file: quoted(file) }).map((line) => `    ${line}`);
  return {
    forward,
    lines: [`  ${run.screen.ink.bold(titleOf(noun))}  ${addresses(endpoint, localPort)}`, ...commands],
  };
}

function serverOf({ server }: Endpoint): Server {
  if (server.protocol === "tls") return serverAt(server.url, server.authority);
  return { host: server.host, port: server.port, speaks: { protocol: "postgresql" } };
}

/** Where it is reached, and what answers there. */
function addresses({ server }: Endpoint, localPort: number): string {
  return server.protocol === "tls"
    ? `https://localhost:${localPort}, which is ${new URL(server.url).hostname}`
    : `localhost:${localPort}, which is ${server.host}:${server.port}`;
}

/** Returns the path of the endpoint's file; empty when it has none. */
function writeFile(run: Run, { file }: Endpoint, localPort: number): string {
  if (file === undefined) return "";
  const path = `${run.folders.own}/${file.name}`;
  run.world.files.write(path, file.text(localPort), "secret");
  return run.world.files.absolute(path);
}

const titleOf = (noun: string) => noun.charAt(0).toUpperCase() + noun.slice(1);
