import { planTitle } from "../../plan-view/markdown";
import { pinned } from "./pinned";
import type { Pipeline } from "./steps";

/** A workflow of GitHub Actions: checks and a plan for each pull request, and an apply, after approval, of what was merged. */
export function githubWorkflow(pipeline: Pipeline): string {
  const { environment } = pipeline;
  return `name: ${environment}
on:
  pull_request:
  push:
    branches: [main]

permissions: {}

# One after the other: a cancelled apply leaves a lock, and a second one waits for it in vain.
concurrency:
  group: ${environment}-\${{ github.event.pull_request.number || 'apply' }}
  cancel-in-progress: false

jobs:
${check(pipeline)}

${plan(pipeline)}

${apply(pipeline)}
`;
}

const check = ({ commands }: Pipeline) => `  check:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
    steps:
${checkedOut}
      - run: ${commands.validate}
      - run: ${commands.policy}
      - run: ${commands.capacity}`;

const plan = ({ environment, region, commands }: Pipeline) => `  plan:
    needs: check
    # Forks get neither a token for AWS nor the right to comment.
    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04 # has the AWS CLI and the Session Manager plugin
    environment: ${environment}-plan
    permissions:
      contents: read
      id-token: write # for the token that AWS accepts
      pull-requests: write # for the comment
    steps:
${checkedOut}
${terraform}
${credentials(region)}
      - run: ${commands.plan}
      - if: always() && hashFiles('plan.md') != '' # also what was planned before a layer failed
        env:
          GH_TOKEN: \${{ github.token }}
          ISSUE: repos/\${{ github.repository }}/issues/\${{ github.event.pull_request.number }}
          COMMENTS: repos/\${{ github.repository }}/issues/comments
          OURS: .[] | select(.user.login == "github-actions[bot]" and (.body | startswith("${planTitle(environment)}"))) | .id
        run: |
          comment=$(gh api --paginate "$ISSUE/comments" --jq "$OURS" | tail -n 1)
          if [ -n "$comment" ]; then
            gh api --silent --method PATCH "$COMMENTS/$comment" --field body=@plan.md
          else
            gh api --silent "$ISSUE/comments" --field body=@plan.md
          fi`;

const apply = ({ environment, region, commands }: Pipeline) => `  apply:
    needs: check
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    environment: ${environment} # waits for its reviewers
    permissions:
      contents: read
      id-token: write # for the token that AWS accepts
    steps:
${checkedOut}
${terraform}
${credentials(region)}
          role-duration-seconds: 7200
      - run: ${commands.apply}
      - if: always()
        uses: ${pinned.uploadArtifact}
        with:
          name: logs
          path: .provision/logs
          include-hidden-files: true`;

const checkedOut = `      - uses: ${pinned.checkout}
        with:
          persist-credentials: false
      - uses: ${pinned.setupNode}
        with:
          node-version: 22
          cache: npm
      - run: npm ci`;

const terraform = `      - uses: ${pinned.setupTerraform}
        with:
          terraform_version: ${pinned.terraform}
          terraform_wrapper: false`;

const credentials = (region: string) => `      - uses: ${pinned.awsCredentials}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of the job's environment
          aws-region: ${region}`;
