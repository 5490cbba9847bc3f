import { expect, test } from "vitest";
import { awsCall } from "../../lib/layer/aws-call";
import { aurora } from "../../modules/aurora/layer";
import { callAws } from "../../scripts/provision/aws/client";
import type { Run } from "../../scripts/provision/run/run";
import { FakeWorld } from "./fake-world";
import { standIn } from "./publishing";
import { run } from "./runs";
import { cellar, ground } from "./toys";

const hint = "Declare it in a layer, as docs/guides/adding-a-layer.md describes";

test.each([
  ["tunnel", "endpoints"],
  ["databases", "databases"],
])("%s is refused where no layer declares what it works on", async (command, member) => {
  const world = new FakeWorld();
  expect(await run(world, `${command} --env dev`, [cellar, ground])).toMatchObject({
    message: `Cannot run ${command}: no layer declares "${member}"`,
    hint,
    exitCode: 4,
  });
});

test("tunnel is refused where no layer declares the bastion that it leads through", async () => {
  const world = new FakeWorld();
  const database = standIn(aurora, { endpoint: "db.example.com", masterUserSecretArn: "arn:aws:secret" });
  expect(await run(world, "tunnel --env dev", [cellar, database])).toMatchObject({
    message: 'Cannot run tunnel: no layer declares "bastion"',
    hint,
  });
});

test("a rehearsal sends no call to AWS, for any layer", async () => {
  const sent: unknown[] = [];
  const rehearsing = {
    world: { aws: { send: (call: unknown) => sent.push(call) } },
    loaded: { environment: { region: "us-west-2" } },
    environment: {},
    request: { rehearse: true },
    // What a call touches of a run.
  } as unknown as Run;
  const asking = callAws(rehearsing, "ask", awsCall("sts", "GetCallerIdentity", {}));
  await expect(asking).rejects.toThrow("A rehearsal must not call AWS: sts GetCallerIdentity");
  expect(sent).toEqual([]);
});
