import { Agent, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { filledOperations } from "./fillers";
import type { Filler } from "./fillers/filler";
import { corrected, filled, sent } from "./filling";
import { Findings } from "./findings";
import type { Judge } from "./judge";
import type { CallRecord, Phase, RecordedCall } from "./recorded-call";
import type { Decoded } from "./request";
import { forward, type Given, receive, type Received } from "./wire";

/** What stands between the AWS provider and the emulator. */
export interface Proxy {
  readonly url: string;
  /** What the provider has asked for, and what AWS would have refused of it. */
  readonly findings: Findings;
  /** Operations that a filler has for nothing. */
  unused(): readonly string[];
  /** Terraform's types of what the fillers hold. */
  readonly types: readonly string[];
  /** What the fillers still hold. */
  held(): readonly string[];
  /** Waits until every call so far is in the record. */
  recorded(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  /** Where the emulator is. */
  readonly emulator: string;
  readonly judge: Judge;
  readonly fillers: readonly Filler[];
  readonly record: CallRecord;
}

/** What the provider appends to its name, so that the proxy knows who asks. */
export function userAgentOf(layer: string, phase: Phase): string {
  return `layer/${layer} phase/${phase}`;
}

const asker = /\blayer\/(\S+) phase\/(apply|plan|change|lift|destroy)\b/;

/** Starts it on 127.0.0.1: every request is judged, recorded, and answered by a filler or by the emulator. */
export async function startProxy({ emulator, judge, fillers, record }: Parts): Promise<Proxy> {
  const findings = new Findings();
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });

  const answerTo = async (decoded: Decoded, { raw, content }: Received): Promise<Given> => {
    const own = filled(fillers, decoded);
    if (own !== undefined) return own;
    const changed = sent(fillers, decoded, content.body);
    const body = changed === content.body ? raw.body : changed;
    const given = await forward({ url: emulator, agent }, { raw, body });
    return given.status < 300 ? corrected(fillers, decoded, given) : given;
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const received = await receive(incoming);
    const { decoded, violations } = judge.judge(received.content);
    const given = await answerTo(decoded, received);
    const [, layer = "", phase = ""] = asker.exec(incoming.headers["user-agent"] ?? "") ?? [];
    if (layer === "") findings.failed(`${decoded.operation} is asked for by nobody`);
    findings.add(decoded, violations, `${layer} ${phase}`);
    // The pattern allows nothing else; without an asker it is empty.
    record.add(callOf({ decoded, given, layer, phase: phase as Phase }));
    outgoing.writeHead(given.status, given.headers);
    outgoing.end(incoming.method === "HEAD" ? undefined : given.content);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      findings.failed(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    findings,
    types: fillers.flatMap(({ types = [] }) => types),
    unused: () => [...filledOperations(fillers).keys()].filter((operation) => !findings.has(operation)),
    held: () =>
      fillers.flatMap(({ service, held }) => Array.from(held?.() ?? [], (what) => `${service} ${what}`)),
    recorded: () => record.written(),
    async stop() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await record.close();
    },
  };
}

/** A request with its answer. */
interface Exchange {
  readonly decoded: Decoded;
  readonly given: Given;
  readonly layer: string;
  readonly phase: Phase;
}

function callOf({ decoded, given, ...asked }: Exchange): RecordedCall {
  const { service, operation, region, params } = decoded;
  const { status, content } = given;
  const call = { service, operation, region, params: textual(params), status, ...asked };
  return status < 300 && content.length > 0 ? { ...call, answer: content.toString("utf8", 0, 4000) } : call;
}

/** The same with text for what is bytes. */
function textual<Value>(value: Value): Value {
  const bytes = (each: unknown): unknown => {
    if (Buffer.isBuffer(each)) return each.toString();
    if (Array.isArray(each)) return each.map(bytes);
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [name, bytes(member)]));
  };
  // Everything but bytes stays what it is.
  return bytes(value) as Value;
}
