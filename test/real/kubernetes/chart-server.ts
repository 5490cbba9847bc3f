import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { basename, dirname, join } from "node:path";
import { stringify } from "yaml";
import { issue } from "../../certificates";
import { freePort } from "../free-port";

/** A repository of charts on this machine. */
export interface ChartServer {
  readonly url: string;
  /** File with the PEM of the authority that issued its certificate. */
  readonly authorityFile: string;
  stop(): void;
}

/** A chart to serve: its folder has its name. */
export interface ServedChart {
  readonly folder: string;
  readonly version: string;
}

const to = new Date("2099-01-01T00:00:00Z");

/** Serves charts over HTTPS, with the archives below a folder. */
export async function serveCharts(folder: string, charts: readonly ServedChart[]): Promise<ChartServer> {
  const archives = charts.map(({ folder: chart, version }) => {
    const name = basename(chart);
    const file = `${name}-${version}.tgz`;
    execFileSync("tar", ["-czf", join(folder, file), "-C", dirname(chart), name]);
    return { name, version, file };
  });
  // A chart may have several versions.
  const versionsOf = (chart: string) =>
    archives
      .filter(({ name }) => name === chart)
      .map(({ name, version, file }) => ({ apiVersion: "v2", name, version, urls: [file] }));
  const entries = archives.map(({ name }) => [name, versionsOf(name)]);
  const index = stringify({ apiVersion: "v1", entries: Object.fromEntries(entries) });
  const own = issue({ name: "charts", authority: true, to });
  const { certificate, privateKey } = issue({ name: "localhost", names: ["localhost"], by: own, to });
  const authorityFile = join(folder, "charts.crt");
  writeFileSync(authorityFile, own.certificate);
  const port = await freePort();
  const server = createServer({ key: privateKey, cert: certificate }, (request, response) => {
    const asked = archives.find(({ file }) => request.url === `/${file}`);
    response.end(asked === undefined ? index : readFileSync(join(folder, asked.file)));
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `https://localhost:${port}`, authorityFile, stop };
}
