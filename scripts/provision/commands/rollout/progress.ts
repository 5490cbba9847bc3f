import { type Application, unreadableError } from "../../kubernetes/application";
import { judge, specError, type Verdict } from "../../kubernetes/verdict";
import { type ApplicationRow, rowsOf } from "./rows";

/** One look at the cluster. */
export interface Snapshot {
  /** What of Argo CD is not ready. */
  readonly unready: readonly string[];
  readonly applications: readonly Application[];
}

/** Why a rollout does not go on by itself. */
export interface Stop {
  readonly subject: "Argo CD" | "repository" | "root application" | { readonly application: string };
  readonly wave?: number;
  readonly reason: string;
}

/** How far a rollout is. */
export interface Situation {
  readonly step: "Argo CD" | "repository" | "root application" | "applications" | "done";
  /** The lowest wave that is not done. */
  readonly wave?: number;
  /** In the order of their waves; without the root application. */
  readonly rows: readonly ApplicationRow[];
  readonly waitsFor: string;
  readonly stop?: Stop;
}

/**
 * How long something may be wrong before the rollout is given up. Argo CD clears errors of its repo server by itself, and
 * tries failed operations again at once; a deployment has had ten minutes before it is degraded, but a Secret or a database
 * that a later wave brings may still heal it. What is wrong with an Application itself it looks at again with the next comparison, which is
 * two to three minutes later: an Application that it sees a moment before its project is refused until then.
 */
const graceSeconds = { condition: 120, spec: 300, operation: 60, health: 180, step: 600 } as const;
/** Conditions of an Application whose repository, or whose charts, Argo CD cannot read. */
const unreadable = /^(ComparisonError|UnknownError)$/;
/** Looks in a row at which everything must be done: the root application syncs again after it has succeeded. */
const looksWhenDone = 3;
/** After a longer time without an answer, nothing is known to have lasted. */
const gapSeconds = 45;

/** Follows a rollout from look to look. */
export class RolloutProgress {
  /** Since when something is wrong, by what. */
  private readonly since = new Map<string, number>();
  private lastLook = -Infinity;
  private doneLooks = 0;
  private isArgocdUp = false;

  constructor(private readonly rootApplication: string) {}

  /** What one more look says; `seconds` is when it was. */
  look(snapshot: Snapshot, seconds: number): Situation {
    if (seconds - this.lastLook > gapSeconds) this.since.clear();
    this.lastLook = seconds;
    const { unready, applications } = snapshot;
    const root = applications.find(({ metadata }) => metadata.name === this.rootApplication);
    const rows = rowsOf(applications, root);
    this.isArgocdUp ||= unready.length === 0;
    const early = this.earlyStep(unready, root, seconds);
    if (early !== undefined) return { ...early, rows };
    return this.applicationsStep(root, { rows, applications }, seconds);
  }

  /** The steps before the applications, each of which has its own limit. */
  private earlyStep(
    unready: readonly string[],
    root: Application | undefined,
    seconds: number,
  ): Omit<Situation, "rows"> | undefined {
    const step = (name: "Argo CD" | "repository" | "root application", waitsFor: string) => {
      const late = this.lasting(`step ${name}`, seconds) >= graceSeconds.step;
      const situation = { step: name, waitsFor };
      return late ? { ...situation, stop: { subject: name, reason: waitsFor } } : situation;
    };
    if (!this.isArgocdUp) return step("Argo CD", unready.join("; "));
    if (root === undefined) return step("root application", `${this.rootApplication} does not exist`);
    if (root.metadata.deletionTimestamp !== undefined) {
      const reason = `${this.rootApplication} is being deleted`;
      return { step: "root application", waitsFor: reason, stop: { subject: "root application", reason } };
    }
    const { conditions, sync, resources } = root.status;
    const unread = conditions.find(({ type }) => unreadable.test(type));
    const unknown = conditions.find(({ type }) => type === unreadableError);
    if (unknown !== undefined) return step("root application", `${unknown.type}: ${unknown.message}`);
    const refused = conditions.find(({ type }) => type === specError);
    if (refused !== undefined) return this.wrong("root application", refused, seconds);
    if (unread !== undefined) return this.wrong("repository", unread, seconds);
    if (sync.status === "" || sync.status === "Unknown")
      return step("repository", "it has not been read yet");
    const isEmpty = !resources.some(({ kind }) => kind === "Application");
    return isEmpty ? step("root application", "it has no Applications yet") : undefined;
  }

  /** As long as the root application has such a condition, nothing is known of the repository. */
  private wrong(
    subject: "repository" | "root application",
    { type, message }: Application["status"]["conditions"][number],
    seconds: number,
  ): Omit<Situation, "rows"> {
    const reason = `${type}: ${message}`;
    const situation = { step: "repository", waitsFor: reason } as const;
    const grace = type === specError ? graceSeconds.spec : graceSeconds.condition;
    const late = this.lasting(type, seconds) >= grace;
    return late ? { ...situation, stop: { subject, reason } } : situation;
  }

  private applicationsStep(
    root: Application | undefined,
    { rows, applications }: { readonly rows: readonly ApplicationRow[] } & Pick<Snapshot, "applications">,
    seconds: number,
  ): Situation {
    const open = rows.filter(({ state }) => state !== "done");
    const wave = open[0]?.wave;
    const verdict = root === undefined ? undefined : judge(root);
    const isDone = open.length === 0 && verdict?.state === "done";
    this.doneLooks = isDone ? this.doneLooks + 1 : 0;
    if (this.doneLooks >= looksWhenDone) return { step: "done", rows, waitsFor: "" };
    const stop = this.stopOf(applications, { rows, root: verdict }, seconds);
    const waitsFor =
      open.length > 0
        ? open.map(({ name }) => name).join(", ")
        : `${this.rootApplication}${verdict?.reason ? `: ${verdict.reason}` : ""}`;
    return {
      ...{ step: "applications", rows, waitsFor },
      ...(wave === undefined ? {} : { wave }),
      ...(stop === undefined ? {} : { stop }),
    };
  }

  /** What has been failing for too long; the root application is blamed only where no other is. */
  private stopOf(
    applications: readonly Application[],
    { rows, root }: { readonly rows: readonly ApplicationRow[]; readonly root: Verdict | undefined },
    seconds: number,
  ): Stop | undefined {
    const named = new Map(applications.map((one) => [one.metadata.name, one]));
    const failing = rows.flatMap((row) => {
      const found = named.get(row.name);
      const kind = found === undefined ? undefined : judge(found).failing;
      return kind === undefined ? [] : [{ row, kind, key: `${kind} ${row.name}` }];
    });
    const keys = new Set([...failing.map(({ key }) => key), `root ${root?.failing ?? ""}`]);
    for (const key of this.since.keys()) if (!keys.has(key)) this.since.delete(key);
    const late = failing.filter(({ key, kind }) => this.lasting(key, seconds) >= graceSeconds[kind]);
    const [first] = late;
    if (first !== undefined) {
      const { name, wave, reason } = first.row;
      return { subject: { application: name }, wave, reason };
    }
    if (root?.failing === undefined || failing.length > 0) return undefined;
    const isLate = this.lasting(`root ${root.failing}`, seconds) >= graceSeconds[root.failing];
    return isLate ? { subject: "root application", reason: root.reason } : undefined;
  }

  /** For how many seconds it has lasted. */
  private lasting(what: string, seconds: number): number {
    const since = this.since.get(what) ?? seconds;
    this.since.set(what, since);
    return seconds - since;
  }
}
