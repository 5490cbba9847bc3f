import { githubCaller } from "../provision/commands/export/publishing/github";
import { gitlabCaller } from "../provision/commands/export/publishing/gitlab";
import { type Publisher, publisherNamed } from "../provision/commands/export/publishing/publisher";
import { fenced } from "./fenced";

const repository = "edge-orch/common/files/installer";
const image = "edge-orch/images/agent";
const role = (name: string) => `arn:aws:iam::111122223333:role/prod-release-publisher-${name}`;
const places = {
  registry: "111122223333.dkr.ecr.us-west-2.amazonaws.com",
  repositoryPrefix: "prod-release/",
  repositories: [repository, image],
  bucket: "prod-111122223333-releases",
  filePrefix: "files/",
  hosts: { registry: "registry-rs.edge.example.com", files: "files-rs.edge.example.com" },
  publishers: {
    installer: {
      source: "github",
      roleArn: role("installer"),
      audience: "sts.amazonaws.com",
      environments: ["release"],
      repositories: [repository],
      pathPrefixes: ["edge-orch/common/"],
    },
    agent: {
      source: "gitlab",
      roleArn: role("agent"),
      audience: "sts.amazonaws.com",
      tagPrefixes: ["v"],
      repositories: [image],
      pathPrefixes: [],
    },
  },
} as const;

/** A publisher of the guide. */
export function examplePublisher(name: "installer" | "agent"): Publisher {
  const found = publisherNamed({ name: "prod", region: "us-west-2" }, places, name);
  if (found === undefined) throw new Error(`no publisher ${name}`);
  return found;
}

/** What calls the files that `provision export` writes for a publisher, as blocks of a page. */
export function publishers(): Readonly<Record<"github" | "gitlab", string>> {
  return {
    github: fenced(githubCaller(examplePublisher("installer"))),
    gitlab: fenced(gitlabCaller(examplePublisher("agent"))),
  };
}
