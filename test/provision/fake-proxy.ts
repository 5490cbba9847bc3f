import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { issue } from "../certificates";

const until2099 = { to: new Date("2099-01-01T00:00:00Z") };

/** A server that answers as AWS does, with a certificate of an authority that nobody else knows. */
export interface PretendedAws {
  readonly port: number;
  /** Certificate of its authority, in PEM. */
  readonly authority: string;
  /** `host operation, access key`, as they came. */
  readonly asked: string[];
  /** What it answers with, by operation; otherwise whose credentials these are. */
  readonly answers: Map<string, { readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

/** Starts it for these host names. */
export async function pretendAws(...names: readonly string[]): Promise<PretendedAws> {
  const authority = issue({ name: "Private authority", authority: true, ...until2099 });
  const { certificate, privateKey } = issue({ name: names[0] ?? "", by: authority, names, ...until2099 });
  const asked: string[] = [];
  const answers: PretendedAws["answers"] = new Map();
  const server = createTlsServer({ cert: certificate, key: privateKey }, (request, response) => {
    void bodyOf(request).then((body) => {
      const operation =
        new URLSearchParams(body).get("Action") ?? `${request.method ?? ""} ${request.url ?? ""}`;
      const [, key] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
      asked.push(`${request.headers.host ?? ""} ${operation}, ${key ?? "unsigned"}`);
      const answer = answers.get(operation) ?? { status: 200, body: identity };
      response.writeHead(answer.status, { "content-type": "text/xml" }).end(answer.body);
    });
  });
  return { ...(await opened(server)), authority: authority.certificate, asked, answers };
}

/** A proxy that leads every host to the port `to` of this machine. */
export interface FakeProxy {
  readonly port: number;
  /** Each CONNECT: host, port, and what it was authorised with. */
  readonly connects: (readonly [target: string, authorization: string | undefined])[];
  close(): Promise<void>;
}

/** Starts it; with a `login`, it refuses everybody else. */
export async function startProxy(to: number, login?: string): Promise<FakeProxy> {
  const connects: FakeProxy["connects"] = [];
  const server = createServer();
  server.on("connect", (request, client) => {
    const authorization = request.headers["proxy-authorization"];
    connects.push([request.url ?? "", authorization]);
    client.on("error", () => client.destroy());
    if (login !== undefined && authorization !== `Basic ${Buffer.from(login).toString("base64")}`) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const target = connect(to, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    target.on("error", () => client.destroy());
  });
  return { ...(await opened(server)), connects };
}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/op</Arn><UserId>op</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

async function opened(server: Server | TlsServer): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<{ destroy: () => void }>();
  server.on("connection", (socket: { destroy: () => void }) => sockets.add(socket));
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  const close = () =>
    new Promise<void>((done) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => {
        done();
      });
    });
  // A server that listens on a port has an address.
  return { port: (server.address() as AddressInfo).port, close };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
