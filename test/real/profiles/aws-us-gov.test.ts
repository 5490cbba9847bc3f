import { readdirSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { scaleProfiles } from "../../../lib/layer/environment-schema";
import { layers } from "../../../modules";
import { credentialFiles, everythingOn } from "../../everything-on";
import { removeWorlds, worldIn } from "../../provision/real-world";
import { run } from "../../provision/runs";
import { missing } from "../tools";

const because = missing("terraform");

afterEach(removeWorlds);

test("every scale profile has a test file here", () => {
  const files = readdirSync(__dirname);
  expect(scaleProfiles.filter((profile) => !files.includes(`${profile}.test.ts`))).toEqual([]);
});

// The scale profiles live in aws, and test/real/secrets.test.ts lives in aws-cn.
describe.skipIf(because !== undefined)(`an environment with everything on ${because ?? ""}`, () => {
  test(
    "is applied, planned without changes and destroyed without a trace in aws-us-gov",
    async () => {
      const world = worldIn(everythingOn("default", "aws-us-gov"));
      for (const [path, text] of Object.entries(credentialFiles))
        world.files.write(`configs/${path}`, text, "secret");
      const outcome = await run(world, "--env dev --rehearse", layers);
      expect(outcome, world.printed.join("\n")).toBe(0);
      expect(world.printed.filter((line) => line.includes("The rehearsal passed"))).toHaveLength(1);
    },
    // Against hanging only.
    900_000,
  );
});
