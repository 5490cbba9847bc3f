import { expect, test, vi } from "vitest";
import { endSoon } from "../../scripts/provision/world/end-soon";

test("a process ends when its work is done, but not before its output is written", () => {
  vi.useFakeTimers();
  const stdout = { writableLength: 70_000 };
  const exit = vi.fn();
  endSoon({ stdout, stderr: { writableLength: 0 }, exit });
  vi.advanceTimersByTime(60_000);
  expect(exit).not.toHaveBeenCalled();
  stdout.writableLength = 0;
  vi.advanceTimersByTime(100);
  expect(exit).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});
