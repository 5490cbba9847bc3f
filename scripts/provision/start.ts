import type { FoundEnvironment } from "../../lib/environment/find";
import { exitCodes, UserError } from "../../lib/errors";
import { signInOf } from "./aws/credentials";
import { signInCure } from "./aws/sign-in";
import { Interrupts } from "./run/interrupts";
import { recordCreations } from "./run/record-creations";
import { runFolders } from "./run/folders";
import { Approvals } from "./run/approvals";
import type { CommandDeclaration } from "./command-line/define";
import { printsDocument, type Request } from "./command-line/request";
import { noLock } from "./run/environment-lock";
import { noGuard } from "./run/state-guard";
import { Events } from "./run/events";
import { FreshKeys } from "./run/fresh-keys";
import { Tally } from "./run/tally";
import { assertOutputFiles, writeTimings } from "./run/output-files";
import { reserveFolders } from "./run/reserve";
import { RunRecord } from "./run/last-run";
import { Records } from "./run/records";
import type { Run } from "./run/run";
import { rehearsalFaults } from "./run/rehearsal-faults";
import { isFullCycle, startRehearsal } from "./run/simulated-account";
import { chooseTerraform } from "./runner/choose-terraform";
import { identify } from "./runner/identify";
import { environmentLockOf, type HeldLock } from "./runner/environment-lock";
import { keepJournal } from "./runner/keep-journal";
import { guardStates } from "./runner/stored-states/guard";
import { expectTimes } from "./runner/keep-durations";
import { layerLogs } from "./runner/layer-logs";
import { OnScreen } from "./runner/on-screen";
import { assertPrerequisites, type Prerequisites } from "./runner/prerequisites";
import { synthesise } from "./runner/synthesise";
import { warningsTo } from "./runner/warnings";
import { Screen } from "./screen/screen";
import { select } from "./command-line/selection";
import { assertNoLoggedSecrets } from "./terraform/assert-log";
import { realEnvironment, rehearsalEnvironment } from "./terraform/environment";
import { Timings } from "./run/timings";
import type { RunningRehearsal, World } from "./world/index";

/** What the operator asked for, and the environment it is for. */
interface Order {
  readonly command: CommandDeclaration;
  readonly request: Request;
  readonly found: FoundEnvironment;
}

/** Prepares a run, lets `act` do its work, and cleans up after it however it ends. */
export async function startRun(
  world: World,
  order: Order,
  act: (run: Run) => Promise<number>,
): Promise<number> {
  assertOutputFiles(world, order);
  const faults = rehearsalFaults(world, order.request);
  const base = baseOf(world, order);
  const { started: began, events } = base;
  const timings = new Timings();
  listen(base, timings);
  const interrupts = new Interrupts(world, order.command.uses.terraform, (text) => {
    events.publish({ type: "interrupted", text });
  });
  let rehearsal: RunningRehearsal | undefined;
  let lock: HeldLock | undefined;
  let journalCopied = () => Promise.resolve();
  let exitCode: number = exitCodes.failed;
  try {
    const { uses } = order.command;
    const asked = realRun(base, interrupts);
    const real = uses.terraform ? { ...asked, program: await chooseTerraform(asked) } : asked;
    const prerequisites = await assertPrerequisites(real, uses);
    // Without Terraform, nothing asks the simulated account, of which a start writes files.
    if (uses.terraform) rehearsal = await startRehearsal(world, { ...order, faults }, base.folders);
    const identity = uses.changes === true ? await identify(real, prerequisites.caller) : undefined;
    const started = { ...inRehearsal(real, rehearsal), ...(identity && { name: identity.run }) };
    lock = identity && environmentLockOf(started, identity);
    const run: Run = { ...started, version: prerequisites.version, environmentLock: lock ?? noLock };
    if (identity !== undefined) journalCopied = keepJournal(run, identity);
    announce(run, prerequisites);
    await lock?.take();
    if (uses.synthesis !== "none") await synthesise(run, uses);
    if (uses.terraform) assertNoLoggedSecrets(run);
    exitCode = await act(run);
    return exitCode;
  } catch (error) {
    if (error instanceof UserError) exitCode = error.exitCode;
    throw error;
  } finally {
    await lock?.release();
    await rehearsal?.stop();
    interrupts.close();
    const seconds = world.clock.seconds() - began;
    events.publish({ type: "run ended", seconds, exitCode });
    await journalCopied();
    writeTimings(base, timings.report(seconds));
    base.records.attempt(base.lock.release);
  }
}

/** The run with what Terraform may see of the simulated account, if there is one, and with a guard of the states there. */
function inRehearsal(run: Run, rehearsal: RunningRehearsal | undefined): Run {
  if (!run.request.rehearse) return { ...run, stateGuard: guardStates(run) };
  const environment = rehearsalEnvironment(run.world.environment, rehearsal?.environment ?? {});
  const rehearsing = { ...run, environment, rehearsal };
  return { ...rehearsing, stateGuard: guardStates(rehearsing) };
}

/** A run before Terraform's environment is known. */
type Base = Omit<
  Run,
  "interrupts" | "environment" | "rehearsal" | "signIn" | "environmentLock" | "stateGuard"
>;

function baseOf(world: World, { command, request, found }: Order): Base {
  const { layers, loaded, file, folder } = found;
  const { name } = loaded.environment;
  const { rehearse } = request;
  const selected = select(layers, request, command);
  const fullCycle = isFullCycle(command);
  const started = world.clock.now();
  const folders = runFolders({ environment: name, rehearse, fullCycle, started });
  const events = new Events();
  return {
    world,
    started: world.clock.seconds(),
    request,
    layers,
    loaded,
    selected,
    file,
    configFolder: folder,
    ...reserveFolders(world, { command, request, environment: name, folders }),
    screen: new Screen(world, rehearse ? "simulated" : ""),
    events,
    records: new Records(world.files, events),
    freshKeys: new FreshKeys(world.clock),
    tally: new Tally(world.clock),
    approvals: new Approvals(),
    program: "terraform",
    known: new Map(),
  };
}

/** A plan that nobody approves, nor asked for, is not shown. */
function isBrief({ rehearse, verbose, command }: Request): boolean {
  return rehearse && !verbose && command !== "plan";
}

/** Lets the screen, the logs and the timings know what happens. */
function listen(
  { world, request, screen, folders, events, records, freshKeys, tally }: Base,
  timings: Timings,
): void {
  // A document is read by a program: nothing else may be printed to where it goes.
  const expected = expectTimes({ world, request, folders, events, records });
  const onScreen = () => new OnScreen(screen, { brief: isBrief(request), expected }).listen;
  events.listen(printsDocument(request) ? warningsTo(screen) : onScreen());
  events.listen(layerLogs(records, folders.logs));
  events.listen(recordCreations(records, folders));
  events.listen(timings.listen, "record the timings");
  const record = new RunRecord(records, { folders, request, started: world.clock.now() });
  events.listen(record.listen);
  events.listen(freshKeys.listen);
  events.listen(tally.listen);
}

/** The run with the operator's own environment, in which also a rehearsal looks for Terraform. */
function realRun(base: Base, interrupts: Interrupts): Run {
  const environment = realEnvironment(base.world.environment);
  const run = { ...base, interrupts, environment, rehearsal: undefined };
  const unguarded = { ...run, environmentLock: noLock, stateGuard: noGuard };
  return { ...unguarded, signIn: base.request.rehearse ? "" : signInCure(signInOf(run)) };
}

function announce(
  { world, events, request, loaded, file, folders, program, lock, records }: Run,
  { version, notes }: Prerequisites,
): void {
  const { name, account, region } = loaded.environment;
  events.publish({
    type: "run began",
    command: request.command,
    ...{ environment: name, account, region, simulated: request.rehearse },
    ...(version === undefined ? {} : { terraform: { version: `${program} ${version}`, logs: folders.logs } }),
  });
  // In a repository of environment files alone, nobody else keeps it out of commits.
  if (version !== undefined) records.attempt(() => world.files.create(".provision/.gitignore", "*\n"));
  if (file === world.product.devEnvironment)
    events.note(`There is no configs/dev.yaml in the current folder: rehearsing ${file}`, "quiet");
  if (lock.note !== undefined) events.note(lock.note, "quiet");
  for (const { text, tone } of notes) events.note(text, tone);
}
