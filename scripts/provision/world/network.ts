import { lookup, NODATA, NOTFOUND, Resolver } from "node:dns/promises";
import { connect, createServer, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Network, Server } from "./index";

/** Long enough for a server behind two tunnels, short enough to try again soon. */
const patienceSeconds = 4;
/** SSLRequest, which a PostgreSQL server answers with one letter: https://www.postgresql.org/docs/16/protocol-message-formats.html */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** This machine's network. */
export const network: Network = {
  freePort: async (wanted) => {
    const port = (await portIfFree(wanted)) ?? (await portIfFree(0));
    if (port === undefined) throw new Error("No port of 127.0.0.1 is free");
    return port;
  },
  answers: (server) =>
    new Promise((done) => {
      const socket = greet(server, () => {
        end(true);
      });
      const end = (answered: boolean) => {
        socket.destroy();
        done(answered);
      };
      socket.setTimeout(patienceSeconds * 1000, () => {
        end(false);
      });
      socket.on("error", () => {
        end(false);
      });
      socket.on("close", () => {
        done(false);
      });
    }),
  resolves: (host) =>
    lookup(host).then(
      () => true,
      () => false,
    ),
  nameServers: async (domain) => {
    try {
      const found = await new Resolver({ timeout: patienceSeconds * 1000, tries: 2 }).resolveNs(domain);
      return found.map((name) => name.toLowerCase().replace(/\.$/, ""));
    } catch (error) {
      // Neither the domain nor the record: https://nodejs.org/docs/latest-v20.x/api/dns.html#error-codes
      const isNegative =
        error instanceof Error && "code" in error && (error.code === NOTFOUND || error.code === NODATA);
      return isNegative ? [] : undefined;
    }
  },
  connects: ({ host, port, seconds }) =>
    new Promise((done) => {
      const socket = connect({ host, port });
      const end = (connected: boolean) => {
        socket.destroy();
        done(connected);
      };
      // The timeout of a socket does not cover the connection itself on every system.
      const timer = setTimeout(end, seconds * 1000, false);
      socket.on("connect", () => {
        end(true);
      });
      socket.on("error", () => {
        end(false);
      });
      socket.on("close", () => {
        clearTimeout(timer);
      });
    }),
};

/** Opens a connection and says the first word; `answered` is called when the right server replies. */
function greet({ host, port, speaks }: Server, answered: () => void): Socket {
  if (speaks.protocol === "tls") {
    const { serverName: servername, authority: ca, anchors } = speaks;
    // Node checks the certificate against the authority and the name before it calls back.
    return connectTls({ host, port, servername, ca, allowPartialTrustChain: anchors === "any" }, answered);
  }
  const socket = connect({ host, port }, () => socket.write(sslRequest));
  socket.on("data", (reply) => {
    if (reply.toString("latin1") === "S") answered();
  });
  return socket;
}

function portIfFree(wanted: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", () => {
      done(undefined);
    });
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        done(typeof address === "object" ? address?.port : undefined);
      });
    });
  });
}
