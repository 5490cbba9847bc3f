import { stringify } from "yaml";
import { pinned } from "../pinned";
import { type Publisher, variablesOf } from "./publisher";
import { publishingScript } from "./script";

/** A reusable workflow of GitHub Actions that publishes a file which an earlier job of the caller has built. */
export function githubPublishing(publisher: Publisher): string {
  const { job, audience, region, roleArn, environments = [], repositories } = publisher;
  const [environment] = environments;
  return `name: ${job}
on:
  workflow_call:
    inputs:
${inputs(publisher)}

permissions: {}

jobs:
  publish:
    name: Publish \${{ inputs.file }}
    runs-on: ubuntu-24.04 # has the AWS CLI
    timeout-minutes: 60
${environment === undefined ? "" : `    environment: ${text(environment)} # the role trusts its jobs alone\n`}    permissions:
      contents: read
      id-token: write # for the token that AWS accepts
    # One after the other: the second finds what the first has published.
    concurrency:
      group: ${job}-\${{ inputs.tag || github.ref_name }}
      cancel-in-progress: false
    steps:
      - uses: ${pinned.checkout}
        with:
          persist-credentials: false
      - uses: ${pinned.downloadArtifact}
        with:
          name: \${{ inputs.artifact }}
          path: .publish
      - uses: ${pinned.awsCredentials}
        with:
          role-to-assume: ${roleArn}
          aws-region: ${region}
          audience: ${text(audience)}
${repositories.length === 0 ? "" : oras}${step(publisher)}
`;
}

const step = (publisher: Publisher) => `      - name: Publish, unless it is published
        env:
${fixed(publisher)}
          FILE: .publish/\${{ inputs.file }}
          NAME: \${{ inputs.repository }}
          TAG: \${{ inputs.tag || github.ref_name }}
          DOWNLOAD_PATH: \${{ inputs.path }}
          ARTIFACT_TYPE: \${{ inputs.artifact-type }}
          REVISION: \${{ github.sha }}
        run: |
          # The commit's time, so that a job that runs again makes the same digest.
          CREATED=$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ)
${indented(publishingScript(publisher), 10)}`;

/** The workflow of a repository that calls it, up to what builds the file. */
export function githubCaller({
  job,
  tagPrefixes = [],
  branches = [],
  needsPath,
  ...more
}: Publisher): string {
  const byBranch = tagPrefixes.length === 0 && branches.length > 0;
  const on = byBranch
    ? `branches: ${list(branches)}`
    : `tags: ${list((tagPrefixes.length === 0 ? ["v"] : tagPrefixes).map((prefix) => `${prefix}*`))}`;
  return `name: release
on:
  push:
    ${on}

permissions: {}

jobs:
  build:
    name: Build
    runs-on: ubuntu-24.04
    permissions:
      contents: read
    steps:
      - uses: ${pinned.checkout}
        with:
          persist-credentials: false
      - run: make installer.tgz
      - uses: ${pinned.uploadArtifact}
        with:
          name: release
          path: installer.tgz
  publish:
    name: Publish
    needs: build
    permissions:
      contents: read
      id-token: write # for the token that AWS accepts
    uses: ./.github/workflows/${job}.yml
    with:
      artifact: release
      file: installer.tgz
${more.repository === "" && more.repositories.length > 0 ? `      repository: ${more.repositories[0] ?? ""}\n` : ""}${needsPath ? `      path: ${more.pathPrefixes[0] ?? ""}\${{ github.ref_name }}/installer.tgz\n` : ""}${byBranch ? "      tag: ${{ github.sha }}\n" : ""}`;
}

const inputs = ({
  repository,
  repositories,
  needsPath,
  branches = [],
  tagPrefixes = [],
}: Publisher) => `      artifact:
        description: Name of the artifact of this run that has the file
        type: string
        required: true
      file:
        description: Name of the file in it
        type: string
        required: true
      repository:
        description: ${text(repositories.length === 0 ? "Not used" : `Repository: ${repositories.join(", ")}`)}
        type: string
${repository === "" && repositories.length > 0 ? "        required: true" : `        default: ${text(repository)}`}
      tag:
        description: Tag, which must not exist; otherwise the name of the branch or tag that the workflow runs for
        type: string
${branches.length > 0 && tagPrefixes.length === 0 ? "        required: true" : '        default: ""'}
      path:
        description: Path for downloads; otherwise <repository>/<tag>/<file>
        type: string
${needsPath ? "        required: true" : '        default: ""'}
      artifact-type:
        description: Media type of the artefact
        type: string
        default: application/vnd.unknown.artifact.v1`;

const oras = `      - uses: ${pinned.setupOras}
        with:
          version: ${pinned.oras}
`;

const text = (value: string) => JSON.stringify(value);
const list = (values: readonly string[]) => `[${values.map(text).join(", ")}]`;

function fixed(publisher: Publisher): string {
  return indented(stringify(variablesOf(publisher)).trimEnd(), 10);
}

/** Empty lines stay empty. */
function indented(lines: string, spaces: number): string {
  return lines.replace(/^(?=.)/gm, " ".repeat(spaces));
}
