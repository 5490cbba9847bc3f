import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port";
import { tools } from "./tools";
import type { Variables } from "./terraform";

/** moto's server on 127.0.0.1, for one test file. */
export interface Moto {
  readonly url: string;
  /** Environment variables with which Terraform and the AWS provider use it, with dummy keys. */
  readonly variables: Variables;
  stop(): void;
}

/** A request; its headers are plain, so that the caller's name can be added. */
export type Question = Omit<RequestInit, "headers"> & { readonly headers?: Readonly<Record<string, string>> };

const startSeconds = 60;

/** Calls a service of moto with (any) credentials: without them the caller is anonymous. */
export function signedRequest(
  url: string,
  service: string | { readonly service: string; readonly region: string },
  init: Question = {},
): Promise<Response> {
  const scope = typeof service === "string" ? `us-west-2/${service}` : `${service.region}/${service.service}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${scope}/aws4_request`;
  return fetch(url, { ...init, headers: { ...init.headers, authorization } });
}

/** Creates a public zone, such as the one that an environment's domain is delegated from. */
export async function createHostedZone(url: string, name: string): Promise<void> {
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>test</CallerReference></CreateHostedZoneRequest>`;
  const answer = await signedRequest(`${url}/2013-04-01/hostedzone`, "route53", { method: "POST", body });
  if (!answer.ok) throw new Error(`moto refused the zone: ${await answer.text()}`);
}

/** Creates a bucket in us-west-2, such as one for states. */
export async function createBucket(url: string, name: string): Promise<void> {
  const body =
    "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>";
  const answer = await signedRequest(`${url}/${name}`, "s3", { method: "PUT", body });
  if (!answer.ok) throw new Error(`moto refused the bucket: ${await answer.text()}`);
}

/** Starts moto on a free port, as an account; it ends with `stop()`, by its pid. */
export async function startMoto(account = "123456789012"): Promise<Moto> {
  const [command, ...args] = tools.moto ?? [];
  if (command === undefined) throw new Error("moto was not found");
  const port = await freePort();
  const child = spawn(command, [...args, "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true", MOTO_ACCOUNT_ID: account },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = () => void child.kill("SIGKILL");
  process.once("exit", stop);
  for (let tries = 0; tries < startSeconds * 4; tries++) {
    if (await reachable(url)) return { url, variables: pointAt(url), stop };
    await sleep(250);
  }
  stop();
  throw new Error(`moto did not answer on ${url} within ${startSeconds} s`);
}

function pointAt(url: string): Variables {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    // An operation that the emulator lacks should fail in seconds, not look like a hang.
    AWS_MAX_ATTEMPTS: "2",
  };
}

async function reachable(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}
