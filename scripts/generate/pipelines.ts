import { githubWorkflow } from "../provision/commands/export/github-workflow";
import { gitlabPipeline } from "../provision/commands/export/gitlab-pipeline";
import { pipelineOf } from "../provision/commands/export/steps";
import { fenced } from "./fenced";

/** The pipelines that `provision export --ci github` and `gitlab` writes for an environment prod, as blocks of a page. */
export function pipelines(): Readonly<Record<"github" | "gitlab", string>> {
  const prod = { name: "prod", region: "us-west-2" };
  return {
    github: fenced(githubWorkflow(pipelineOf(prod, "prod", { validate: "github" }))),
    gitlab: fenced(gitlabPipeline(pipelineOf(prod, "prod", { validate: "text" }))),
  };
}
