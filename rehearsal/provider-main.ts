import { readFileSync } from "node:fs";
import { join } from "node:path";
import { providerDefinition } from "./behaviours/providers";
import { openCloud } from "./cloud/file-cloud";
import { handlersOf } from "./engine/handlers";
import { SimulatedProvider } from "./engine/provider";
import type { Settings } from "./engine/settings";
import { servePlugin } from "./protocol/plugin-server";
import { openSchemas } from "./schema/schema-store";

const [name = "", directory = "", schemaDirectory = ""] = process.argv.slice(2);

const provider = new SimulatedProvider({
  definition: providerDefinition(name),
  schemas: openSchemas(schemaDirectory),
  cloud: openCloud(directory, name),
  // Written by startRehearsal.
  settings: JSON.parse(readFileSync(join(directory, "settings.json"), "utf8")) as Settings,
});

void servePlugin(handlersOf(provider));
