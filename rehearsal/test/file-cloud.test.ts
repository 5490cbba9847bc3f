import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openBuckets, openCloud } from "../cloud/file-cloud";
import type { CloudObject } from "../engine/cloud";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "file-cloud-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const object = (id: string, attributes: Record<string, unknown> = {}): CloudObject => ({
  type: "aws_vpc",
  id,
  attributes,
  createdAt: "2025-01-01T00:00:00Z",
});

it("shows an object to every process that opens the same folder", () => {
  openCloud(directory, "aws").put(object("vpc-1", { cidr_block: "10.0.0.0/16" }));
  expect(openCloud(directory, "aws").get("aws_vpc", "vpc-1")?.attributes).toEqual({
    cidr_block: "10.0.0.0/16",
  });
});

it("counts only a provider's own objects as its own, and shows it those of others", () => {
  openCloud(directory, "aws").put(object("vpc-1"));
  const other = openCloud(directory, "kubernetes");
  expect(other.all()).toEqual([]);
  expect(other.list("aws_vpc")).toHaveLength(1);
});

it("gives an id to the first who claims it", () => {
  const [first, second] = [openCloud(directory, "aws"), openCloud(directory, "aws")];
  expect(first.claim(object("vpc-1", { name: "first" }))).toBe(true);
  expect(second.claim(object("vpc-1", { name: "second" }))).toBe(false);
  expect(second.get("aws_vpc", "vpc-1")?.attributes).toEqual({ name: "first" });
});

it("lists what was put and not what was removed", () => {
  const cloud = openCloud(directory, "aws");
  for (const id of ["vpc-1", "vpc-2"]) cloud.put(object(id));
  cloud.remove("aws_vpc", "vpc-1");
  expect(cloud.list("aws_vpc").map(({ id }) => id)).toEqual(["vpc-2"]);
  expect(cloud.all()).toHaveLength(1);
  expect(cloud.list("aws_subnet")).toEqual([]);
});

it("distinguishes IDs that are longer than a file name and differ at their end", () => {
  const cloud = openCloud(directory, "aws");
  const long = `arn:aws:elasticloadbalancing:us-east-1:111122223333:${"x/".repeat(120)}`;
  expect(cloud.claim(object(`${long}a`))).toBe(true);
  expect(cloud.claim(object(`${long}b`))).toBe(true);
  expect(cloud.get("aws_vpc", `${long}b`)?.id).toBe(`${long}b`);
});

it("counts and empties the keys of a bucket that the state stand-in wrote", () => {
  const cloud = openCloud(directory, "aws");
  openBuckets(directory).put("states", "us-east-1/vpc/dev", { body: Buffer.from("{}") });
  expect(cloud.keysIn("states")).toEqual(["us-east-1/vpc/dev"]);
  cloud.empty("states");
  expect(cloud.keysIn("states")).toEqual([]);
});
