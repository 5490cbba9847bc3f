import { stringify } from "yaml";
import { type Publisher, variablesOf } from "./publisher";
import { publishingScript } from "./script";

/** A hidden job of GitLab CI/CD, which a job of the project extends. */
export function gitlabPublishing(publisher: Publisher): string {
  const { job, audience, roleArn, region, repository, branches = [], tagPrefixes = [] } = publisher;
  const variables = {
    AWS_ROLE_ARN: roleArn,
    AWS_ROLE_SESSION_NAME: job,
    AWS_WEB_IDENTITY_TOKEN_FILE: "/tmp/aws-token",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...variablesOf(publisher),
    FILE: "",
    NAME: repository,
    TAG: "$CI_COMMIT_REF_NAME",
    DOWNLOAD_PATH: "",
    ARTIFACT_TYPE: "application/vnd.unknown.artifact.v1",
    // The commit's time, so that a job that runs again makes the same digest.
    CREATED: "$CI_COMMIT_TIMESTAMP",
    REVISION: "$CI_COMMIT_SHA",
  };
  const rules = [
    ...tagPrefixes.map((prefix) => ({ if: `$CI_COMMIT_TAG =~ /^${escaped(prefix)}/` })),
    ...branches.map((branch) => ({ if: `$CI_COMMIT_BRANCH == "${branch}"` })),
  ];
  const script = [
    'printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"',
    `${publishingScript(publisher)}\n`,
  ];
  return stringify(
    {
      [`.${job}`]: {
        // Has the AWS CLI and oras.
        image: "$PUBLISH_IMAGE",
        rules,
        id_tokens: { AWS_TOKEN: { aud: audience } },
        variables,
        // One after the other: the second finds what the first has published.
        resource_group: job,
        timeout: "1h",
        script,
      },
    },
    { lineWidth: 0 },
  );
}

/** The jobs of a project that extend it, up to what builds the file. */
export function gitlabCaller({ job, repository, repositories, needsPath, pathPrefixes }: Publisher): string {
  return stringify({
    include: [{ local: `/.gitlab/${job}.yml` }],
    build: { script: ["make installer.tgz"], artifacts: { paths: ["installer.tgz"] } },
    publish: {
      extends: `.${job}`,
      needs: ["build"],
      variables: {
        FILE: "installer.tgz",
        ...(repository === "" && repositories.length > 0 ? { NAME: repositories[0] } : {}),
        ...(needsPath ? { DOWNLOAD_PATH: `${pathPrefixes[0] ?? ""}$CI_COMMIT_REF_NAME/installer.tgz` } : {}),
      },
    },
  });
}

/** As a regular expression between slashes matches it. */
function escaped(text: string): string {
  return text.replace(/[./+]/g, "\\$&");
}
