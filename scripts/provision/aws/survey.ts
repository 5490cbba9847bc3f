import type { AnyLayer } from "../../../lib/layer/layer";
import type { LoadedEnvironment } from "../../../lib/environment/environment";
import type { Look, Question } from "../../../lib/layer/survey";
import { AwsCli, type Reply } from "./cli";
import { installCli } from "./failure";
import type { Run } from "../run/run";

/** What came of one question. */
type Finding =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "nothing to say" }
  | { readonly kind: "unseen"; readonly about: string; readonly because: string }
  | { readonly kind: "no program" };

/** Prints what the account has already, as far as the selected layers ask; never fails a run, nor holds it up for long. */
export async function surveyAccount(run: Run): Promise<void> {
  const heading = ["account", "What it has already, for you to know; nothing is changed"] as const;
  await ask(run, heading, questionsOf("survey", run.selected, run.loaded));
}

/** Prints what the destroyed layers leave behind, in the same way. */
export async function surveyLeftovers(run: Run): Promise<void> {
  const heading = ["leftovers", "What Terraform did not make, and so did not destroy"] as const;
  await ask(run, heading, questionsOf("leftovers", run.selected, run.loaded));
}

/** What IAM must allow for all questions of these layers. */
export function surveyActions(layers: readonly AnyLayer[], loaded: LoadedEnvironment): readonly string[] {
  return (["survey", "leftovers"] as const).flatMap((when) =>
    questionsOf(when, layers, loaded).flatMap(({ actions }) => actions),
  );
}

async function ask(
  run: Run,
  heading: readonly [title: string, about: string],
  questions: readonly Question[],
): Promise<void> {
  if (run.request.rehearse || questions.length === 0) return;
  const aws = new AwsCli(run);
  const working = run.screen.working("looking at the account");
  const findings = await Promise.all(questions.map((question) => findingOf(aws, question))).finally(() => {
    working.stop();
  });
  print(run, heading, findings);
}

function questionsOf(
  when: "survey" | "leftovers",
  layers: readonly AnyLayer[],
  { environment, settings }: LoadedEnvironment,
): readonly Question[] {
  return layers.flatMap((layer) => layer[when]?.({ environment, settings: settings[layer.name] }) ?? []);
}

async function findingOf(aws: AwsCli, question: Question): Promise<Finding> {
  try {
    return await look(aws, question.about, question);
  } catch (error) {
    // An answer in a shape that nobody knows yet must not stop a run.
    if (error instanceof Error)
      return { kind: "unseen", about: question.about, because: "the answer is not understood" };
    throw error;
  }
}

async function look(aws: AwsCli, about: string, at: Look): Promise<Finding> {
  const reply = await aws.glance(at.words);
  const told = tellingOf(at, reply);
  if (typeof told === "object") return look(aws, about, told);
  if (told !== undefined) return { kind: "note", text: told };
  switch (reply.kind) {
    case "refused":
      return { kind: "unseen", about, because: `AWS says "${reply.said}"` };
    case "no answer":
      return { kind: "unseen", about, because: "AWS gave no answer in time" };
    case "no program":
      return reply;
    case "answered":
      return { kind: "nothing to say" };
  }
}

function tellingOf(at: Look, reply: Reply): string | Look | undefined {
  if (reply.kind === "answered") return at.tell(reply.value);
  return reply.kind === "refused" ? at.tellRefusal?.(reply.said) : undefined;
}

function print(
  { screen }: Run,
  heading: readonly [title: string, about: string],
  findings: readonly Finding[],
): void {
  const { dim, yellow } = screen.ink;
  const lines = [
    ...findings.flatMap((finding) => (finding.kind === "note" ? [yellow(`  ${finding.text}`)] : [])),
    ...unseenLines(findings).map((line) => dim(`  ${line}`)),
  ];
  if (lines.length === 0) return;
  screen.heading(...heading);
  for (const line of lines) screen.print(line);
}

/** What stays unknown, in one line for each reason. */
function unseenLines(findings: readonly Finding[]): readonly string[] {
  if (findings.some(({ kind }) => kind === "no program"))
    return [`Not looked at: there is no program "aws" on the PATH. ${installCli}`];
  const unseen = findings.filter((finding) => finding.kind === "unseen");
  const reasons = new Set(unseen.map(({ because }) => because));
  return [...reasons].map((reason) => {
    const about = unseen.filter(({ because }) => because === reason).map((finding) => finding.about);
    return `Not looked at: ${about.join(", ")}; ${reason}`;
  });
}
