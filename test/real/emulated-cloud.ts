import { mkdirSync } from "node:fs";
import type { Environment } from "../../lib/layer/environment-schema";
import { findBotocore } from "./api/botocore";
import { fillersFor } from "./api/fillers";
import type { Place } from "./api/fillers/filler";
import { Judge } from "./api/judge";
import { type Proxy, startProxy } from "./api/proxy";
import { openRecord } from "./api/recorded-call";
import { createHostedZone, startMoto } from "./moto";
import { realProviders, type Variables } from "./terraform";
import { tools } from "./tools";

/** Moto, behind a proxy that judges and records what Terraform asks of it. */
export interface Cloud {
  /** Moto itself. */
  readonly url: string;
  readonly proxy: Proxy;
  /** What leads Terraform to the proxy. */
  readonly variables: Variables;
  stop(): Promise<void>;
}

/** Starts an account of its own for an environment, with the zone that its domain is delegated from. */
export async function startCloud(environment: Environment, scratch: string): Promise<Cloud> {
  const { name, account, domain } = environment;
  mkdirSync(scratch, { recursive: true });
  const moto = await startMoto(account);
  if ("parent" in domain) await createHostedZone(moto.url, domain.parent);
  const proxy = await judgingProxy(moto.url, environment, name);
  return {
    url: moto.url,
    proxy,
    variables: { ...moto.variables, ...realProviders(scratch), ...through(proxy), TF_CLI_ARGS: "-no-color" },
    async stop() {
      await proxy.stop();
      moto.stop();
    },
  };
}

/** A proxy before moto that judges by botocore's models; it begins the record of that name anew. */
export async function judgingProxy(emulator: string, place: Place, record: string): Promise<Proxy> {
  const botocore = findBotocore(tools.moto);
  if (botocore === undefined) throw new Error("The Python that runs moto has no botocore");
  const judge = new Judge(botocore);
  return startProxy({ emulator, judge, fillers: fillersFor(place), record: openRecord(record) });
}

/** S3 Control puts the account into the host name, which no address of this machine could have. */
export function through({ url }: Proxy): Variables {
  return { AWS_ENDPOINT_URL: url, HTTP_PROXY: url };
}
