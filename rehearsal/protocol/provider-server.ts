import { createServer, type Socket } from "node:net";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { addProviderService } from "./services";
import type { Handlers } from "./tfplugin";

/** A provider that answers at a Unix socket. */
export interface ProviderServer {
  readonly socket: string;
  stop(): Promise<void>;
}

const unlimitedMessages = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/**
 * Serves a provider at a Unix socket. Terraform opens one connection for each configuration of a provider, and every
 * connection gets handlers of its own: two configurations must not share a region.
 */
export async function serveProvider(socket: string, connected: () => Handlers): Promise<ProviderServer> {
  const open = new Set<Socket>();
  const listener = createServer((connection) => {
    open.add(connection);
    const close = serveConnection(connection, connected());
    connection.on("close", () => {
      open.delete(connection);
      close();
    });
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(socket, resolve);
  });
  return {
    socket,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => {
          resolve();
        });
        for (const connection of open) connection.destroy();
      }),
  };
}

/** Answers the calls of one connection; the returned function forgets it. */
function serveConnection(connection: Socket, handlers: Handlers): () => void {
  const server = new Server({ ...unlimitedMessages, "grpc.enable_channelz": 0 });
  addProviderService(server, handlers);
  // The socket lies in a folder that only this user can enter.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  injector.injectConnection(connection);
  return () => {
    injector.destroy();
    server.forceShutdown();
  };
}
