import { expect, test } from "vitest";
import { commandsIn, leftIn } from "../../scripts/chaos/hints";

const product = "npx ts-node scripts/provision.ts";

test.each([
  [
    `Cannot finish "vpc": you interrupted the run\n  Go on with: ${product} --env dev --yes`,
    [`${product} --env dev --yes`],
  ],
  [
    `Cannot apply "vpc": the state is locked by a@b since 09:00\n  Wait until that run ends; if it is no longer running, run: terraform -chdir=cdktf.out/dev/stacks/vpc force-unlock 5131a7ed; then run: ${product} --env dev --from vpc`,
    ["terraform -chdir=cdktf.out/dev/stacks/vpc force-unlock 5131a7ed", `${product} --env dev --from vpc`],
  ],
  ['Cannot apply "vpc": its lock cannot be read\n  Run: force-unlock <lock ID>', []],
  ['Cannot apply "vpc": declined\n  Correct the file', []],
  ["Run: nothing, since nothing failed", []],
  [`Cannot a\n  Run: first\nCannot b\n  Run: second\n`, ["second"]],
])("%j says to run %j", (output, commands) => {
  expect(commandsIn(output)).toEqual(commands);
});

test.each([
  [
    `dev is up to date\n  next  ${product} plan --env dev\n  Cannot copy the journal to the state bucket: denied; it is on this machine alone\n  Cannot release the environment's lock: expired; the next run on this machine takes it over, and for one on another machine, run: ${product} unlock --env dev`,
    [`${product} unlock --env dev`],
  ],
  [`dev is up to date\n  next  ${product} plan --env dev`, []],
])("%j, of a run that succeeded, leaves %j to be run", (output, commands) => {
  expect(leftIn(output)).toEqual(commands);
});
