import {
  Agent as HttpAgent,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Answer, Downloads, Get } from "./downloads";
import { openTofu } from "./opentofu-release";
import { proxyFor } from "./proxy";
import { agentsThrough } from "./through-proxy";

/** A server that sends nothing for so long is given up. */
const idleSeconds = 30;

/** Files of other servers, through the proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. */
export const downloads: Downloads = {
  platform: `${process.platform}-${process.arch}`,
  openTofu,
  get: async (wanted) => answerTo(wanted, await agentFor(wanted)),
};

async function agentFor({ url, environment }: Get): Promise<RequestOptions["agent"]> {
  const { protocol, hostname } = url;
  const port = url.port === "" ? undefined : Number(url.port);
  const proxy = proxyFor({ protocol, hostname, port }, environment);
  const secure = protocol === "https:";
  if (proxy === "") return secure ? new HttpsAgent() : new HttpAgent();
  const { httpAgent, httpsAgent } = await agentsThrough(proxy, {});
  return secure ? httpsAgent : httpAgent;
}

/** The timeout of a socket does not cover the way through a proxy, so that this one counts itself. */
function answerTo({ url, headers, signal }: Get, agent: RequestOptions["agent"]): Promise<Answer> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((done, fail) => {
    let response: IncomingMessage | undefined;
    const silent = () => {
      (response ?? request).destroy(new Error(`nothing was received for ${idleSeconds} seconds`));
    };
    const timer = setTimeout(silent, idleSeconds * 1000);
    const request = send(url, { headers, agent, signal }, (begun) => {
      response = begun;
      begun.on("data", () => timer.refresh());
      begun.on("close", () => {
        clearTimeout(timer);
      });
      begun.pause();
      done({ status: begun.statusCode ?? 0, headers: singleHeaders(begun), body: begun });
    });
    request.on("error", (error) => {
      clearTimeout(timer);
      fail(error);
    });
    request.end();
  });
}

function singleHeaders({ headers }: IncomingMessage): Answer["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]),
  );
}
