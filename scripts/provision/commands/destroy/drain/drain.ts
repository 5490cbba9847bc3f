import { UserError } from "../../../../../lib/errors";
import type { AnyLayer } from "../../../../../lib/layer/layer";
import { commandLine } from "../../../command-line/request";
import { type Application, listApplications } from "../../../kubernetes/application";
import { unreadyArgocd } from "../../../kubernetes/argocd";
import { rolloutOf } from "../../../kubernetes/rollout-of";
import { SteadyRequests } from "../../../kubernetes/steady";
import { waveOf } from "../../../kubernetes/verdict";
import { Interrupted } from "../../../run/interrupts";
import { pause } from "../../../run/pause";
import { retryLine } from "../../../run/run";
import { askConsent } from "../../../runner/consent";
import type { KubernetesApi } from "../../../world/index";
import type { DrainRun } from "./drain-run";
import { DrainProgress } from "./progress";
import { endObstruction, obstruction, type Obstruction } from "./stuck";
import { advance, isDeleting, type Place, refresh } from "./steps";

const pollSeconds = 5;
/** A restart of Argo CD, or of the API server, takes less. */
const patienceSeconds = 300;
/** Names beside a count. */
const listed = 6;

/** What a drain works on. */
interface Work {
  readonly run: DrainRun;
  readonly layer: AnyLayer;
  readonly place: Place;
  readonly requests: SteadyRequests;
}

/**
 * Has Argo CD delete every application and what it deployed, in reverse waves, and waits until none is left: once Argo CD is
 * gone, nobody would.
 */
export async function drain(run: DrainRun, layer: AnyLayer, api: KubernetesApi): Promise<void> {
  const place = { api, rollout: await rolloutOf(run, layer) };
  const work = { run, layer, place, requests: new SteadyRequests(run) };
  const first = await answered(work, "the Kubernetes API does not answer", () => list(place));
  if (first.length === 0) return;
  await agree(work, first);
  await answered(work, "Argo CD is not running", () => assertRunning(place));
  await run.events.step("deleting the applications", (show) => untilGone(work, show));
  run.events.note(`Argo CD has deleted ${first.length} applications, and what they deployed`);
}

function list({ api, rollout }: Place): Promise<readonly Application[]> {
  return listApplications(api, rollout.namespace);
}

/** Undefined until it is. */
async function assertRunning({ api, rollout }: Place): Promise<true | undefined> {
  const unready = await unreadyArgocd(api, rollout.argocdNamespace);
  // Nobody needs the server or the cache to delete.
  const needed = unready.filter(({ reason }) => /application-controller|repo-server/.test(reason));
  return needed.length === 0 ? true : undefined;
}

/** Repeats a request until it says something, for some minutes. */
async function answered<Result>(
  { run, layer, requests }: Work,
  truth: string,
  act: () => Promise<Result | undefined>,
): Promise<Result> {
  const { clock } = run.world;
  const until = clock.seconds() + patienceSeconds;
  for (;;) {
    const result = await requests.try("drain the applications", act);
    if (result !== undefined) return result;
    if (clock.seconds() >= until) throw unanswered(run, truth);
    await pause(clock, pollSeconds, () => run.interrupts.draining);
    if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
  }
}

function unanswered({ request }: DrainRun, truth: string): UserError {
  return new UserError(
    `Cannot drain the applications: ${truth}`,
    `Correct that, then run: ${commandLine(request)}; if the cluster is lost, run: ${commandLine(request, { skipDrain: true })}`,
  );
}

/** A drain that has begun was agreed to. */
async function agree({ run, layer, place }: Work, applications: readonly Application[]): Promise<void> {
  const root = applications.find(({ metadata }) => metadata.name === place.rollout.rootApplication);
  if (run.request.yes || (root !== undefined && isDeleting(root))) return;
  const { length } = applications;
  await askConsent(run, {
    verb: "drain",
    subject: layer.name,
    question: `Delete ${length} ${length === 1 ? "application" : "applications"} with the data in their volumes?`,
    danger: true,
    next: retryLine(run, layer),
  });
}

async function untilGone(work: Work, show: (text: string) => void): Promise<void> {
  const { run, layer, place, requests } = work;
  const { clock } = run.world;
  const progress = new DrainProgress();
  const waves = new Waves(run);
  let before: Obstruction | undefined;
  for (;;) {
    const left = await requests.try("drain the applications", async () => {
      const applications = await list(place);
      if (applications.length > 0) await advance(place, applications);
      return applications;
    });
    if (left?.length === 0) return;
    if (left !== undefined) {
      show(summary(place, left));
      waves.look(left.filter(({ metadata }) => metadata.name !== place.rollout.rootApplication));
      const state = progress.look(left, clock.seconds());
      if (state !== "moving")
        before = await requests.try("drain the applications", async () => {
          const found = await obstruction(place, left);
          const hasMoved = before !== undefined && keyOf(before) !== keyOf(found);
          if (state === "refresh") for (const one of left.filter(isDeleting)) await refresh(place.api, one);
          else if (!hasMoved) await endObstruction(run, { layer, place }, found);
          if (state === "stuck") progress.again(clock.seconds());
          return found;
        });
    }
    await pause(clock, pollSeconds, () => run.interrupts.draining);
    if (run.interrupts.draining) throw new Interrupted(layer.name, retryLine(run, layer));
  }
}

function keyOf({ remaining }: Obstruction): string {
  return JSON.stringify(remaining);
}

function summary({ rollout }: Place, applications: readonly Application[]): string {
  const going = applications
    .filter((found) => isDeleting(found) && found.metadata.name !== rollout.rootApplication)
    .map(({ metadata }) => metadata.name);
  const names = going.slice(0, listed).join(", ");
  return `${applications.length} left${names === "" ? "" : `, deleting ${names}`}`;
}

/** Says which waves are gone. */
class Waves {
  private lowest = Infinity;

  constructor(private readonly run: DrainRun) {}

  look(applications: readonly Application[]): void {
    const highest = Math.max(...applications.map(waveOf));
    if (highest >= this.lowest) return;
    if (this.lowest !== Infinity && highest !== -Infinity)
      this.run.events.note(`Deleted down to wave ${this.lowest}: ${applications.length} left`);
    this.lowest = highest;
  }
}
