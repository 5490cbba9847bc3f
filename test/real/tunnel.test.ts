import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttps, type Server as HttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { kubeconfig } from "../../modules/eks/kubeconfig";
import { PortForward, type Target } from "../../scripts/provision/tunnel/port-forward";
import { Events } from "../../scripts/provision/run/events";
import type { Run } from "../../scripts/provision/run/run";
import { OnScreen } from "../../scripts/provision/runner/on-screen";
import { Screen } from "../../scripts/provision/screen/screen";
import { serverAt } from "../../scripts/provision/tunnel/server-at";
import { realWorld } from "../../scripts/provision/world/real";
import { issue } from "../certificates";
import { loadConfig } from "../synth";
import { postgresMissing, startPostgres } from "./postgres";

/** Real processes, ports and certificates; only AWS is a script that forwards ports on this machine. */
const until2099 = { to: new Date("2099-01-01T00:00:00Z") };
const host = "4711.gr7.us-west-2.eks.amazonaws.com";
const authority = issue({ name: "kubernetes", authority: true, ...until2099 });
const certificate = issue({ name: host, by: authority, names: [host], ...until2099 });
const authorityData = Buffer.from(authority.certificate).toString("base64");

const cleanups: (() => unknown)[] = [];
let root: string;
let run: Run;
let printed: string[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tunnel-"));
  printed = [];
  const world = realWorld(root);
  const terminal = { ...world.terminal, live: false, colours: false };
  terminal.print = (text: string) => printed.push(text);
  const screen = new Screen({ ...world, terminal });
  const events = new Events();
  events.listen(new OnScreen(screen).listen);
  // What a port forward touches of a run.
  run = {
    world: { ...world, terminal },
    screen,
    loaded: loadConfig({ config: "dev" }),
    request: { command: "tunnel", env: "dev", only: [], allowDataLoss: [] },
    events,
    interrupts: { draining: false },
    signIn: "Sign in",
    environment: { PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}`, HOME: root },
  } as unknown as Run;
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  rmSync(root, { recursive: true });
});

/** An `aws` whose sessions lead to ports of this machine, by the host that was asked for; it notes its own pid. */
function installAws(ports: Readonly<Record<string, number>>): void {
  const script = `#!${process.execPath}
const [service] = process.argv.slice(2);
if (service === "eks") {
  const status = { token: "a-token" };
  console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "client.authentication.k8s.io/v1beta1", spec: {}, status }));
} else {
  const { connect, createServer } = require("node:net");
  const given = JSON.parse(process.argv[process.argv.indexOf("--parameters") + 1]);
  const to = ${JSON.stringify(ports)}[given.host[0]];
  require("node:fs").writeFileSync(${JSON.stringify(root)} + "/session-" + process.pid, "");
  createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const [one, other] of [[near, far], [far, near]]) one.on("error", () => other.destroy()).pipe(other);
  }).listen(Number(given.localPortNumber[0]), "127.0.0.1");
}
`;
  run.world.files.write("bin/aws", script);
  execFileSync("chmod", ["+x", join(root, "bin/aws")]);
}

const sessions = () =>
  readdirSync(root)
    .filter((file) => file.startsWith("session-"))
    .map((file) => Number(file.slice("session-".length)));

const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("It never came to hold");
}

/** A Kubernetes API that answers every request with its version, and remembers who asked. */
async function startApi(by = certificate): Promise<{ server: HttpsServer; port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createHttps({ cert: by.certificate, key: by.privateKey }, (request, response) => {
    asked.push(`${request.url ?? ""} ${request.headers.authorization ?? ""}`);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ major: "1", minor: "35", gitVersion: "v1.35.0" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port, asked };
}

const api: Target = { ...serverAt(`https://${host}`, authorityData), noun: "API", bastionInstanceId: "i-1" };

async function open(target: Target): Promise<PortForward> {
  const forward = await PortForward.open(run, target, 0);
  cleanups.push(() => forward.close());
  return forward;
}

describe("a port forward", () => {
  test("leads to a server that proves its name, and ends its session when it is closed", async () => {
    installAws({ [host]: (await startApi()).port });
    const forward = await open(api);
    const near = { ...api, host: "127.0.0.1", port: forward.localPort };
    expect(await run.world.network.answers(near)).toBe(true);
    const [pid = 0] = sessions();
    expect(lives(pid)).toBe(true);
    await forward.close();
    expect(lives(pid)).toBe(false);
  });

  test("opens another session at the same port when its own is killed", async () => {
    installAws({ [host]: (await startApi()).port });
    const forward = await open(api);
    const near = { ...api, host: "127.0.0.1", port: forward.localPort };
    process.kill(sessions()[0] ?? 0, "SIGKILL");
    await until(() => sessions().length === 2);
    await until(() => run.world.network.answers(near));
    expect(printed.join("\n")).toContain("The tunnel to the API broke: opening it again");
  });

  test("takes another port when the wanted one is in use", async () => {
    const { port } = await startApi();
    installAws({ [host]: port });
    const forward = await PortForward.open(run, api, port);
    cleanups.push(() => forward.close());
    expect(forward.localPort).not.toBe(port);
  });
});

describe("a server", () => {
  const at = (port: number): Target => ({ ...api, host: "127.0.0.1", port });

  test("with a certificate of another authority is not the one that was meant", async () => {
    const stranger = issue({ name: "stranger", authority: true, ...until2099 });
    const { port } = await startApi(issue({ name: host, by: stranger, names: [host], ...until2099 }));
    expect(await run.world.network.answers(at(port))).toBe(false);
  });

  test("with another name is not the one that was meant", async () => {
    const other = issue({ name: "x", by: authority, names: ["x.example.com"], ...until2099 });
    expect(await run.world.network.answers(at((await startApi(other)).port))).toBe(false);
  });

  test("that takes a connection and says nothing does not answer", async () => {
    const silent = createTcp();
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    cleanups.push(() => silent.close());
    expect(await run.world.network.answers(at((silent.address() as AddressInfo).port))).toBe(false);
  });
});

const kubectl = spawnSync("kubectl", ["version", "--client"]).error === undefined;

test.skipIf(!kubectl)(
  `kubectl reaches the cluster by the kubeconfig that a tunnel writes ${kubectl ? "" : "(not found: kubectl)"}`,
  async () => {
    const { port, asked } = await startApi();
    installAws({ [host]: port });
    const { localPort } = await open(api);
    const file = join(root, "kubeconfig");
    const cluster = { name: "dev", region: "us-west-2", certificateAuthority: authorityData };
    const server = `https://localhost:${localPort}`;
    writeFileSync(file, kubeconfig({ ...cluster, server, tlsServerName: host }));
    const { stdout } = await promisify(execFile)(
      "kubectl",
      ["--kubeconfig", file, "get", "--raw", "/version"],
      {
        env: run.environment,
      },
    );
    expect(stdout).toContain("v1.35.0");
    expect(asked).toContain("/version Bearer a-token");
  },
);

const noServer = postgresMissing();

test.skipIf(noServer !== undefined)(
  `PostgreSQL with TLS answers through a port forward ${noServer ?? ""}`,
  async () => {
    const database = "dev-aurora.example.com";
    const postgres = await startPostgres(root, certificate);
    cleanups.push(() => postgres.stop());
    installAws({ [database]: postgres.port });
    const speaks = { protocol: "postgresql" } as const;
    const target = { host: database, port: 5432, speaks, noun: "database", bastionInstanceId: "i-1" };
    const { localPort } = await open(target);
    const connection = `host=localhost port=${localPort} dbname=postgres user=operator password=${postgres.password} sslmode=require`;
    const { stdout } = await promisify(execFile)("psql", [
      connection,
      "-Atc",
      "select ssl from pg_stat_ssl where pid = pg_backend_pid()",
    ]);
    expect(stdout.trim()).toBe("t");
  },
);
