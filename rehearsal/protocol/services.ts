import {
  type handleUnaryCall,
  type MethodDefinition,
  type sendUnaryData,
  type Server,
  type ServerUnaryCall,
  status,
} from "@grpc/grpc-js";
import { decode } from "./decode";
import { encode } from "./encode";
import type { Message } from "./message";
import { pluginLog } from "./plugin-log";
import { type Handlers, rpcs } from "./tfplugin";

type Fields = Readonly<Record<string, unknown>> | Uint8Array;
type Method = MethodDefinition<Fields, Fields>;

/** Protocol 5's names for calls that protocol 6 renamed. */
const namesIn5: Readonly<Record<string, string>> = {
  GetProviderSchema: "GetSchema",
  ValidateProviderConfig: "PrepareProviderConfig",
  ValidateResourceConfig: "ValidateResourceTypeConfig",
  ValidateDataResourceConfig: "ValidateDataSourceConfig",
  ConfigureProvider: "Configure",
  StopProvider: "Stop",
};

/** Serves the provider's calls under the names of the protocol version that Terraform chose. */
export function addProviderService(server: Server, handlers: Handlers, version: 5 | 6): void {
  const methods: Record<string, Method> = {};
  const implementation: Record<string, handleUnaryCall<Fields, Fields>> = {};
  for (const [name, { request, response }] of Object.entries(rpcs)) {
    const wireName = version === 5 ? (namesIn5[name] ?? name) : name;
    methods[wireName] = method(`/tfplugin${version}.Provider/${wireName}`, { request, response });
    // Each handler takes the decoded form of its own request; the loop cannot follow that pairing.
    const handler = handlers[name as keyof Handlers] as (request: Fields) => Fields | Promise<Fields>;
    implementation[wireName] = (call, callback) => void answer(name, () => handler(call.request), callback);
  }
  server.addService(methods, implementation);
}

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

async function answer(
  name: string,
  handle: () => Fields | Promise<Fields>,
  reply: sendUnaryData<Fields>,
): Promise<void> {
  try {
    reply(null, await handle());
  } catch (error) {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    pluginLog("error", `${name}: ${details}`);
    reply({ code: status.INTERNAL, details });
  }
}

function method(path: string, { request, response }: { request: Message; response: Message }): Method {
  const serialize = (message: Message) => (fields: Fields) =>
    fields instanceof Uint8Array ? Buffer.from(fields) : encode(message, fields);
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: serialize(request),
    requestDeserialize: (bytes) => decode(request, bytes),
    responseSerialize: serialize(response),
    responseDeserialize: (bytes) => decode(response, bytes),
  };
}
