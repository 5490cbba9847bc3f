import type { Handlers } from "../protocol/tfplugin";
import { blockType } from "../schema/types";
import { canonical } from "./canonical";
import { conform } from "./conform";
import { unconfigurableValues } from "./configurable";
import { problem } from "./diagnostic";
import type { SimulatedProvider } from "./provider";
import { isRecord } from "./record";
import { fromWire, toWire } from "./wire";
import { wireDiagnostics } from "./wire-diagnostics";

type EphemeralCall = "ValidateEphemeralResourceConfig" | "OpenEphemeralResource" | "CloseEphemeralResource";

/** Calls about ephemeral resources: values that exist during one command and are kept nowhere. */
export function ephemeralHandlers(provider: SimulatedProvider): Pick<Handlers, EphemeralCall> {
  const { schemas, definition } = provider.parts;
  return {
    ValidateEphemeralResourceConfig: ({ type_name, config }) => {
      const { block } = schemas.ephemeralResource(type_name);
      return { diagnostics: wireDiagnostics(unconfigurableValues(block, fromWire(config))) };
    },
    OpenEphemeralResource: ({ type_name, config: message }) => {
      const { block } = schemas.ephemeralResource(type_name);
      const values = fromWire(message);
      const config = isRecord(values) ? values : {};
      const context = provider.context({
        type: type_name,
        id: "",
        seed: canonical(blockType(block), config),
      });
      const opened = definition.ephemeralResource?.(type_name)?.(config, context);
      if (!opened)
        throw new Error(`Cannot open "${type_name}": the simulated provider has a schema for it only`);
      if ("error" in opened)
        return { diagnostics: wireDiagnostics([problem(`opening ${type_name}`, opened.error)]) };
      return { result: toWire(conform(block, { ...config, ...opened.values })) };
    },
    CloseEphemeralResource: () => ({}),
  };
}
