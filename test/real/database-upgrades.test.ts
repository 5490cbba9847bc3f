import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { layers } from "../../modules";
import { removeWorlds, type WatchedWorld, worldIn } from "../provision/real-world";
import { run, table } from "../provision/runs";
import { missing } from "./tools";

afterEach(removeWorlds);

const because = missing("terraform");

const config = readFileSync(join(__dirname, "../../configs/dev.yaml"), "utf8");
const withVersion = (version: string) => `${config}  aurora:\n    engineVersion: "${version}"\n`;

const clusterOf = (world: WatchedWorld) =>
  world
    .rehearsed()
    .objects()
    .find(({ type }) => type === "aws_rds_cluster")?.attributes;

/** AWS upgrades the cluster by itself, as it does with versions whose support ends. */
function upgradeByAws({ files }: WatchedWorld, from: string, to: string): void {
  const folder = ".provision/rehearsal/dev/account/cloud";
  for (const name of files.list(folder).filter((path) => path.startsWith("aws_rds_cluster"))) {
    const object = files.read(`${folder}/${name}`) ?? "";
    files.write(`${folder}/${name}`, object.replaceAll(`"${from}"`, `"${to}"`));
  }
}

// One test, because every step needs the one before it.
test.skipIf(because !== undefined)(
  `a database gets a new major version at once, and is destroyed although AWS installed a newer minor version ${because ?? ""}`,
  async () => {
    const world = worldIn(withVersion("16.8"));
    const needed = "--env dev --rehearse --only s3-backend,kms,audit,vpc,aurora";
    expect(await run(world, `apply ${needed}`, layers)).toBe(0);
    expect(clusterOf(world)).toMatchObject({ engine_version_actual: "16.8" });

    world.files.write("configs/dev.yaml", withVersion("17.7"));
    expect(await run(world, "apply --env dev --rehearse --only aurora", layers)).toBe(0);
    expect(clusterOf(world)).toMatchObject({
      engine_version_actual: "17.7",
      db_cluster_parameter_group_name: "dev-aurora-postgresql17",
    });
    expect(await run(world, "plan --env dev --rehearse --only aurora --detailed-exitcode", layers)).toBe(0);

    upgradeByAws(world, "17.7", "17.8");
    // Back to the version of the file, which RDS refuses: before a real run, a preflight check does.
    expect(await run(world, "apply --env dev --rehearse --only aurora", layers)).toMatchObject({
      output: expect.stringContaining("Cannot upgrade aurora-postgresql from 17.8 to 17.7"),
    });

    expect(await run(world, "destroy --env dev --rehearse --only aurora", layers)).toBe(0);
    expect(table(world)).toEqual({ aurora: "destroyed" });
  },
  600_000,
);
