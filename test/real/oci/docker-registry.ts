import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../free-port";
import { tools } from "../tools";

/** Debian's docker-registry on this machine, without authentication. */
export interface DockerRegistry {
  readonly port: number;
  stop(): void;
}

/** Starts it with its content below `folder`, as the server behind `publicUrl`, which its links name. */
export async function startDockerRegistry(folder: string, publicUrl: string): Promise<DockerRegistry> {
  const port = await freePort();
  const configuration = {
    version: 0.1,
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "registry") }, redirect: { disable: true } },
    http: { addr: `127.0.0.1:${port}`, host: publicUrl, secret: "example" },
  };
  const file = join(folder, "registry.yml");
  writeFileSync(file, JSON.stringify(configuration));
  const child = spawn(tools.dockerRegistry ?? "", ["serve", file], { stdio: "ignore" });
  const stop = () => void child.kill("SIGKILL");
  process.once("exit", stop);
  for (let tries = 0; tries < 80; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    if (answer?.ok === true) return { port, stop };
    await sleep(250);
  }
  stop();
  throw new Error("docker-registry did not start");
}
