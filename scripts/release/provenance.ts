import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builderOf, type Builder } from "./builder";
import { digestsIn } from "./digests";
import type { Release, Step } from "./step";

/** Which commit was made into which files, by whom: an in-toto statement with SLSA's predicate. */
export const provenance: Step = {
  name: "provenance",
  summary: "in-toto statement of SLSA",
  tools: [],
  run: (release) => {
    const statement = statementOf(release, subjectsIn(release), builderOf(process.env, release.command));
    const file = join(release.out, `${release.name}-${release.version}.provenance.json`);
    writeFileSync(file, `${JSON.stringify(statement, undefined, 2)}\n`);
  },
};

interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

function subjectsIn({ out, name, version }: Release): readonly Subject[] {
  const files = digestsIn(out).map(([file, sha256]) => ({ name: file, digest: { sha256 } }));
  const images = join(out, "image-digests.txt");
  if (!existsSync(images)) return files;
  const lines = readFileSync(images, "utf8").trim().split("\n");
  return [
    ...files,
    // A line has the digest of a manifest and the platform that the image is for.
    ...lines.map((line) => {
      const [digest = "", platform = ""] = line.split(" ");
      return { name: `${name}:${version} ${platform}`, digest: { sha256: digest.replace("sha256:", "") } };
    }),
  ];
}

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and https://slsa.dev/spec/v1.1/provenance */
export function statementOf(
  { name, version, commit, epoch }: Pick<Release, "name" | "version" | "commit" | "epoch">,
  subject: readonly Subject[],
  builder: Builder,
): object {
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject,
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: builder.buildType,
        externalParameters: builder.externalParameters,
        internalParameters: { SOURCE_DATE_EPOCH: epoch, node: process.version },
        resolvedDependencies: [
          {
            name: `${name} ${version}`,
            ...(builder.source === undefined ? {} : { uri: builder.source }),
            digest: { gitCommit: commit },
          },
        ],
      },
      runDetails: builder.runDetails,
    },
  };
}
