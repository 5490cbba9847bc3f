import { expect, test } from "vitest";
import { readEnvironment, readLayer, readText } from "../../synthesis/read";

const filesOf = (texts: Readonly<Record<string, string>>) => ({ read: (path: string) => texts[path] });

test("a layer is read as it was written, keys in their order", () => {
  const json = { "//": {}, terraform: {}, resource: { aws_eip: { door: { tags: {}, instance: "i-1" } } } };
  const files = filesOf({ "out/stacks/a/cdk.tf.json": JSON.stringify(json) });
  expect(JSON.stringify(readLayer(files, "out/stacks/a"))).toBe(JSON.stringify(json));
});

test("a text is given byte for byte", () => {
  const text = '{ "resource" : {} }\n\n';
  expect(readText(filesOf({ "a/cdk.tf.json": text }), "a")).toBe(text);
});

test("a layer that was not synthesised is an error, not an empty layer", () => {
  expect(() => readLayer(filesOf({}), "out/stacks/a")).toThrow(
    'Cannot read "out/stacks/a/cdk.tf.json": there is no such file',
  );
});

test.each(['{"resource":[]}', '{"resource":{"aws_eip":{"door":"open"}}}', '{"output":{"id":"i-1"}}'])(
  "%s has not the shape of Terraform JSON",
  (text) => {
    expect(() => readLayer(filesOf({ "a/cdk.tf.json": text }), "a")).toThrow(/expected/);
  },
);

test("an environment has the layers that are asked for, in their order, with references between them", () => {
  const files = filesOf({
    "out/stacks/one/cdk.tf.json":
      '{"resource":{"aws_vpc":{"vpc":{}}},"output":{"id":{"value":"${aws_vpc.vpc.id}"}}}',
    "out/stacks/two/cdk.tf.json":
      '{"resource":{"aws_subnet":{"a":{"vpc_id":"${data.terraform_remote_state.one.outputs.id}"}}}}',
  });
  const synthesised = readEnvironment(files, "out", [{ name: "two" }, { name: "one" }]);
  expect(synthesised.resources.map(({ layer, address }) => `${layer} ${address}`)).toEqual([
    "two aws_subnet.a",
    "one aws_vpc.vpc",
  ]);
  const [subnet] = synthesised.of("aws_subnet");
  expect(synthesised.targets(subnet!, "vpc_id").map(({ address }) => address)).toEqual(["aws_vpc.vpc"]);
});

test("data sources and ephemeral resources are kept apart from resources", () => {
  const text = '{"data":{"aws_ami":{"new":{}}},"ephemeral":{"aws_kms_secrets":{"all":{}}}}';
  const synthesised = readEnvironment(filesOf({ "out/stacks/a/cdk.tf.json": text }), "out", [{ name: "a" }]);
  expect(synthesised.resources).toEqual([]);
  expect(synthesised.reads.map(({ address }) => address)).toEqual([
    "data.aws_ami.new",
    "ephemeral.aws_kms_secrets.all",
  ]);
});
