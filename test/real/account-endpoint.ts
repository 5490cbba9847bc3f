import { Agent, createServer, type Server } from "node:http";
import type { AddressInfo, Server as TcpServer } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { forward, type Given, receive, type Received } from "./api/wire";

/** An endpoint of AWS before the emulator, which tells quotas, and may forget what it should honour. */
export interface AccountEndpoint {
  readonly url: string;
  /** Whether an object that exists is only created when it does not. */
  honoursConditions: boolean;
  stop(): void;
}

const quotas = "ServiceQuotasV20190624";
const target = "x-amz-target";

/** The account's own virtual CPUs: enough for an environment. */
const vcpus = { QuotaCode: "L-1216C47A", Value: 640 };

/** Starts it on 127.0.0.1. */
export async function startAccountEndpoint(emulator: string): Promise<AccountEndpoint> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const endpoint = { honoursConditions: true };

  const answerTo = ({ raw }: Received): Promise<Given> => {
    const headers = { ...raw.headers };
    if (!endpoint.honoursConditions) delete headers["if-none-match"];
    if (headers[target] === `${quotas}.ListServiceQuotas`) {
      const { ServiceCode } = JSON.parse(raw.body.toString()) as { readonly ServiceCode: string };
      // The emulator knows the defaults of this one alone.
      if (ServiceCode !== "vpc") return Promise.resolve(listed(ServiceCode === "ec2" ? [vcpus] : []));
      headers[target] = `${quotas}.ListAWSDefaultServiceQuotas`;
    }
    return forward({ url: emulator, agent }, { raw: { ...raw, headers }, body: raw.body });
  };
  const server = createServer((incoming, outgoing) => {
    receive(incoming)
      .then(answerTo)
      .then(({ status, headers, content }) => {
        outgoing.writeHead(status, headers);
        outgoing.end(incoming.method === "HEAD" ? undefined : content);
      })
      .catch(() => outgoing.destroy());
  });
  const url = await listening(server);
  const stop = () => {
    server.closeAllConnections();
    server.close();
    agent.destroy();
  };
  return Object.assign(endpoint, { url, stop });
}

function listed(Quotas: readonly object[]): Given {
  const headers = { "content-type": "application/x-amz-json-1.1" };
  return { status: 200, headers, content: Buffer.from(JSON.stringify({ Quotas })) };
}

/** Something that accepts every connection, and never says anything. */
export interface SilentEndpoint {
  readonly url: string;
  /** When the first one came, on this process's clock, in ms. */
  firstAsked(): number;
  stop(): void;
}

/** Starts it on 127.0.0.1. */
export async function startSilentEndpoint(): Promise<SilentEndpoint> {
  const open = new Set<{ destroy(): void }>();
  let asked = NaN;
  const server = createTcpServer((socket) => {
    if (open.size === 0) asked = performance.now();
    open.add(socket);
    // Who hangs up may do so in any way.
    socket.on("error", () => undefined);
  });
  const url = await listening(server);
  const stop = () => {
    for (const socket of open) socket.destroy();
    server.close();
  };
  return { url, firstAsked: () => asked, stop };
}

async function listening(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
