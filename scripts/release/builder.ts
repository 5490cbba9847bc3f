/** Who makes a release, as far as it can be said truthfully. */
export interface Builder {
  readonly buildType: string;
  readonly externalParameters: object;
  /** Where the commit is from, if that is known. */
  readonly source: string | undefined;
  readonly runDetails: object;
}

/** A run of GitHub Actions by the variables that it sets; otherwise a machine of which nothing can be proved. */
export function builderOf(variables: Readonly<Record<string, string | undefined>>, command: string): Builder {
  return variables["GITHUB_ACTIONS"] === "true" ? githubRun(variables) : local(command);
}

/**
 * Identifiers without a page behind them: https://slsa.dev/spec/v1.1/provenance#builder.id wants one that nobody else has.
 * Neither time nor machine is in it, so that everybody who builds the commit gets the same file.
 */
const local = (command: string): Builder => ({
  buildType: "urn:edge-orchestrator-aws:release:v1",
  externalParameters: { command },
  source: undefined,
  runDetails: { builder: { id: "urn:edge-orchestrator-aws:local-build" } },
});

/** https://actions.github.io/buildtypes/workflow/v1/; the variables: https://docs.github.com/actions/reference/workflows-and-actions/variables */
function githubRun(variables: Readonly<Record<string, string | undefined>>): Builder {
  const of = (name: string) => variables[`GITHUB_${name}`] ?? "";
  const repository = `${of("SERVER_URL")}/${of("REPOSITORY")}`;
  // "owner/name/.github/workflows/release.yml@refs/tags/v0.2.0"
  const [path = "", ref = ""] = of("WORKFLOW_REF")
    .replace(`${of("REPOSITORY")}/`, "")
    .split("@");
  const hosted = variables["RUNNER_ENVIRONMENT"] === "github-hosted" ? "github-hosted" : "self-hosted";
  return {
    buildType: "https://actions.github.io/buildtypes/workflow/v1",
    externalParameters: { workflow: { ref, repository, path } },
    source: `git+${repository}@${of("REF")}`,
    runDetails: {
      builder: { id: `https://github.com/actions/runner/${hosted}` },
      metadata: { invocationId: `${repository}/actions/runs/${of("RUN_ID")}/attempts/${of("RUN_ATTEMPT")}` },
    },
  };
}
