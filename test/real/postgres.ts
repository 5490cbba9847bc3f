import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Issued } from "../certificates";
import { freePort } from "./free-port";

/** A PostgreSQL server with TLS on 127.0.0.1. */
export interface Postgres {
  readonly port: number;
  /** Of the user `operator`, who may do everything. */
  readonly password: string;
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Debian keeps the server's programs off the PATH. */
const programs = ["/usr/lib/postgresql", "/usr/pgsql"]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, "bin")))
  .find((folder) => existsSync(join(folder, "initdb")));

/** Why a test that needs a server cannot run here. */
export function postgresMissing(): string | undefined {
  return programs === undefined ? "not found: PostgreSQL's server" : undefined;
}

/** An account without rights: the server refuses to run as root. */
const nobody = 65534;
const asRoot = process.getuid?.() === 0;
const withoutRights = asRoot ? { uid: nobody, gid: nobody } : {};

/** Starts it with its data below `folder`; it ends with `stop()`, by its pid. */
export async function startPostgres(folder: string, certificate: Issued): Promise<Postgres> {
  const data = join(folder, "postgres");
  const password = randomBytes(12).toString("hex");
  const give = (path: string) => {
    if (asRoot) chownSync(path, nobody, 0);
  };
  chmodSync(folder, 0o755);
  mkdirSync(data, { mode: 0o700 });
  const file = join(folder, "operator-password");
  writeFileSync(file, password);
  [data, file].forEach(give);
  const bin = programs ?? "";
  const user = ["-U", "operator", `--pwfile=${file}`, "-A", "scram-sha-256"];
  execFileSync(join(bin, "initdb"), ["-D", data, ...user], { stdio: "ignore", cwd: "/", ...withoutRights });
  writeFileSync(join(data, "server.crt"), certificate.certificate);
  writeFileSync(join(data, "server.key"), certificate.privateKey, { mode: 0o600 });
  give(join(data, "server.key"));

  const port = await freePort();
  // As modules/aurora sets it: what changes the schema is logged, word by word.
  const settings = ["ssl=on", "listen_addresses=127.0.0.1", "log_statement=ddl"].flatMap((line) => [
    "-c",
    line,
  ]);
  const server = ["-D", data, "-p", String(port), "-k", "", ...settings];
  const log = join(folder, "postgres.log");
  writeFileSync(log, "");
  const child = spawn(join(bin, "postgres"), server, {
    stdio: ["ignore", "ignore", "pipe"],
    cwd: "/",
    ...withoutRights,
  });
  child.stderr.on("data", (chunk: Buffer) => {
    writeFileSync(log, chunk, { flag: "a" });
  });
  const closed = new Promise<void>((done) =>
    child.on("close", () => {
      done();
    }),
  );
  const read = () => readFileSync(log, "utf8");
  for (let tries = 0; tries < 300 && !read().includes("ready to accept connections"); tries += 1)
    await sleep(100);
  return {
    port,
    password,
    log: read,
    stop: () => {
      child.kill("SIGQUIT");
      return closed;
    },
  };
}
