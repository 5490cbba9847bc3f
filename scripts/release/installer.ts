import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "./run-program";
import type { Step } from "./step";
import { tools } from "./tools";

/** What the installer of one release knows of it. */
interface Stamp {
  readonly version: string;
  /** In PEM; empty when the release is not signed with a key. */
  readonly publicKey: string;
  /** Who signs the release without a key; empty when nobody does. */
  readonly identity: string;
  readonly issuer: string;
}

const empty = "version='' public_key='' identity='' issuer=''";

/** The installer of a release: install.sh of the sources, with what it knows of it. */
export function stampInstaller(script: string, { version, publicKey, identity, issuer }: Stamp): string {
  if (!script.includes(empty)) throw new Error(`release/install.sh has no line ${empty}`);
  const values = [version, publicKey, identity, issuer];
  if (values.some((value) => value.includes("'")))
    throw new Error("a quote would end the value in install.sh");
  return script.replace(
    empty,
    () => `version='${version}' public_key='${publicKey}' identity='${identity}' issuer='${issuer}'`,
  );
}

/** The installer; in a workflow of GitHub, which signs without a key, it knows that workflow. */
export const installer: Step = {
  name: "installer",
  summary: "install.sh",
  tools: [],
  run: ({ sources, out, version, key }) => {
    const publicKey =
      key === undefined ? "" : runProgram(tools.cosign, { folder: out }, "public-key", "--key", key).trim();
    // The name in the certificate: https://docs.sigstore.dev/certificate_authority/oidc-in-fulcio/#github
    const workflow = key === undefined ? process.env["GITHUB_WORKFLOW_REF"] : undefined;
    const signer =
      workflow === undefined
        ? { identity: "", issuer: "" }
        : {
            identity: `https://github.com/${workflow}`,
            issuer: "https://token.actions.githubusercontent.com",
          };
    const script = readFileSync(join(sources, "release/install.sh"), "utf8");
    const file = join(out, "install.sh");
    writeFileSync(file, stampInstaller(script, { version, publicKey, ...signer }));
    chmodSync(file, 0o755);
  },
};
