import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openCloud } from "../cloud/file-cloud";
import { plantSeeds } from "../cloud/seeds";

const settings = { account: "111122223333", region: "us-east-1", partition: "aws", faults: {} };
const zone = { type: "aws_route53_zone", attributes: { name: "example.com" } };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "seeds-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

it("gives a seed the id and the values that its service would", () => {
  plantSeeds(directory, [zone], settings);
  const [planted] = openCloud(directory, "aws").list("aws_route53_zone");
  expect(planted?.id).toMatch(/^Z[0-9A-F]{20}$/);
  expect(planted?.attributes).toMatchObject({ name: "example.com", zone_id: planted?.id });
});

it("marks everything that it plants", () => {
  plantSeeds(directory, [zone, { type: "aws_vpc", attributes: { cidr_block: "10.0.0.0/16" } }], settings);
  const planted = openCloud(directory, "aws").all();
  expect(planted.length).toBeGreaterThan(2);
  expect(planted.every(({ seed }) => seed === true)).toBe(true);
});

it("plants a seed once, however often the rehearsal starts", () => {
  plantSeeds(directory, [zone], settings);
  plantSeeds(directory, [zone], settings);
  expect(openCloud(directory, "aws").list("aws_route53_zone")).toHaveLength(1);
});

it("keeps an id that it is given", () => {
  plantSeeds(directory, [{ type: "aws_vpc", attributes: { id: "vpc-0a0b0c0d0e0f0a0b0" } }], settings);
  expect(openCloud(directory, "aws").get("aws_vpc", "vpc-0a0b0c0d0e0f0a0b0")?.seed).toBe(true);
});

it("names an unknown provider", () => {
  const plant = () => {
    plantSeeds(directory, [{ type: "google_project", attributes: {} }], settings);
  };
  expect(plant).toThrow('Cannot simulate provider "google": known are aws, kubernetes, helm');
});
