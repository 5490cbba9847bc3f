import { cpSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeWorlds, terraformMissing, type WatchedWorld, worldIn } from "../provision/real-world";
import { run, table } from "../provision/runs";
import { toyEnvironment } from "../provision/toys";

const file = "dev.plan";
const folder = ".provision/rehearsal/dev";
const environment = toyEnvironment.replace("bucket: dev-state", "bucket: dev-state\n  existing: true");
const resized = `${environment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`;

function world(text: string): WatchedWorld {
  return worldIn(text, { seeds: [{ type: "aws_s3_bucket", attributes: { bucket: "dev-state" } }] });
}

/** Another checkout in front of the same simulated account: it has nothing else, neither states nor providers nor plans. */
function elsewhere(first: WatchedWorld, text: string): WatchedWorld {
  const other = world(text);
  cpSync(first.files.absolute(`${folder}/account`), other.files.absolute(`${folder}/account`), {
    recursive: true,
  });
  cpSync(first.files.absolute(file), other.files.absolute(file));
  return other;
}

describe.skipIf(terraformMissing)("a plan that was saved, with the real Terraform,", () => {
  let first: WatchedWorld;

  beforeAll(async () => {
    first = world(environment);
    expect(await run(first, "apply --env dev --rehearse --only ground")).toBe(0);
    first.files.write("configs/dev.yaml", resized);
    expect(await run(first, `plan --env dev --rehearse --only ground --save ${file}`)).toBe(0);
  });

  afterAll(removeWorlds);

  test("is applied in another checkout exactly as it is, and once", async () => {
    const other = elsewhere(first, resized);
    expect(await run(other, `apply ${file} --env dev --rehearse --verbose`)).toBe(0);
    expect(table(other)).toMatchObject({ ground: "applied" });
    const planned = /Plan [0-9a-f]{8};/.exec(first.printed.join("\n"))?.[0];
    expect(other.printed.join("\n")).toContain(planned);
    expect(other.files.list(folder).filter((path) => path.endsWith(".tfplan"))).toEqual([]);

    expect(await run(other, `apply ${file} --env dev --rehearse`)).toBe(0);
    expect(other.printed).toContain("    Planned today, nothing would change");
  });

  test("is refused when the state has moved on, although today's plan would do the same", async () => {
    const other = elsewhere(first, environment);
    other.files.write("configs/dev.yaml", `${environment}layers: { ground: { cidr: 10.2.0.0/16 } }\n`);
    expect(await run(other, "apply --env dev --rehearse --only ground")).toBe(0);
    other.files.write("configs/dev.yaml", environment);
    expect(await run(other, "apply --env dev --rehearse --only ground")).toBe(0);
    other.files.write("configs/dev.yaml", resized);
    expect(await run(other, `apply ${file} --env dev --rehearse`)).toMatchObject({
      message: `Cannot apply the saved plan "${file}": it is stale for "ground"; nothing was changed`,
      exitCode: 6,
    });
    const [, planned = ""] = /Plan ([0-9a-f]{8});/.exec(first.printed.join("\n")) ?? [];
    expect(other.printed).toContain(`    Today's plan would do the same (plan ${planned})`);
    expect(other.printed.join("\n")).toMatch(
      /its state was written after it was planned: serial \d+, now \d+/,
    );
  });
});
