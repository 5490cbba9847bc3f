import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { fileErrorText, writeFile } from "../system-error";

const caught = (act: () => void): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

it.skipIf(!existsSync("/dev/full"))("names the path on a full disk, which Node does not", () => {
  const error = caught(() => {
    writeFile("/dev/full", "text");
  });
  expect(fileErrorText(error)).toBe('Cannot use "/dev/full": no space left on device (ENOSPC)');
});

it("says nothing of errors that are not of the file system", () => {
  expect(fileErrorText(new Error("no"))).toBeUndefined();
  expect(fileErrorText(Object.assign(new Error("no"), { code: "ERR_X", path: "/dev/full" }))).toBeUndefined();
});
