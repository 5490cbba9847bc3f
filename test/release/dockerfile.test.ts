import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { manifest, goProgramOf } from "../../scripts/release/manifest";

const { image } = manifest;
// As Docker reads it: a line that ends with a backslash goes on.
const dockerfile = readFileSync(join(__dirname, "../../Dockerfile"), "utf8").replace(/\s*\\\n\s*/g, " ");

function instructions(word: string): readonly string[] {
  const lines = dockerfile.split("\n").filter((line) => line.startsWith(`${word} `));
  return lines.map((line) => line.slice(word.length + 1));
}

describe("the Dockerfile", () => {
  test("starts from the bases of the manifest", () => {
    const bases = instructions("FROM").map(
      (line) => line.replace("--platform=$BUILDPLATFORM ", "").split(" ")[0],
    );

    expect(bases).toEqual([image.goBase, image.node.base, image.debian.base]);
    expect(image.goBase).toContain(`golang:${manifest.go}-`);
    expect(image.node.base).toContain(`node:${image.node.version}-${image.debian.suite}`);
  });

  test("builds the Go programs of the manifest, and no others", () => {
    const builds = instructions("RUN").filter((line) => line.startsWith("/release/go-program.sh"));

    expect(builds).toEqual(
      image.goPrograms.map((name) => {
        const { module, version, package: path, ldflags, requires } = goProgramOf(name);
        return [
          "/release/go-program.sh",
          module,
          version,
          path,
          `/programs/${name}`,
          `'${ldflags}'`,
          ...requires,
        ].join(" ");
      }),
    );
  });

  test("installs the Debian packages of the manifest, and no others", () => {
    const install = instructions("RUN").find((line) => line.startsWith("apt-get"));

    expect(install).toContain(`--no-install-recommends ${image.debian.packages.join(" ")} &&`);
  });

  test("starts what the released image starts, in the same way", () => {
    const { User, WorkingDir, Entrypoint, Env } = image.runtime;

    expect(instructions("USER")).toEqual([User]);
    expect(instructions("WORKDIR").at(-1)).toBe(WorkingDir);
    expect(JSON.parse(instructions("ENTRYPOINT")[0] ?? "")).toEqual(Entrypoint);
    const variables = instructions("ENV").slice(1);
    expect(variables.map((text) => text.replaceAll('"', ""))).toEqual(Env);
    for (const [name, value] of Object.entries(image.labels))
      expect(instructions("LABEL")).toContain(`${name}="${value}"`);
  });
});
