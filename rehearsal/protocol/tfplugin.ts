import type { Decoded, Message } from "./message";
import { AttributePath, Diagnostic, DynamicValue } from "./tfplugin-messages";
import { SchemaMessage } from "./tfplugin-schema";

const Capabilities = {
  plan_destroy: [1, "bool"],
  get_provider_schema_optional: [2, "bool"],
  move_resource_state: [3, "bool"],
} as const satisfies Message;

const named = { type_name: [1, "string"], config: [2, DynamicValue] } as const satisfies Message;
const onlyDiagnostics = { diagnostics: [1, Diagnostic, "repeated"] } as const satisfies Message;

const ImportedResource = {
  type_name: [1, "string"],
  state: [2, DynamicValue],
  private: [3, "bytes"],
} as const satisfies Message;

/** The calls of plugin protocol 6 that a provider answers; protocol 5 has the same field numbers. */
export const rpcs = {
  GetMetadata: {
    request: {},
    response: { server_capabilities: [1, Capabilities], diagnostics: [2, Diagnostic, "repeated"] },
  },
  GetProviderSchema: {
    request: {},
    response: {
      provider: [1, SchemaMessage],
      resource_schemas: [2, SchemaMessage, "map"],
      data_source_schemas: [3, SchemaMessage, "map"],
      diagnostics: [4, Diagnostic, "repeated"],
      server_capabilities: [6, Capabilities],
      ephemeral_resource_schemas: [8, SchemaMessage, "map"],
    },
  },
  ValidateProviderConfig: {
    request: { config: [1, DynamicValue] },
    response: { prepared_config: [1, DynamicValue], diagnostics: [2, Diagnostic, "repeated"] },
  },
  ValidateResourceConfig: { request: named, response: onlyDiagnostics },
  ValidateDataResourceConfig: { request: named, response: onlyDiagnostics },
  ConfigureProvider: {
    request: { terraform_version: [1, "string"], config: [2, DynamicValue] },
    response: onlyDiagnostics,
  },
  UpgradeResourceState: {
    request: { type_name: [1, "string"], version: [2, "int64"], raw_state: [3, { json: [1, "bytes"] }] },
    response: { upgraded_state: [1, DynamicValue], diagnostics: [2, Diagnostic, "repeated"] },
  },
  ReadResource: {
    request: { type_name: [1, "string"], current_state: [2, DynamicValue], private: [3, "bytes"] },
    response: {
      new_state: [1, DynamicValue],
      diagnostics: [2, Diagnostic, "repeated"],
      private: [3, "bytes"],
    },
  },
  PlanResourceChange: {
    request: {
      type_name: [1, "string"],
      prior_state: [2, DynamicValue],
      proposed_new_state: [3, DynamicValue],
      config: [4, DynamicValue],
      prior_private: [5, "bytes"],
    },
    response: {
      planned_state: [1, DynamicValue],
      requires_replace: [2, AttributePath, "repeated"],
      planned_private: [3, "bytes"],
      diagnostics: [4, Diagnostic, "repeated"],
      legacy_type_system: [5, "bool"],
    },
  },
  ApplyResourceChange: {
    request: {
      type_name: [1, "string"],
      prior_state: [2, DynamicValue],
      planned_state: [3, DynamicValue],
      config: [4, DynamicValue],
      planned_private: [5, "bytes"],
    },
    response: {
      new_state: [1, DynamicValue],
      private: [2, "bytes"],
      diagnostics: [3, Diagnostic, "repeated"],
      legacy_type_system: [4, "bool"],
    },
  },
  ImportResourceState: {
    request: { type_name: [1, "string"], id: [2, "string"] },
    response: {
      imported_resources: [1, ImportedResource, "repeated"],
      diagnostics: [2, Diagnostic, "repeated"],
    },
  },
  ReadDataSource: {
    request: named,
    response: { state: [1, DynamicValue], diagnostics: [2, Diagnostic, "repeated"] },
  },
  ValidateEphemeralResourceConfig: { request: named, response: onlyDiagnostics },
  OpenEphemeralResource: {
    request: named,
    response: { diagnostics: [1, Diagnostic, "repeated"], result: [3, DynamicValue], private: [4, "bytes"] },
  },
  CloseEphemeralResource: {
    request: { type_name: [1, "string"], private: [2, "bytes"] },
    response: onlyDiagnostics,
  },
  StopProvider: { request: {}, response: { Error: [1, "string"] } },
} as const satisfies Record<string, { request: Message; response: Message }>;

/** A decoded request. */
export type Request<Name extends keyof typeof rpcs> = Decoded<(typeof rpcs)[Name]["request"]>;

/** An answer to each call: fields of the response, or its encoded bytes. */
export type Handlers = {
  readonly [Name in keyof typeof rpcs]: (request: Request<Name>) => Response | Promise<Response>;
};

type Response = Readonly<Record<string, unknown>> | Uint8Array;
