import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { tools } from "../../tools";
import { originalOf, standInOf } from "../charts";

/** A repository of charts on 127.0.0.1. */
export interface ChartServer {
  readonly url: string;
  stop(): void;
}

/** Serves a chart, or what takes its place, from a folder, as `helm repo index` describes it. */
export async function serveChart(
  folder: string,
  { chart, version }: { readonly chart: string; readonly version: string },
): Promise<ChartServer> {
  mkdirSync(folder, { recursive: true });
  const helm = (...args: readonly string[]) => execFileSync(tools.helm ?? "helm", args, { stdio: "ignore" });
  const original = originalOf({ chart, version });
  if (original === undefined) helm("package", standInOf(chart), "--destination", folder);
  else copyFileSync(original, join(folder, basename(original)));
  helm("repo", "index", folder);
  const server = createServer((request, response) => {
    try {
      response.end(readFileSync(join(folder, basename(request.url ?? ""))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // It listens on a port, so that its address is neither null nor the path of a socket.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
