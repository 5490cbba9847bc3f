import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stampInstaller } from "../../scripts/release/installer";

const script = readFileSync("release/install.sh", "utf8");
const stamp = {
  version: "1.2.3",
  publicKey: "-----BEGIN\n$& key",
  identity: "https://who",
  issuer: "https://by",
};

test("the installer of a release knows its version, and who signs it", () => {
  expect(stampInstaller(script, stamp)).toContain(
    "version='1.2.3' public_key='-----BEGIN\n$& key' identity='https://who' issuer='https://by'",
  );
});

test.each([
  [script, { ...stamp, identity: "it's" }, "a quote would end the value in install.sh"],
  ["#!/bin/sh\n", stamp, "release/install.sh has no line version="],
])(
  "a value that would not be one, and a script without a place for it, are refused",
  (text, values, said) => {
    expect(() => stampInstaller(text, values)).toThrow(said);
  },
);
