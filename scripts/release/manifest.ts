import { z } from "zod";
import tools from "../../release/tools.json";

const goProgram = z.strictObject({
  module: z.string(),
  version: z.string(),
  package: z.string(),
  ldflags: z.string(),
  /** Versions of what a module without a go.mod imports. */
  requires: z.array(z.string()).default([]),
  licence: z.string(),
});

const digested = z.string().regex(/^[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}$/);

/** The names and versions of what is released, and of what releases it: both builds of the image read them here. */
export const manifest = z
  .strictObject({
    image: z.strictObject({
      goPrograms: z.array(z.string()),
      debian: z.strictObject({
        suite: z.string(),
        mirror: z.url(),
        securityMirror: z.url(),
        packages: z.array(z.string()),
        /** Packages that others ask for, and that what is used of them does not need. */
        without: z.array(z.string()),
        base: digested,
      }),
      node: z.strictObject({ version: z.string(), licence: z.string(), base: digested }),
      goBase: digested,
      /** https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md */
      runtime: z.strictObject({
        User: z.string(),
        WorkingDir: z.string(),
        Entrypoint: z.array(z.string()),
        Env: z.array(z.string()),
      }),
      labels: z.record(z.string(), z.string()),
    }),
    go: z.string(),
    goPrograms: z.record(z.string(), goProgram),
  })
  .parse(tools);

/** One program of the Go module proxy, by its name in the manifest. */
export function goProgramOf(name: string): z.output<typeof goProgram> {
  const found = manifest.goPrograms[name];
  if (found === undefined)
    throw new Error(`Cannot build "${name}": release/tools.json has no Go program of this name`);
  return found;
}
