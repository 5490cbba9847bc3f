import { blockType } from "../schema/types";
import type { Handlers } from "../protocol/tfplugin";
import { canonical } from "./canonical";
import { unconfigurableValues } from "./configurable";
import { problem } from "./diagnostic";
import type { SimulatedProvider } from "./provider";
import { readDataSource } from "./read-data";
import { isRecord } from "./record";
import { fromWire, toWire } from "./wire";
import { wireDiagnostics } from "./wire-diagnostics";

type DataSourceCall = "ValidateDataResourceConfig" | "ReadDataSource";

/** Calls about data sources. */
export function dataSourceHandlers(provider: SimulatedProvider): Pick<Handlers, DataSourceCall> {
  const { schemas, definition } = provider.parts;
  return {
    ValidateDataResourceConfig: ({ type_name, config }) => {
      const { block } = schemas.dataSource(type_name);
      return { diagnostics: wireDiagnostics(unconfigurableValues(block, fromWire(config))) };
    },
    ReadDataSource: ({ type_name, config: message }) => {
      const schema = schemas.dataSource(type_name);
      const values = fromWire(message);
      const config = isRecord(values) ? values : {};
      const seed = canonical(blockType(schema.block), config);
      const context = provider.context({ type: type_name, id: "", seed });
      const answer = readDataSource(definition, { context, schema, config });
      if ("error" in answer)
        return { diagnostics: wireDiagnostics([problem(`reading ${type_name}`, answer.error)]) };
      return { state: toWire(answer.values) };
    },
  };
}
