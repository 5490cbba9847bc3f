import type { AwsCall } from "../../lib/layer/aws-call";
import { commands } from "../../scripts/provision/commands/index";
import { Events } from "../../scripts/provision/run/events";
import { readLock } from "../../scripts/provision/run/lock-document";
import type { Run } from "../../scripts/provision/run/run";
import { environmentLockOf, type HeldLock } from "../../scripts/provision/runner/environment-lock";
import type { AwsRequest } from "../../scripts/provision/world/index";
import { awsError } from "./aws-error";
import { FakeCloud } from "./fake-cloud";
import { FakeWorld } from "./fake-world";

const object = "dev-state/us-west-2/environment.lock/dev.tflock";

/** A request for the lock: done by calling `send`. */
type Around = (operation: string, send: () => Promise<unknown>) => Promise<unknown>;

/** What happens to a write whose answer is lost: it is done, and the SDK says something else of it. */
export const answers = {
  /** Nothing came back in time. */
  none: () => Object.assign(new Error("socket hang up"), { name: "TimeoutError" }),
  /** The SDK has tried again, and its second attempt found what the first has written. */
  ofSecondAttempt: () => awsError("PreconditionFailed", "no"),
};

/** A run, as far as the lock has to do with it. */
export interface Job {
  readonly lock: HeldLock;
  readonly world: FakeWorld;
  /** Its notes. */
  readonly notes: string[];
  /** Its requests of the lock since they were last looked at. */
  readonly requests: string[];
  /** Stands between this job and the bucket. */
  around: Around;
  /** Half a minute has passed for it. */
  beat(): Promise<void>;
}

/** Jobs on machines of their own that share a bucket and a clock. */
export class Jobs {
  seconds = 0;
  private written = 0;
  private count = 0;
  readonly cloud = new FakeCloud();

  constructor() {
    this.cloud.create("aws_s3_bucket", { bucket: "dev-state" });
  }

  get stored() {
    return readLock(this.cloud.stored.get(object) ?? "");
  }

  /** `released`, or who has the lock, and who has joined: `anna bert@vpc`. */
  get members(): string {
    const lock = this.stored;
    if (lock === undefined || lock.kind === "released") return lock?.kind ?? "none";
    return [lock, ...lock.joined]
      .map(({ user, layer }) => (layer === undefined ? user : `${user}@${layer}`))
      .join(" ");
  }

  replaceLock(change: object): void {
    this.cloud.stored.set(object, JSON.stringify({ ...this.stored, ...change }));
  }

  /** A job of the pipeline `4711`, unless it has another id, or none. */
  job(
    user: string,
    options: { readonly runId?: string; readonly host?: string; readonly rehearse?: FakeWorld } = {},
  ): Job {
    const { runId = "4711", host = `machine-of-${user}`, rehearse } = options;
    const world = rehearse ?? new FakeWorld(this.cloud);
    const byte = ++this.count;
    const pid = 1000 + byte;
    const beats: (() => void)[] = [];
    const job: Job = {
      ...{ world, notes: [], requests: [], around: (_, send) => send() },
      lock: undefined as never,
      beat: async () => {
        for (const beat of beats) beat();
        await settled();
      },
    };
    const send = world.aws.send.bind(world.aws);
    Object.assign(world.aws, {
      send: (call: AwsCall, request: AwsRequest) => {
        job.requests.push(call.operation);
        return job.around(call.operation, async () => {
          Object.assign(world, { lockAge: this.seconds - this.written });
          const answer = await send(call, request);
          if (call.operation === "PutObject") this.written = this.seconds;
          return answer;
        });
      },
    });
    Object.assign(world, {
      self: { pid, host, user },
      randomBytes: (size: number) => Buffer.alloc(size, byte),
    });
    Object.assign(world.clock, {
      seconds: () => this.seconds,
      every: (period: number, act: () => void) => {
        if (period === 30) beats.push(act);
        const timer = period === 30 ? undefined : setInterval(act);
        return () => {
          clearInterval(timer);
          if (beats.includes(act)) beats.splice(beats.indexOf(act), 1);
        };
      },
    });
    const identity = { run: `run-of-${user}`, user, host, pid, command: "apply --env dev", runId };
    const run = runIn(world, rehearse !== undefined);
    run.events.listen((event) => {
      if (event.type === "note") job.notes.push(event.text);
    });
    return Object.assign(job, { lock: environmentLockOf(run, identity) });
  }
}

/** What the lock reads of a run. */
function runIn(world: FakeWorld, rehearse: boolean): Run {
  const state = { bucket: "dev-state", region: "us-west-2", existing: false };
  const environment = { name: "dev", account: "123456789012", region: "us-west-2", partition: "aws", state };
  return {
    ...{ world, events: new Events(), environment: {}, layers: [], interrupts: { draining: false } },
    ...{ loaded: { environment }, lock: { token: "", release: () => undefined } },
    request: { command: "apply", env: "dev", rehearse, commands },
    folders: { own: ".provision/rehearsal/dev" },
  } as unknown as Run;
}

/** Lets promises settle that wait for nothing else. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(done));
}
