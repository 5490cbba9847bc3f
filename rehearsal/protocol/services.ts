import {
  type handleUnaryCall,
  type MethodDefinition,
  type sendUnaryData,
  type Server,
  status,
} from "@grpc/grpc-js";
import { problem } from "../engine/diagnostic";
import { wireDiagnostics } from "../engine/wire-diagnostics";
import { fileErrorText } from "../system-error";
import { decode } from "./decode";
import { encode } from "./encode";
import type { Message } from "./message";
import { type Handlers, rpcs } from "./tfplugin";

export type Fields = Readonly<Record<string, unknown>> | Uint8Array;
type Method = MethodDefinition<Fields, Fields>;

/** Adds the calls of a provider to a gRPC server. */
export function addProviderService(server: Server, handlers: Handlers): void {
  const methods: Record<string, Method> = {};
  const implementation: Record<string, handleUnaryCall<Fields, Fields>> = {};
  for (const [name, { request, response }] of Object.entries(rpcs)) {
    methods[name] = method(`/tfplugin6.Provider/${name}`, { request, response });
    // Each handler takes the decoded form of its own request; the loop cannot follow that pairing.
    const handler = handlers[name as keyof Handlers] as (request: Fields) => Fields | Promise<Fields>;
    implementation[name] = (call, callback) => void answer(name, () => handler(call.request), callback);
  }
  server.addService(methods, implementation);
}

async function answer(
  name: string,
  handle: () => Fields | Promise<Fields>,
  reply: sendUnaryData<Fields>,
): Promise<void> {
  try {
    reply(null, await handle());
  } catch (error) {
    const refused = fileErrorText(error);
    // Terraform shows a diagnostic in one line, and of any other failure where in itself it noticed it.
    if (refused !== undefined && name !== "StopProvider") {
      reply(null, { diagnostics: wireDiagnostics([problem(refused)]) });
      return;
    }
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    reply({ code: status.INTERNAL, details: `${name}: ${details}` });
  }
}

/** A call of a gRPC service, by its path. */
export function method(path: string, { request, response }: { request: Message; response: Message }): Method {
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
