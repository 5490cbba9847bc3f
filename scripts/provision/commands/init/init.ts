import { exitCodes } from "../../../../lib/errors";
import { folderOf } from "../../../../lib/environment/beside";
import { Environment } from "../../../../lib/layer/environment-schema";
import { commandLine } from "../../command-line/request";
import { answersFrom, keepingAnswers } from "./answer-options";
import type { AnswerName } from "./answers";
import { AwsOffers } from "./aws-offers";
import { type Checking, load } from "./check";
import { closingLines } from "./closing";
import { costLines, estimate } from "./cost";
import { defaultRelease, type FileContents, fileText } from "./file-text";
import type { InitInvocation } from "./index";
import { answerAll } from "./interview";
import { exists, newFile } from "./new-file";
import { questions } from "./questions";
import { interruptedAt, noTerminal, unanswered } from "./refusals";

/** Asks what only the operator can know, and writes the environment file. */
export async function handle(invocation: InitInvocation): Promise<number> {
  const { world, request } = invocation;
  const file = newFile(invocation);
  if (!world.terminal.interactive && !request.yes) throw noTerminal(file, request);
  const layers = await invocation.loadLayers();
  const checking = { layers, file, now: world.clock.now() };
  const contents = await askFor(invocation, checking);
  const created = await keepingAnswers(request, contents.answers, () =>
    finish(invocation, checking, contents),
  );
  // Another process has written it meanwhile.
  if (!created) throw exists(file, request);
  return exitCodes.done;
}

/** Estimates the cost, writes the file with it, and says what is next; false if the file exists by now. */
async function finish(
  invocation: InitInvocation,
  checking: Checking,
  contents: Omit<FileContents, "cost">,
): Promise<boolean> {
  const { world, request, screen } = invocation;
  const { layers, file } = checking;
  const report = await estimate(world, layers, load(checking, fileText({ ...contents, cost: [] })));
  const cost = [...costLines(report), `Every item: ${commandLine(request, { command: "capacity" })}`];
  const text = fileText({ ...contents, cost });
  load(checking, text);
  if (!world.files.create(file, text)) return false;
  // Editors complete and check the file by it, and a checkout of the product has it.
  const schema = world.files.read(world.product.fileNamed("configs/schema.json"));
  if (schema !== undefined) world.files.create(`${folderOf(file)}/schema.json`, schema);
  const reference = world.product.fileNamed("docs/reference/settings.md");
  const closing = { file, cost, misfits: report.misfits, reference };
  for (const line of closingLines(request, screen.ink, closing)) screen.print(line);
  return true;
}

/** AWS is not asked if everything is given that it could suggest. */
const suggested: readonly AnswerName[] = ["account", "region", "zones", "domain", "adminRoles"];

async function askFor(invocation: InitInvocation, checking: Checking): Promise<Omit<FileContents, "cost">> {
  const { world, request, screen } = invocation;
  const contents = { name: request.env, release: defaultRelease(checking.layers) };
  const given = answersFrom(request);
  const offers = new AwsOffers(world, screen, {
    account: given.account,
    // Anything else is asked for again, and no name of a server.
    region: Environment.shape.region.safeParse(given.region).data,
    asks: suggested.some((name) => given[name] === undefined),
  });
  const asks = !request.yes;
  if (asks) screen.print("Enter accepts the default in brackets; quit ends without a file.");
  const known = { name: request.env, offers, given };
  const outcome = await answerAll({ checking, contents, screen, asks }, questions, known);
  const { answers, missing, refused, interrupted } = outcome;
  if (interrupted) throw interruptedAt(checking.file, request, answers);
  if (missing.length + refused.length > 0) throw unanswered(checking.file, request, outcome);
  return { ...contents, answers };
}
