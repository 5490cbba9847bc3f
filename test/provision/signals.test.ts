import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { realWorld } from "../../scripts/provision/world/real";

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s interrupts, until nobody listens", (signal) => {
  const before = process.listenerCount(signal);
  let heard = 0;
  const stop = realWorld(tmpdir()).onInterrupt(() => (heard += 1));
  process.emit(signal);
  expect(heard).toBe(1);
  stop();
  expect(process.listenerCount(signal)).toBe(before);
});

test("a terminal that is closed is one interrupt, also where both the system and the shell say so", () => {
  let heard = 0;
  const stop = realWorld(tmpdir()).onInterrupt(() => (heard += 1));
  process.emit("SIGHUP");
  process.emit("SIGHUP");
  expect(heard).toBe(1);
  process.emit("SIGTERM");
  expect(heard).toBe(2);
  stop();
});
