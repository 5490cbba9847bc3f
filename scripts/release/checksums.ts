import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestsIn } from "./digests";
import { runProgram } from "./run-program";
import type { Step } from "./step";
import { tools } from "./tools";

const file = "SHA256SUMS";

/** Checksums of all files, as the programs of Linux and macOS read them with --check. */
export const checksums: Step = {
  name: "checksums",
  summary: file,
  tools: [],
  run: ({ out }) => {
    const lines = digestsIn(out).map(([name, digest]) => `${digest}  ${name}\n`);
    writeFileSync(join(out, file), lines.join(""));
  },
};

/** The signature of the checksums, in Base64: ECDSA over SHA-256, which openssl verifies too. */
export const signature: Step = {
  name: "signature",
  summary: `${file}.sig`,
  part: "signature",
  tools: [tools.cosign],
  run: ({ out, key = "" }) => {
    // No transparency log: a release can be made without network, and its key is what users trust.
    const local = ["--use-signing-config=false", "--tlog-upload=false", "--new-bundle-format=false"];
    runProgram(
      tools.cosign,
      { folder: out },
      ...["sign-blob", "--yes", "--key", key, ...local, "--output-signature", `${file}.sig`, file],
    );
    // cosign lets its owner alone read it.
    chmodSync(join(out, `${file}.sig`), 0o644);
  },
};
