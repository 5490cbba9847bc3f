import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { removeWorlds, worldIn } from "../provision/real-world";
import { run, table } from "../provision/runs";
import { layers } from "../../modules";
import { missing } from "./tools";

const because = missing("terraform");

const environment = readFileSync(join(__dirname, "..", "..", "configs", "dev.yaml"), "utf8");

afterAll(removeWorlds);

test.skipIf(because !== undefined)(
  "a layer whose service is busy once is planned and applied again, and nothing of it twice",
  { timeout: 120_000 },
  async () => {
    const world = worldIn(environment);
    world.files.write(
      "faults.yaml",
      'fail: { aws_kms_alias: "operation error KMS: CreateAlias, api error Throttling: Rate exceeded" }\nfailTimes: 1\n',
    );
    const line = "apply --env dev --rehearse --until s3-backend --faults faults.yaml";
    expect(await run(world, line, layers)).toBe(0);
    expect(table(world)).toEqual({ "s3-backend": "applied, 1 retry" });
    expect(world.printed.join("\n")).toMatch(
      /AWS has had too many requests of this account; attempt 2 in \d+ s[\s\S]*; 1 retry$/m,
    );
    const types = world
      .rehearsed()
      .objects()
      .map(({ type }) => type);
    expect(types.filter((type) => type === "aws_kms_key")).toHaveLength(1);
    expect(await run(world, "plan --env dev --rehearse --until s3-backend --detailed-exitcode", layers)).toBe(
      0,
    );
  },
);
