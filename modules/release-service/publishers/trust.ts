import type { Statement } from "../../../lib/constructs/iam-policy";
import type { Publisher } from "./settings";

/** Subjects of tokens: whole ones, and beginnings of those of tags. */
interface Subjects {
  readonly whole: readonly string[];
  readonly beginnings: readonly string[];
}

/**
 * Trust statements of a publisher's role. Subjects are compared as a whole, so that neither a branch with a similar name,
 * nor a pull request, nor the fork of a repository has one of them. Only the name of a tag may be longer.
 */
export function trustOf(publisher: Publisher, providerArn: string): readonly Statement[] {
  const { whole, beginnings } = subjectsOf(publisher);
  // The keys are named after the issuer, without the scheme:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
  const issuer = publisher.issuer.replace("https://", "");
  const audience = { [`${issuer}:aud`]: publisher.audience };
  const subject = `${issuer}:sub`;
  const statement = (condition: NonNullable<Statement["Condition"]>): Statement => ({
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  });
  return [
    ...(whole.length === 0 ? [] : [statement({ StringEquals: { ...audience, [subject]: whole } })]),
    ...(beginnings.length === 0
      ? []
      : [
          statement({
            StringEquals: audience,
            StringLike: { [subject]: beginnings.map((beginning) => `${beginning}*`) },
          }),
        ]),
  ];
}

function subjectsOf(publisher: Publisher): Subjects {
  if (publisher.source === "github") return ofGitHub(publisher);
  if (publisher.source === "gitlab") return ofGitLab(publisher);
  return { whole: publisher.subjects, beginnings: [] };
}

/**
 * https://docs.github.com/en/actions/reference/security/oidc, and for the IDs, before which there is an @:
 * https://github.com/github/docs/pull/45221
 */
function ofGitHub(publisher: Extract<Publisher, { source: "github" }>): Subjects {
  const { organization, organizationId, repository, repositoryId } = publisher;
  const known = (name: string, id: number | undefined) => (id === undefined ? name : `${name}@${id}`);
  const start = `repo:${known(organization, organizationId)}/${known(repository, repositoryId)}:`;
  return {
    whole: [
      ...publisher.branches.map((branch) => `${start}ref:refs/heads/${branch}`),
      ...publisher.environments.map((environment) => `${start}environment:${environment}`),
    ],
    beginnings: publisher.tagPrefixes.map((prefix) => `${start}ref:refs/tags/${prefix}`),
  };
}

/**
 * https://docs.gitlab.com/ci/secrets/id_token_authentication/; the pipeline of a merge request from a fork has the fork's path:
 * https://gitlab.com/gitlab-org/gitlab/-/blob/master/lib/gitlab/ci/jwt.rb
 */
function ofGitLab({ project, branches, tagPrefixes }: Extract<Publisher, { source: "gitlab" }>): Subjects {
  const start = `project_path:${project}:ref_type:`;
  return {
    whole: branches.map((branch) => `${start}branch:ref:${branch}`),
    beginnings: tagPrefixes.map((prefix) => `${start}tag:ref:${prefix}`),
  };
}
