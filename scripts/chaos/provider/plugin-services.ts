import type { sendUnaryData, Server, ServerUnaryCall } from "@grpc/grpc-js";
import { type Fields, method } from "../../../rehearsal/protocol/services";

/** Serves what go-plugin itself asks of every plugin: health, standard output, shutdown. */
export function addPluginServices(server: Server, shutdown: () => void): void {
  const check = method("/grpc.health.v1.Health/Check", {
    request: { service: [1, "string"] },
    response: { status: [1, "enum"] },
  });
  const serving = (_call: ServerUnaryCall<Fields, Fields>, reply: sendUnaryData<Fields>): void => {
    reply(null, { status: 1 });
  };
  server.addService({ Check: check }, { Check: serving });

  const stdio = method("/plugin.GRPCStdio/StreamStdio", { request: {}, response: {} });
  const heldOpen = (): void => undefined;
  server.addService({ StreamStdio: { ...stdio, responseStream: true } }, { StreamStdio: heldOpen });

  const controller = method("/plugin.GRPCController/Shutdown", { request: {}, response: {} });
  const leave = (_call: ServerUnaryCall<Fields, Fields>, reply: sendUnaryData<Fields>): void => {
    reply(null, {});
    // The answer has to reach the wire first.
    setTimeout(shutdown, 5);
  };
  server.addService({ Shutdown: controller }, { Shutdown: leave });
}
