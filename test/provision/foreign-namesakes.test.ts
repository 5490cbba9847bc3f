import { EcrPullThroughCacheRule } from "@cdktf/provider-aws/lib/ecr-pull-through-cache-rule";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import type { FoundObject } from "../../scripts/provision/runner/lost-objects/find-objects";
import { type Grounds, sortOut } from "../../scripts/provision/runner/lost-objects/sort-out";
import { SynthesisedJson } from "../../synthesis/environment";
import { builtInTypes } from "../resource-types";
import { naturalKeys } from "../../lib/aws-facts/natural-keys";
import { parentArguments, parentless } from "../../lib/aws-facts/parent-arguments";
import { createdAgain } from "../../lib/aws-facts/created-again";
import { importFormats } from "../../scripts/provision/runner/lost-objects/import-ids";
import { record, TaggedWorld } from "./after-kill";
import { run } from "./runs";
import { cellar } from "./toys";

/** A record in a zone of somebody else's, and a rule of the whole registry. */
const shared = defineLayer({
  ...{ name: "keys", summary: "Shared", settings: z.strictObject({}), needs: {}, outputs: {} },
  build(stack) {
    const cname = { type: "CNAME", ttl: 60, records: ["a.example.com"] };
    new Route53Record(stack, "record", { ...cname, zoneId: "ZPARENT", name: "dev.example.com" });
    new EcrPullThroughCacheRule(stack, "rule", {
      ecrRepositoryPrefix: "quay",
      upstreamRegistryUrl: "quay.io",
    });
    return {};
  },
});
const rooms = inOrder([cellar, shared]);
const recover = "recover --env dev --only keys --yes";
const destroy = "destroy --env dev --only keys --confirm dev --yes --remove-leftovers";
const theirs = [
  { type: "aws_route53_record", id: "ZPARENT_dev.example.com_CNAME" },
  { type: "aws_ecr_pull_through_cache_rule", id: "quay" },
];

async function besideTheirs(): Promise<TaggedWorld> {
  const world = new TaggedWorld();
  expect(await run(world, "--env dev --yes --only cellar", rooms)).toBe(0);
  for (const { type, id } of theirs) world.cloud.objects.set(`${type}/${id}`, { type, id });
  return world;
}

const began = (address: string) => `${JSON.stringify({ began: address, type: address.split(".")[0] })}\n`;
const left = ({ cloud }: TaggedWorld) =>
  theirs.filter(({ type, id }) => cloud.has(type, id)).map(({ id }) => id);

test("what nothing says that this environment created is shown by recover, and not imported", async () => {
  const world = await besideTheirs();
  expect(await run(world, recover, rooms)).toMatchObject({
    message: expect.stringContaining(
      "aws_ecr_pull_through_cache_rule.rule (quay): nothing says that this environment created it",
    ) as string,
    exitCode: 8,
  });
  expect(world.addresses).toEqual([]);
});

test("a destroy that has a sign of other objects shows it, and leaves it", async () => {
  const world = await besideTheirs();
  // A sign: nobody knows what came of it, and no plan creates it any more.
  world.files.write(record, began("aws_ecr_pull_through_cache_rule.former"));
  expect(await run(world, destroy, rooms)).toMatchObject({
    message:
      'Cannot finish destroying "dev": 1 object may exist and be in no state, and could not be imported: aws_ecr_pull_through_cache_rule.former, the environment file has it no more',
    exitCode: 8,
  });
  expect(left(world)).toEqual(theirs.map(({ id }) => id));
  expect(world.printed.join("\n")).toMatch(
    /ZPARENT_dev\S+[ │]+has its name[ │]+not touched: nothing says that this environment created it/,
  );
});

test("what the record says that was begun here is this environment's own", async () => {
  const world = await besideTheirs();
  world.files.write(record, began("aws_route53_record.record"));
  expect(await run(world, destroy, rooms)).toBe(0);
  expect(left(world)).toEqual(["quay"]);
});

describe("what has no tags and was not begun here", () => {
  const environment = new SynthesisedJson({
    zones: {
      resource: { aws_route53_zone: { zone: { name: "example.com" } } },
      output: { zone: { value: "${aws_route53_zone.zone.zone_id}" }, given: { value: "ZPARENT" } },
    },
    web: {
      resource: {
        aws_kms_key: { key: {} },
        aws_kms_alias: { alias: { name: "alias/a", target_key_id: "${aws_kms_key.key.key_id}" } },
        aws_lambda_function: { code: { function_name: "code" } },
        aws_lambda_permission: { may: { function_name: "${aws_lambda_function.code.function_name}" } },
        aws_route53_record: {
          own: { zone_id: "${data.terraform_remote_state.zones.outputs.zone}" },
          parent: { zone_id: "${data.terraform_remote_state.zones.outputs.given}" },
        },
      },
    },
  });
  const found = (address: string, over: Partial<FoundObject> = {}): FoundObject => {
    const [type = ""] = address.split(".");
    const wanted = { address, type, values: {} };
    return { address, id: address, by: "name", actions: ["no-op"], values: {}, planned: {}, wanted, ...over };
  };
  const grounds: Grounds = {
    ...{ recorded: [], tags: { layer: "web" }, unasked: [] },
    configured: { environment, layer: "web" },
  };
  const foreign = (...objects: readonly FoundObject[]) =>
    sortOut({ found: objects, missing: [] }, grounds).flatMap(({ object, because }) =>
      because === "foreign" ? [object.address] : [],
    );
  const code = (tags: object) =>
    found("aws_lambda_function.code", {
      values: { tags_all: tags },
      wanted: { address: "aws_lambda_function.code", type: "aws_lambda_function", values: { tags_all: {} } },
    });

  test("belongs to its zone, also to one of another layer, unless that is given", () => {
    const parent = "aws_route53_record.parent";
    expect(foreign(found("aws_route53_record.own"), found(parent))).toEqual([parent]);
  });

  test("belongs to what it points to, and not to what it would be changed to", () => {
    const alias = (target: string) =>
      found("aws_kms_alias.alias", { values: { target_key_id: target }, planned: { target_key_id: "k-1" } });
    expect(foreign(alias("k-1"))).toEqual([]);
    expect(foreign(alias("k-other"))).toEqual(["aws_kms_alias.alias"]);
  });

  test("is somebody else's with what it belongs to", () => {
    const may = found("aws_lambda_permission.may");
    expect(foreign(may, code({ layer: "web" }))).toEqual([]);
    expect(foreign(may, code({}))).toEqual(["aws_lambda_permission.may", "aws_lambda_function.code"]);
  });

  test("is no rival of what is this environment's own", () => {
    const own = found("aws_lambda_function.code", { ...code({ layer: "web" }), id: "1" });
    const decisions = sortOut({ found: [own, { ...code({}), id: "2" }], missing: [] }, grounds);
    expect(decisions.map(({ object, because }) => [object.id, because])).toEqual([
      ["1", undefined],
      ["2", "foreign"],
    ]);
  });

  test.each(
    builtInTypes().filter((type) => {
      const isNamed = importFormats[type]?.includes("{id}") === false;
      return !createdAgain.includes(type) && (isNamed || type in naturalKeys);
    }),
  )("%s has tags, belongs to something, or only to the account", async (type) => {
    const file = type.replace("aws_", "").replaceAll("_", "-");
    const classes = (await import(`@cdktf/provider-aws/lib/${file}`)) as Readonly<
      Record<string, { readonly prototype?: object }>
    >;
    const isTaggable = Object.values(classes).some(({ prototype = {} }) => "tagsAll" in prototype);
    expect([isTaggable, type in parentArguments, parentless.includes(type)].filter(Boolean)).toHaveLength(1);
  });
});
