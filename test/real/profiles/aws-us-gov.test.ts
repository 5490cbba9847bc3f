import { afterEach, describe, expect, test } from "vitest";
import { layers } from "../../../modules";
import { credentialFiles, everythingOn } from "../../everything-on";
import { removeWorlds, worldIn } from "../../provision/real-world";
import { run } from "../../provision/runs";
import { missing } from "../tools";

const because = missing("terraform");

afterEach(removeWorlds);

// The environment that grows is in aws, and that of test/real/secrets.test.ts in aws-cn.
describe.skipIf(because !== undefined)(`an environment with everything on ${because ?? ""}`, () => {
  test(
    "is applied, planned without changes and destroyed without a trace in aws-us-gov",
    async () => {
      const world = worldIn(everythingOn("default", "aws-us-gov"));
      for (const [path, text] of Object.entries(credentialFiles))
        world.files.write(`configs/${path}`, text, "secret");
      const outcome = await run(world, "--env example --rehearse", layers);
      expect(outcome, world.printed.join("\n")).toBe(0);
      expect(world.printed.filter((line) => line.includes("The rehearsal passed"))).toHaveLength(1);
    },
    // Against hanging only.
    900_000,
  );
});
