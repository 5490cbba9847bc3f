import { afterEach, describe, expect, test } from "vitest";
import { layers } from "../../../modules";
import { credentialFiles, everythingOn } from "../../everything-on";
import { removeWorlds, worldIn } from "../../provision/real-world";
import { run } from "../../provision/runs";
import { missing } from "../tools";

const because = missing("terraform");

afterEach(removeWorlds);

// The partition aws is that of the scale profiles.
describe.skipIf(because !== undefined)(`an environment with everything on ${because ?? ""}`, () => {
  test.each(["aws-us-gov", "aws-cn"] as const)(
    "is applied, planned without changes and destroyed without a trace in %s",
    async (partition) => {
      const world = worldIn(everythingOn("default", partition));
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
