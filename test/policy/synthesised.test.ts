import { describe, expect, test } from "vitest";
import { SynthesisedJson } from "../../synthesis/environment";
import { policiesIn } from "../../policy/statements";

const synthesised = new SynthesisedJson({
  vpc: {
    resource: { aws_subnet: { a: {}, b: {} } },
    output: {
      subnetIds: { value: { "us-west-2a": "${aws_subnet.a.id}", "us-west-2b": "${aws_subnet.b.id}" } },
    },
  },
  eks: {
    resource: {
      aws_s3_bucket: { logs: { bucket: "logs" } },
      aws_s3_bucket_versioning: { logs: { bucket: "${aws_s3_bucket.logs.id}" } },
      aws_s3_bucket_lifecycle_configuration: { logs: { bucket: "${aws_s3_bucket_versioning.logs.bucket}" } },
      aws_eks_node_group: {
        main: { subnet_ids: ['${data.terraform_remote_state.vpc.outputs.subnetIds["us-west-2b"]}'] },
        all: { subnet_ids: "${data.terraform_remote_state.vpc.outputs.subnetIds}" },
        none: {
          subnet_ids: ["${data.terraform_remote_state.vpc.outputs.gone}", "$${aws_subnet.a.id}", "subnet-1"],
        },
      },
      aws_iam_role_policy: {
        own: {
          policy: '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"${x.y.outputs.z["k"]}"}}',
        },
        odd: { policy: "${jsonencode(local.policy)}" },
      },
    },
  },
});
const one = (type: string, name: string) => synthesised.of(type).find((resource) => resource.name === name)!;
const targets = (type: string, name: string, path: string) =>
  synthesised.targets(one(type, name), path).map(({ layer, address }) => `${layer} ${address}`);

describe("synthesised JSON", () => {
  test("follows an output of another layer to the resource behind its key", () => {
    expect(targets("aws_eks_node_group", "main", "subnet_ids")).toEqual(["vpc aws_subnet.b"]);
  });

  test("follows a whole map of outputs to every resource behind it", () => {
    expect(targets("aws_eks_node_group", "all", "subnet_ids")).toEqual([
      "vpc aws_subnet.a",
      "vpc aws_subnet.b",
    ]);
  });

  test("finds nothing behind outputs that are not there, escaped references and plain text", () => {
    expect(targets("aws_eks_node_group", "none", "subnet_ids")).toEqual([]);
  });

  test("follows an argument that is itself a reference", () => {
    expect(targets("aws_s3_bucket_lifecycle_configuration", "logs", "bucket")).toEqual([
      "eks aws_s3_bucket.logs",
    ]);
    const bucket = one("aws_s3_bucket", "logs");
    expect(synthesised.referring(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket")).toHaveLength(1);
  });

  test("finds the users of a resource anywhere in a document", () => {
    expect(synthesised.users(one("aws_subnet", "a")).map(({ address }) => address)).toEqual([
      "aws_eks_node_group.all",
    ]);
  });

  test("reads policies whose expressions contain quotes, and reports which are not JSON", () => {
    const read = policiesIn(synthesised, "identity").map(({ resource, statements }) => [
      resource.name,
      statements?.map(({ actions }) => actions),
    ]);
    expect(Object.fromEntries(read)).toEqual({ own: [["s3:*"]], odd: undefined });
  });
});
