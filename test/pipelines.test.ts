import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { argocd } from "../modules/argocd/layer";
import renovate from "../renovate.json";
import { examplePublisher } from "../scripts/generate/publishers";
import { githubWorkflow } from "../scripts/provision/commands/export/github-workflow";
import { gitlabPipeline } from "../scripts/provision/commands/export/gitlab-pipeline";
import { githubCaller, githubPublishing } from "../scripts/provision/commands/export/publishing/github";
import { gitlabCaller, gitlabPublishing } from "../scripts/provision/commands/export/publishing/gitlab";
import { pipelineOf } from "../scripts/provision/commands/export/steps";
import { commands } from "../scripts/provision/commands/index";
import { readArguments } from "../scripts/provision/command-line/parse";
import { planTitle } from "../scripts/provision/plan-view/markdown";
import { filesBelow, textOf } from "./docs/documents";
import { synthLayer } from "./synth";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const region = "us-west-2";
const exported = (name: string, env: string) =>
  githubWorkflow(pipelineOf({ name, region }, env, { validate: "github" }));
const gitlab = (name: string, env: string) =>
  gitlabPipeline(pipelineOf({ name, region }, env, { validate: "text" }));
const texts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(filesBelow(/\.yml$/, ".github/workflows").map((path) => [path, textOf(path)])),
  "what export writes": exported("a-b", "a-b"),
  "what export writes for a publisher": githubPublishing(examplePublisher("installer")),
};
// A document without a schema; what is missing fails the tests below.
const workflows = Object.entries(texts).map(([title, text]) => [title, parse(text) as Workflow] as const);
const jobsOf = ({ jobs }: Workflow) => Object.values(jobs);
const stepsOf = (workflow: Workflow) => jobsOf(workflow).flatMap(({ steps }) => steps);

describe.each(workflows)("%s", (title, workflow) => {
  test("names actions by commit, with the version for people and for updates", () => {
    const uses = [...(texts[title] ?? "").matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, action]) => action);
    expect(uses.length).toBe(stepsOf(workflow).filter((step) => step.uses !== undefined).length);
    expect(
      uses.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? "")),
    ).toEqual([]);
  });

  test("gives its token no permissions but those that a job asks for", () => {
    expect(workflow.permissions).toEqual({});
    expect(jobsOf(workflow).filter(({ permissions }) => permissions === undefined)).toEqual([]);
  });

  test("keeps no token in the checkout", () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual(checkouts.map(() => false));
  });

  test("gives pull requests of forks neither secrets nor, by its events, a token that writes", () => {
    const events = Object.keys(workflow.on);
    const harmless = ["pull_request", "push", "workflow_call", "workflow_dispatch"];
    expect(events.filter((event) => !harmless.includes(event))).toEqual([]);
    if (events.includes("pull_request")) expect(texts[title]).not.toContain("secrets.");
  });
});

test("what runs in pull requests of this repository may write nothing", () => {
  const ci = workflows.find(([title]) => title.endsWith("/ci.yml"))?.[1];
  expect(ci && jobsOf(ci).map(({ permissions }) => permissions)).toEqual(Array(3).fill({ contents: "read" }));
});

describe("the workflow that export writes", () => {
  // As above.
  const workflow = parse(exported("a-b", "../my configs/a-b.yaml")) as Workflow;
  const { check, plan, apply } = workflow.jobs;

  test("takes a role of AWS only in jobs that wait for the reviewers of an environment", () => {
    expect(check?.permissions).toEqual({ contents: "read" });
    expect(plan).toMatchObject({ environment: "a-b-plan", permissions: { "id-token": "write" } });
    expect(apply).toMatchObject({ environment: "a-b", permissions: { "id-token": "write" } });
  });

  test("plans for members alone, and applies what was merged alone", () => {
    expect(plan?.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
    expect(apply?.if).toBe("github.event_name == 'push'");
    expect(workflow.on["push"]).toEqual({ branches: ["main"] });
  });

  test("finds the comment of its environment by the title of the plan", () => {
    const find = plan?.steps.flatMap(({ env }) => env?.["OURS"] ?? []);
    expect(find).toEqual([expect.stringContaining(`startswith("${planTitle("a-b")}")`)]);
  });
});

describe("commands of pipelines", () => {
  const env = "../my configs/a-b.yaml";
  // As above.
  const github = stepsOf(parse(exported("a-b", env)) as Workflow).map(({ run }) => run ?? "");
  const jobs = Object.values(parse(gitlab("a-b", env)) as Record<string, { script?: readonly string[] }>);
  const inGitlab = jobs.flatMap(({ script }) => script ?? []);

  test.each([
    ["github", github],
    ["gitlab", inGitlab],
  ])("are of this version, and name the environment file as it was given: %s", (_, lines) => {
    const prefix = "npx ts-node scripts/provision.ts ";
    const ours = lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
    const read = ours.map((line) => {
      const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
      const reading = readArguments(commands, words);
      return "request" in reading ? [reading.request.command, [reading.request.env].flat()] : line;
    });
    const names = ["validate", "policy", "capacity", "plan", "apply"];
    expect(read).toEqual(names.map((name) => [name, [env]]));
  });
});

describe("what export writes for a publisher", () => {
  const installer = examplePublisher("installer");
  const agent = examplePublisher("agent");
  const documents = {
    // Documents without a schema, as above.
    github: parse(githubPublishing(installer)) as Workflow,
    caller: parse(githubCaller(installer)) as { jobs: { publish: Record<string, unknown> } },
    gitlab: parse(gitlabPublishing(agent)) as Record<string, Record<string, unknown>>,
    include: parse(gitlabCaller(agent)) as Record<string, Record<string, unknown>>,
  };

  test("takes the publisher's role, in the environment that it trusts, with least permissions", () => {
    const { publish } = documents.github.jobs;
    expect(publish).toMatchObject({
      environment: "release",
      permissions: { contents: "read", "id-token": "write" },
    });
    const roles = publish?.steps.flatMap((step) => step.with?.["role-to-assume"] ?? []);
    expect(roles).toEqual([installer.roleArn]);
    expect(documents.caller.jobs.publish["permissions"]).toEqual(publish?.permissions);
  });

  test("lets no value of a caller into the text of a script", () => {
    const scripts = stepsOf(documents.github).flatMap(({ run }) => run ?? []);
    expect(scripts).toHaveLength(1);
    expect(scripts.join()).not.toContain("${{");
  });

  test("is called by the name that it is written under", () => {
    expect(documents.caller.jobs.publish["uses"]).toBe("./.github/workflows/publish-prod-installer.yml");
    expect(documents.include["include"]).toEqual([{ local: "/.gitlab/publish-prod-agent.yml" }]);
    expect(documents.include["publish"]).toMatchObject({ extends: ".publish-prod-agent" });
  });

  test("runs in GitLab for the tags that the role trusts, with a token for AWS", () => {
    expect(documents.gitlab[".publish-prod-agent"]).toMatchObject({
      rules: [{ if: "$CI_COMMIT_TAG =~ /^v/" }],
      id_tokens: { AWS_TOKEN: { aud: "sts.amazonaws.com" } },
      variables: { AWS_ROLE_ARN: agent.roleArn, NAME: "edge-orch/images/agent" },
    });
  });
});

test("CI downloads the providers that the layers name", () => {
  const versionsIn = (block: unknown) =>
    [...JSON.stringify(block).matchAll(/"(aws|helm|kubernetes)":\{[^}]*"version":"([\d.]+)"/g)]
      .map(([, name, version]) => `${name ?? ""} ${version ?? ""}`)
      .toSorted();
  const named = versionsIn(JSON.parse(textOf(".github/providers.tf.json")));
  expect(named).toHaveLength(3);
  expect(named).toEqual(versionsIn(synthLayer(argocd).json.terraform));
});

test.each(renovate.customManagers)("Renovate finds what it updates: $description", (manager) => {
  const paths = manager.managerFilePatterns.map((pattern) =>
    pattern.replace(/^\/\^|\$\/$/g, "").replaceAll("\\.", "."),
  );
  for (const path of paths) {
    const found = manager.matchStrings.flatMap((match) => [...textOf(path).matchAll(new RegExp(match, "g"))]);
    expect(found.map(({ groups }) => groups?.["currentValue"])).not.toEqual([]);
  }
});
