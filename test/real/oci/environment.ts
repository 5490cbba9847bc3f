import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse, stringify } from "yaml";
import type { RawEnvironment } from "../../synth";

const dev = resolve(__dirname, "../../../configs/dev.yaml");

/** The text of an environment file whose release service has the hosts of these tests, and these repositories. */
export function environmentFile(...repositories: readonly string[]): string {
  const raw: RawEnvironment = parse(readFileSync(dev, "utf8"));
  Object.assign(raw, { name: "dev", account: "111122223333", domain: { root: "edge.example.com" } });
  raw.layers = { vpc: raw.layers.vpc, "release-service": { enabled: true, repositories } };
  return stringify(raw);
}
