import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { extractSchemas, type ProviderSchemas } from "../../rehearsal/schema/extract";
import type { Attribute, Block, Schema } from "../../rehearsal/schema/model";
import { providerPackage } from "../../rehearsal/schema/provider-package";
import { attributeType } from "../../rehearsal/schema/types";
import { realProviders, succeed } from "./terraform";
import { missing } from "./tools";

const why = missing("terraform", "mirror");

interface Dump {
  provider: Schema;
  resource_schemas: Record<string, Schema>;
  data_source_schemas: Record<string, Schema>;
}

/** Where the extracted schema differs from the real one, by kind of difference. */
class Comparison {
  attributes = 0;
  blocks = 0;
  private readonly differences = new Map<string, string[]>();

  of(kind: string): readonly string[] {
    return this.differences.get(kind) ?? [];
  }

  block(real: Partial<Block>, ours: Block, at: string): void {
    for (const [name, attribute] of Object.entries(real.attributes ?? {})) {
      this.attributes++;
      const found = ours.attributes[name];
      const path = `${at}.${name}`;
      if (found) this.attribute(attribute, found, path);
      else this.note("attribute missing", path);
    }
    for (const [name, nested] of Object.entries(real.block_types ?? {})) {
      this.blocks++;
      const found = ours.block_types[name];
      const path = `${at}.${name}`;
      if (!found) {
        this.note("block missing", path);
        continue;
      }
      if (nested.nesting_mode !== found.nesting_mode) this.note("nesting", path);
      // The generator keeps no limit above one.
      if ((nested.max_items ?? 0) < 2 && nested.max_items !== found.max_items) this.note("max_items", path);
      if ((nested.min_items ?? 0) < 2 && (nested.min_items ?? 0) !== (found.min_items ?? 0))
        this.note("min_items", path);
      this.block(nested.block, found.block, path);
    }
    for (const name of Object.keys({ ...ours.attributes, ...ours.block_types }))
      if (!real.attributes?.[name] && !real.block_types?.[name]) this.note("invented", `${at}.${name}`);
  }

  private attribute(real: Attribute, ours: Attribute, path: string): void {
    const [wanted, got] = [real, ours].map((one) => JSON.stringify(attributeType(one)));
    if (wanted !== got) this.note("type", path);
    for (const flag of ["required", "optional", "computed"] as const)
      if ((real[flag] ?? false) !== (ours[flag] ?? false)) this.note(flag, path);
  }

  private note(kind: string, path: string): void {
    this.differences.set(kind, [...this.of(kind), path]);
  }
}

describe.skipIf(why)("Schemas extracted from the npm package, beside those of the real AWS provider", () => {
  const comparison = new Comparison();
  let directory: string;
  let real: Dump;
  let ours: ProviderSchemas;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "schema-"));
    const { directory: bindings, providerVersion: version } = providerPackage("aws");
    mkdirSync(join(directory, "stack"));
    const required_providers = { aws: { source: "hashicorp/aws", version } };
    writeFileSync(
      join(directory, "stack", "main.tf.json"),
      JSON.stringify({ terraform: { required_providers } }),
    );
    const variables = realProviders(directory);
    await succeed(join(directory, "stack"), variables, "init");
    const dump = await succeed(join(directory, "stack"), variables, "providers", "schema", "-json");
    const { provider_schemas } = JSON.parse(dump) as { provider_schemas: Record<string, Dump> };
    real = provider_schemas["registry.terraform.io/hashicorp/aws"]!;
    ours = extractSchemas(bindings, false);
    comparison.block(real.provider.block, ours.provider.block, "provider");
    for (const [type, schema] of Object.entries(real.resource_schemas))
      comparison.block(schema.block, ours.resources[type]!.block, type);
    for (const [type, schema] of Object.entries(real.data_source_schemas))
      comparison.block(schema.block, ours.dataSources[type]!.block, `data.${type}`);
  });

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("have every type and no other", () => {
    expect(Object.keys(ours.resources).sort()).toEqual(Object.keys(real.resource_schemas).sort());
    expect(Object.keys(ours.dataSources).sort()).toEqual(Object.keys(real.data_source_schemas).sort());
  });

  it("have every attribute, and every block but those that the generator leaves out", () => {
    expect(comparison.attributes).toBeGreaterThan(32_000);
    expect(comparison.blocks).toBeGreaterThan(6_000);
    expect(comparison.of("attribute missing")).toEqual([]);
    expect(comparison.of("invented")).toEqual([]);
    expect(comparison.of("block missing")).toEqual([
      "aws_quicksight_analysis.definition",
      "aws_quicksight_dashboard.definition",
      "aws_quicksight_template.definition",
      "aws_wafv2_rule_group.rule.statement",
      "aws_wafv2_web_acl.rule.statement",
    ]);
  });

  it("agree on every type but two that the generator writes down wrongly", () => {
    expect(comparison.of("type")).toEqual([
      "data.aws_networkmanager_core_network_policy_document.segment_actions.via.with_edge_override.edge_sets",
      "data.aws_quicksight_analysis.definition",
    ]);
  });

  it("agree on how blocks nest, and which must and which may appear once", () => {
    expect(["nesting", "max_items", "min_items"].flatMap((kind) => comparison.of(kind))).toEqual([]);
  });

  it("agree on what is required, optional and computed", () => {
    expect(["required", "optional", "computed"].flatMap((flag) => comparison.of(flag))).toEqual([]);
  });
});
