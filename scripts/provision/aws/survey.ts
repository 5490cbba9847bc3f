import type { Refusal } from "../../../lib/layer/question";
import type { Look, Question } from "../../../lib/layer/survey";
import type { Run } from "../run/run";
import { askAws, type Reply } from "./client";
import { faultText } from "./fault";
import { noResultText } from "./no-result";
import { questionsOf } from "./questions";
import { unknownLines } from "./unknown-lines";

/** What came of one question. */
type Finding =
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "nothing to say" }
  | { readonly kind: "unknown"; readonly about: string; readonly because: string };

/** A look, however it was stated. */
type CurrentLook = Exclude<Look, { readonly words: readonly string[] }>;

/** Prints what the account has already, as far as the selected layers ask; never fails a run, nor holds it up for long. */
export async function surveyAccount(run: Run): Promise<void> {
  const heading = ["Existing in the account", "a read-only check"] as const;
  await ask(run, heading, questionsOf("survey", run.selected, run.loaded));
}

/** Prints what the destroyed layers leave behind, in the same way. */
export async function surveyLeftovers(run: Run): Promise<void> {
  const heading = ["Left in the account", "what Terraform did not create, and so did not destroy"] as const;
  await ask(run, heading, questionsOf("leftovers", run.selected, run.loaded));
}

async function ask(
  run: Run,
  heading: readonly [title: string, about: string],
  questions: readonly Question[],
): Promise<void> {
  if (run.request.rehearse || questions.length === 0) return;
  const findings = await run.events.step("checking the account", () =>
    Promise.all(questions.map((question) => findingOf(run, question))),
  );
  const [title, about] = heading;
  run.events.publish({
    ...{ type: "account checked", title, about },
    findings: findings.flatMap((finding) => (finding.kind === "note" ? [finding.text] : [])),
    unknown: unknownLines(findings.filter((finding) => finding.kind === "unknown")),
  });
}

async function findingOf(run: Run, question: Question): Promise<Finding> {
  try {
    return await findingAt(run, question.about, question);
  } catch (error) {
    // An answer of an unknown shape must not stop a run.
    return { kind: "unknown", about: question.about, because: noResultText(error) };
  }
}

async function findingAt(run: Run, about: string, stated: Look): Promise<Finding> {
  const look = current(stated);
  const reply = await askAws(run, look);
  const found = outcomeOf(look, reply);
  if (typeof found === "object") return findingAt(run, about, found);
  if (found !== undefined) return { kind: "note", text: found };
  if (reply.kind === "answered") return { kind: "nothing to say" };
  return { kind: "unknown", about, because: faultText(reply.fault) };
}

function outcomeOf(look: CurrentLook, reply: Reply<unknown>): string | Look | undefined {
  if (reply.kind === "answered") return look.finding(reply.output);
  return reply.fault.kind === "refused" ? look.findingOnRefusal?.(reply.fault) : undefined;
}

/** What an extension stated in earlier terms, in those of today. */
function current(look: Look): CurrentLook {
  if (!("words" in look)) return look;
  const { words, tell, tellRefusal } = look;
  return {
    arguments: words,
    finding: tell,
    ...(tellRefusal
      ? { findingOnRefusal: (said: Refusal) => tellRefusal(`${said.code}: ${said.message}`) }
      : {}),
  };
}
