import type { Pipeline } from "./steps";

/** Jobs of GitLab CI/CD: checks and a plan for each merge request, and an apply, started by hand, of what was merged. */
export function gitlabPipeline(pipeline: Pipeline): string {
  return `${[surroundings, check, plan, apply].map((part) => part(pipeline)).join("\n\n")}\n`;
}

const surroundings = ({ environment, region }: Pipeline) => `.${environment}-node:
  image: $PROVISION_IMAGE # has Node, Terraform, the AWS CLI and the Session Manager plugin
  before_script:
    - npm ci

.${environment}-aws:
  extends: .${environment}-node
  id_tokens:
    AWS_TOKEN:
      aud: $CI_SERVER_URL
  variables:
    AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/aws-token
    AWS_REGION: ${region}
  before_script:
    # AWS_ROLE_ARN is a variable of the job's environment.
    - printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"
    - npm ci`;

const check = ({ environment, commands }: Pipeline) => `${environment}-check:
  extends: .${environment}-node
  stage: test
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - ${commands.validate}
    - ${commands.policy}
    - ${commands.capacity}`;

const plan = ({ environment, commands }: Pipeline) => `${environment}-plan:
  extends: .${environment}-aws
  stage: deploy
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  environment:
    name: ${environment}-plan
    action: access # deploys nothing
  script:
    - ${commands.plan}
  artifacts:
    expose_as: Plan of ${environment}
    paths: [plan.md]
    when: always # also what was planned before a layer failed`;

const apply = ({ environment, commands }: Pipeline) => `${environment}-apply:
  extends: .${environment}-aws
  stage: deploy
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      when: manual
  environment: ${environment} # protected, with approvals
  resource_group: ${environment}
  timeout: 2h
  script:
    - ${commands.apply}`;
