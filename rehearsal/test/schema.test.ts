import { dirname, join } from "node:path";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, describe, expect, it } from "vitest";
import { decode } from "../protocol/decode";
import { rpcs } from "../protocol/tfplugin";
import { extractSchemas, extractType } from "../schema/extract";
import type { Block } from "../schema/model";
import { applyOverlay } from "../schema/overlay";
import { providerPackage } from "../schema/provider-package";
import { openSchemas, writeSchemas } from "../schema/schema-store";
import { NamesInUse } from "../schema/names-in-use";
import { ServedSchemas } from "../schema/served-schemas";

const aws = providerPackage("aws").directory;
const kubernetes = providerPackage("kubernetes").directory;
const helm = extractSchemas(providerPackage("helm").directory, true);

describe("A schema from an npm package", () => {
  it("knows what is required, optional and computed", () => {
    const { attributes } = extractType(aws, "subnet").block;
    expect(attributes["vpc_id"]).toEqual({ type: "string", required: true });
    expect(attributes["cidr_block"]).toEqual({ type: "string", optional: true });
    expect(attributes["arn"]).toEqual({ type: "string", computed: true });
    expect(attributes["availability_zone"]).toEqual({ type: "string", optional: true, computed: true });
    expect(attributes["map_public_ip_on_launch"]).toEqual({ type: "bool", optional: true });
    expect(attributes["tags"]).toEqual({ type: ["map", "string"], optional: true });
  });

  it("distinguishes sets from lists, of settable and of computed attributes", () => {
    const cluster = extractType(aws, "rds-cluster").block.attributes;
    expect(cluster["availability_zones"]?.type).toEqual(["set", "string"]);
    const zone = extractType(aws, "route53-zone").block.attributes;
    expect(zone["name_servers"]?.type).toEqual(["list", "string"]);
    const certificate = extractType(aws, "acm-certificate").block.attributes;
    expect(certificate["domain_validation_options"]?.type?.[0]).toBe("set");
  });

  it("distinguishes blocks from attributes that contain objects", () => {
    const group = extractType(aws, "security-group").block;
    expect(group.attributes["ingress"]?.type?.[0]).toBe("set");
    expect(group.block_types["ingress"]).toBeUndefined();
    expect(group.block_types["timeouts"]?.nesting_mode).toBe("single");
  });

  it("knows which blocks must and which may appear once", () => {
    const { block_types } = extractType(aws, "eks-cluster").block;
    expect(block_types["vpc_config"]).toMatchObject({ nesting_mode: "list", min_items: 1, max_items: 1 });
    expect(block_types["encryption_config"]).toMatchObject({ nesting_mode: "list", max_items: 1 });
    expect(block_types["encryption_config"]?.min_items).toBeUndefined();
    expect(extractType(aws, "route53-zone").block.block_types["vpc"]).toMatchObject({ nesting_mode: "set" });
  });

  it("finds the settings of a type whose class was renamed", () => {
    const { attributes } = extractType(aws, "wafv2-web-acl-association").block;
    expect(Object.keys(attributes).sort()).toEqual(["id", "resource_arn", "web_acl_arn"]);
  });

  it("holds the structs of big resources, which lie in other files", () => {
    const { block_types } = extractType(aws, "wafv2-web-acl").block;
    expect(block_types["rule"]?.block.block_types["visibility_config"]?.block.attributes).toHaveProperty(
      "metric_name",
    );
  });

  it("takes the kubernetes manifest as a value of any type", () => {
    expect(extractType(kubernetes, "manifest").block.attributes["manifest"]).toEqual({
      type: "dynamic",
      required: true,
    });
  });

  it("reads the provider's own settings, without alias", () => {
    const { block } = extractType(aws, "provider");
    expect(block.attributes).not.toHaveProperty("alias");
    expect(block.attributes["allowed_account_ids"]).toEqual({ type: ["set", "string"], optional: true });
    expect(block.block_types["default_tags"]?.block.attributes["tags"]?.type).toEqual(["map", "string"]);
  });

  it("has nested attributes where the provider speaks protocol 6", () => {
    const set = helm.resources["helm_release"]?.block.attributes["set"];
    expect(set?.nested_type?.nesting_mode).toBe("list");
    expect(set?.nested_type?.attributes["name"]).toEqual({ type: "string", required: true });
  });

  it("has the version from which the package was generated", () => {
    expect(providerPackage("aws")).toMatchObject({
      address: "registry.terraform.io/hashicorp/aws",
      providerVersion: "5.100.0",
    });
  });
});

describe("The overlay", () => {
  const nothing = { nesting_mode: "list", block: { attributes: {}, block_types: {} }, max_items: 1 } as const;

  it("adds what packages lose, deep inside a type", () => {
    const listener = extractType(aws, "lb-listener");
    const path = "aws_lb_listener.default_action.forward.target_group";
    applyOverlay("aws_lb_listener", listener, { marks: { [path]: { max_items: 5 } }, blocks: {} });
    const { forward } = listener.block.block_types["default_action"]!.block.block_types;
    expect(forward?.block.block_types["target_group"]?.max_items).toBe(5);
  });

  it("puts a block where the package shows an attribute of any type", () => {
    const acl = extractType(aws, "wafv2-web-acl");
    applyOverlay("aws_wafv2_web_acl", acl, {
      marks: {},
      blocks: { "aws_wafv2_web_acl.rule.statement": nothing },
    });
    const rule = acl.block.block_types["rule"]!.block;
    expect(rule.block_types["statement"]).toEqual(nothing);
    expect(rule.attributes).not.toHaveProperty("statement");
  });

  it("leaves other types alone, also those whose names begin alike", () => {
    const association = extractType(aws, "wafv2-web-acl-association");
    const before = structuredClone(association);
    const mark = { "aws_wafv2_web_acl.arn": { sensitive: true } };
    applyOverlay("aws_wafv2_web_acl_association", association, { marks: mark, blocks: {} });
    expect(association).toEqual(before);
  });
});

describe("Stored schemas", () => {
  const directory = mkdtempSync(join(tmpdir(), "schemas-"));
  writeSchemas(directory, helm);
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it("are read back one by one", () => {
    const store = openSchemas(directory);
    expect(store.resource("helm_release")).toEqual(helm.resources["helm_release"]);
    expect(store.dataSource("helm_template")).toEqual(helm.dataSources["helm_template"]);
    expect(store.provider()).toEqual(helm.provider);
  });

  it("name a type that is not there", () => {
    for (const name of ["helm_chart", "constructor"])
      expect(() => openSchemas(directory).resource(name)).toThrow(
        `Cannot find the schema of the resource "${name}": the provider has none`,
      );
  });

  it("answer Terraform with all of them", () => {
    const response = decode(rpcs.GetProviderSchema.response, openSchemas(directory).response());
    expect(Object.keys(response.resource_schemas)).toEqual(["helm_release"]);
    expect(response.server_capabilities?.get_provider_schema_optional).toBe(true);
  });
});

describe("Served schemas", () => {
  const directory = mkdtempSync(join(tmpdir(), "served-"));
  const [folder, stored] = [join(directory, "stacks"), join(directory, "schemas")];
  mkdirSync(folder);
  mkdirSync(stored);
  const list = (block: Block, min_items = 0) => ({ nesting_mode: "list", block, min_items }) as const;
  const leaf: Block = { attributes: { text: { type: "string", optional: true } }, block_types: {} };
  const inner: Block = {
    attributes: {},
    block_types: { one: list(leaf), other: list(leaf), must: list(leaf, 1) },
  };
  const schema = { version: 0, block: { attributes: {}, block_types: { rule: list(inner) } } };
  writeSchemas(stored, {
    provider: { version: 0, block: leaf },
    resources: { toy_plain: schema, toy_deep: schema, toy_unused: schema },
    dataSources: { toy_found: schema, toy_other: schema },
    ephemeralResources: {},
  });
  const names = () => new NamesInUse([folder], join(directory, "names.json"));
  const traits = { prefix: "toy_", unrolled: new Set(["toy_deep"]) };
  const served = (inUse?: NamesInUse) => new ServedSchemas(openSchemas(stored), traits, inUse);
  const write = (configuration: object) => {
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(configuration));
  };
  const typesOf = (schemas: ServedSchemas) => {
    const response = decode(rpcs.GetProviderSchema.response, schemas.response());
    expect(response.server_capabilities?.get_provider_schema_optional).toBe(true);
    expect(response.provider).toBeDefined();
    return [response.resource_schemas, response.data_source_schemas].flatMap((types) => Object.keys(types));
  };
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  const everything = ["toy_plain", "toy_deep", "toy_unused", "toy_found", "toy_other"];

  it("are all, where no configurations are given", () => {
    expect(typesOf(served())).toEqual(everything);
  });

  it("are those of the types that configurations name", () => {
    write({ resource: { toy_plain: {}, aws_vpc: {} }, data: { toy_found: {} } });
    expect(typesOf(served(names()))).toEqual(["toy_plain", "toy_found"]);
  });

  it("are all when a type is misspelt, so that Terraform can suggest one", () => {
    const elsewhere = new NamesInUse([folder], join(directory, "misspelt.json"));
    write({ resource: { toy_plane: {} } });
    expect(typesOf(served(elsewhere))).toEqual(everything);
    // Its name is remembered, and is no mistake any more.
    write({ resource: { toy_plain: {} } });
    expect(typesOf(served(elsewhere))).toEqual(["toy_plain"]);
    write({});
  });

  it("are all when the types in use cannot be read from the configurations, and stay so", () => {
    const unread = () => new NamesInUse([folder], join(directory, "unread.json"));
    write({ resource: { toy_plain: {} }, module: { m: { source: "../elsewhere" } } });
    expect(typesOf(served(unread()))).toEqual(everything);
    // A state may still hold what the module created.
    write({ resource: { toy_plain: {} } });
    expect(typesOf(served(unread()))).toEqual(everything);
    write({});
  });

  it("lack the optional blocks of an unrolled type that no configuration names", () => {
    write({ resource: { toy_deep: { it: { rule: [{ one: { text: "x" } }] } }, toy_plain: {} } });
    const schemas = served(names());
    expect(schemas.resource("toy_deep")).toEqual(schema);
    typesOf(schemas);
    const { rule } = schemas.resource("toy_deep").block.block_types;
    expect(Object.keys(rule?.block.block_types ?? {})).toEqual(["one", "must"]);
    expect(schemas.resource("toy_plain")).toEqual(schema);
  });
});

describe("The names in use", () => {
  const directory = mkdtempSync(join(tmpdir(), "names-"));
  const [folder, file] = [join(directory, "stacks"), join(directory, "names.json")];
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = () => new NamesInUse([folder, join(directory, "none")], file).read();
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it("are those of configurations at any depth", () => {
    const vpc = { main: { cidr_block: "10.0.0.0/16", timeouts: [{ create: "1m" }] } };
    write("one/cdk.tf.json", JSON.stringify({ resource: { aws_vpc: vpc }, data: [{ aws_region: {} }] }));
    write("two/deep/main.tf.json", JSON.stringify({ ephemeral: { aws_kms_secrets: {} } }));
    write("two/broken.tf.json", "{");
    write("two/variables.json", JSON.stringify({ resource: { aws_eip: {} } }));
    write("two/.terraform/modules/x.tf.json", JSON.stringify({ resource: { aws_eip: {} } }));
    const { resource, data, ephemeral, arguments: inside } = read();
    expect([resource, data, ephemeral].map((types) => [...types])).toEqual([
      ["aws_vpc"],
      ["aws_region"],
      ["aws_kms_secrets"],
    ]);
    expect([...inside]).toEqual(expect.arrayContaining(["cidr_block", "timeouts", "create"]));
  });

  const inCheck = { data: { aws_caller_identity: { me: {} } }, assert: [] };
  it.each([
    [{ c: inCheck }],
    [[{ c: inCheck }]],
    [{ c: [inCheck] }],
    [{ c: { ...inCheck, data: [inCheck.data] } }],
  ])("include those of data sources in checks: %j", (check) => {
    const folder = mkdtempSync(join(directory, "check-"));
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ check }));
    const { data, now, unbounded } = new NamesInUse([folder], join(folder, "names.json")).read();
    expect([[...data], [...now], unbounded]).toEqual([
      ["aws_caller_identity"],
      ["aws_caller_identity"],
      false,
    ]);
  });

  it.each([
    ["a module", "cdk.tf.json", { module: { m: { source: "./m" } } }],
    ["an import of another type", "import.tf.json", { import: [{ to: "aws_subnet.a", id: "subnet-1" }] }],
    ["a block that is not known", "cdk.tf.json", { action: { aws_lambda_invoke: {} } }],
    ["a file in HCL", "variables.tf", {}],
    ["a file of OpenTofu's", "main.tofu.json", {}],
  ])("cannot be read from %s, now and later", (_, file, content) => {
    const folder = mkdtempSync(join(directory, "unbounded-"));
    const inUse = () => new NamesInUse([folder], join(folder, "names.json")).read().unbounded;
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ resource: { aws_vpc: {} } }));
    expect(inUse()).toBe(false);
    writeFileSync(join(folder, file), JSON.stringify(content));
    expect(inUse()).toBe(true);
    rmSync(join(folder, file));
    expect(inUse()).toBe(true);
  });

  it("can be read beside an import of what is declared", () => {
    const folder = mkdtempSync(join(directory, "import-"));
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ resource: { aws_vpc: {} } }));
    const imported = { import: [{ to: 'aws_vpc.main["a"]', id: "vpc-1" }] };
    writeFileSync(join(folder, "provision_import.tf.json"), JSON.stringify(imported));
    expect(new NamesInUse([folder], join(folder, "names.json")).read().unbounded).toBe(false);
  });

  it("stay in use, because a state may hold them still", () => {
    write("one/cdk.tf.json", JSON.stringify({ resource: { aws_subnet: {} } }));
    expect([...read().resource]).toEqual(["aws_vpc", "aws_subnet"]);
    expect(read().arguments).toContain("timeouts");
  });

  it("are read again when a configuration is written again", () => {
    const names = new NamesInUse([folder], file);
    names.read();
    write("three/cdk.tf.json", JSON.stringify({ resource: { aws_eip: {} } }));
    expect(names.read().resource).toContain("aws_eip");
  });
});
