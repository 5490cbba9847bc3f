import { describe, expect, test } from "vitest";
import { architectureOf, instanceFamilies } from "../lib/aws-facts/instance-families";
import { instanceTypeProblems } from "../lib/aws-facts/instance-type-rules";
import { describeInstanceType, mostPods } from "../lib/aws-facts/instance-types";

describe("the number of pods that an instance has addresses for", () => {
  // As https://github.com/awslabs/amazon-eks-ami lists them, or by its formula for younger families.
  test.each([
    ["t2.large", 35],
    ["t3.large", 35],
    ["t3.2xlarge", 58],
    ["t4g.medium", 17],
    ["m4.large", 20],
    ["m4.4xlarge", 234],
    ["m4.16xlarge", 234],
    ["r5.8xlarge", 234],
    ["m5zn.3xlarge", 234],
    ["m7i.48xlarge", 737],
    ["c7g.medium", 8],
    ["g4dn.2xlarge", 29],
    ["m6in.32xlarge", 786],
    ["c8i.2xlarge", 118],
    ["m8i-flex.large", 59],
    ["r8a.xlarge", 78],
    ["c8in.8xlarge", 394],
    ["m8idn.8xlarge", 394],
    ["m8idb.large", 78],
    ["r8idb.32xlarge", 1010],
    ["r8idn.12xlarge", 590],
    ["m9g.medium", 40],
    ["m9gd.24xlarge", 1514],
  ])("of %s is %i", (name, pods) => {
    const instance = describeInstanceType(name);
    expect(instance && mostPods(instance)).toBe(pods);
  });

  test("is not known of bare metal", () => {
    expect(describeInstanceType("m7i.metal-24xl")).toBeUndefined();
  });
});

describe("instance families", () => {
  test("are distinguished by their processor", () => {
    expect(["m7i.large", "c8a.xlarge", "g4dn.xlarge"].map(architectureOf)).toEqual(Array(3).fill("x86_64"));
    expect(["t4g.nano", "m8gd.large", "a1.large", "im4gn.large", "m9g.large"].map(architectureOf)).toEqual(
      Array(5).fill("arm64"),
    );
  });

  test("are each listed once", () => {
    expect(new Set(instanceFamilies).size).toBe(instanceFamilies.length);
    expect(instanceFamilies.filter((family) => !/^[a-z]+\d[a-z0-9-]*$|^u-\d+tb1$/.test(family))).toEqual([]);
  });

  test("that do not exist are rejected, with the nearest one as a suggestion", () => {
    const path = ["layers", "eks"];
    expect(instanceTypeProblems(path, "t3.2xlarge")).toEqual([]);
    expect(instanceTypeProblems(path, "m77i.large")).toEqual([
      {
        path,
        message: 'is "m77i.large", but no instance family "m77i" of EC2 is known',
        hint: 'Write "m7i" if you meant that; add a family that is new to lib/aws-facts/instance-families.ts',
      },
    ]);
    expect(instanceTypeProblems(path, "standard.large")[0]?.hint).toBe(
      "Choose another one; add a family that is new to lib/aws-facts/instance-families.ts",
    );
  });
});
