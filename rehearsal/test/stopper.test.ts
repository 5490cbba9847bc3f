import { expect, it } from "vitest";
import { Stopper } from "../engine/stopper";

it("ends every wait that is going on, and each later one, however many there are", async () => {
  const warnings: string[] = [];
  const listen = ({ name }: Error) => warnings.push(name);
  process.on("warning", listen);
  const stopper = new Stopper();
  expect(await stopper.wait()).toBe(true);
  expect(await stopper.wait(1)).toBe(true);
  const waits = Array.from({ length: 25 }, () => stopper.wait(60_000));
  stopper.stop();
  expect(await Promise.all(waits)).toEqual(waits.map(() => false));
  expect(await stopper.wait(60_000)).toBe(false);
  // Node warns of what looks like a leak in a later turn of its loop.
  await new Promise(setImmediate);
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});
