import { UserError } from "../../../lib/errors";
import { awsCommand } from "../aws/cli";
import { Interrupted } from "../run/interrupts";
import { pause } from "../run/pause";
import { isPermanent, sessionFailure } from "./failures";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import type { Background, Finished, Server } from "../world/index";

/** A server that is reached only from the VPC, and the bastion for it. */
export interface Target extends Server {
  /** What it is, as in `Cannot open a tunnel to the database`. */
  readonly noun: string;
  readonly bastionInstanceId: string;
}

/** After this time, a session that does not reach the server is given up. */
const openSeconds = 90;
/** Often enough to keep a session from its idle timeout, which is one minute at least. */
const probeSeconds = 10;
const probesLost = 3;

/** A port of this machine that an SSM session leads to a server in the VPC, reopened whenever it breaks. */
export class PortForward {
  private closed = false;
  private session: Background | undefined;
  private ended: Finished | undefined;
  private watching: Promise<void> = Promise.resolve();

  private constructor(
    private readonly run: Run,
    private readonly target: Target,
    readonly localPort: number,
  ) {}

  /** Opens it, at the wanted port if that is free, and keeps it open until `close`; throws when nothing answers. */
  static async open(run: Run, target: Target, wantedPort: number): Promise<PortForward> {
    const forward = new PortForward(run, target, await run.world.network.freePort(wantedPort));
    await run.events.step(`opening a tunnel to the ${target.noun}`, async () => {
      try {
        await forward.connect(() => {
          if (run.interrupts.draining) throw new Interrupted(target.noun, commandLine(run.request));
        });
      } catch (error) {
        await forward.close();
        throw error;
      }
    });
    forward.watching = forward.watch();
    // `close` rejects with its failure.
    forward.watching.catch(() => undefined);
    return forward;
  }

  /** Ends the session. */
  async close(): Promise<void> {
    this.closed = true;
    await this.session?.stop();
    await this.watching;
  }

  /** Starts sessions until the server answers through one; `assertWanted` throws when it is not needed any more. */
  private async connect(assertWanted: () => void): Promise<void> {
    const { clock } = this.run.world;
    const deadline = clock.seconds() + openSeconds;
    this.start();
    while (!(await this.answers())) {
      if (this.closed) return;
      assertWanted();
      const late = clock.seconds() > deadline;
      if (late || (this.ended && isPermanent(this.ended)))
        throw sessionFailure(this.run, this.target, this.ended);
      await pause(clock, 1, () => this.closed);
      if (this.ended) this.start();
    }
  }

  private start(): void {
    const { run, target } = this;
    const parameters = {
      host: [target.host],
      portNumber: [String(target.port)],
      localPortNumber: [String(this.localPort)],
    };
    const args = [
      ...["ssm", "start-session", "--target", target.bastionInstanceId],
      ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost"],
      ...["--parameters", JSON.stringify(parameters)],
    ];
    this.ended = undefined;
    const session = run.world.processes.start(awsCommand(run, args));
    this.session = session;
    void session.ended.then((finished) => {
      if (this.session === session) this.ended = finished;
    });
  }

  private answers(): Promise<boolean> {
    const { speaks } = this.target;
    return this.run.world.network.answers({ host: "127.0.0.1", port: this.localPort, speaks });
  }

  /** Replaces a session that ended or does not reach the server by another at the same port. */
  private async watch(): Promise<void> {
    let lost = 0;
    while (!this.closed) {
      await pause(this.run.world.clock, probeSeconds, () => this.closed || this.ended !== undefined);
      lost = (await this.answers()) ? 0 : lost + 1;
      if (this.ended === undefined && lost < probesLost) continue;
      lost = 0;
      await this.reopen();
    }
  }

  private async reopen(): Promise<void> {
    const { events, world } = this.run;
    events.note(`The tunnel to the ${this.target.noun} broke: opening it again`, "warning");
    while (!this.closed) {
      await this.session?.stop();
      try {
        // Also while draining: the command that is being finished needs it.
        await this.connect(() => undefined);
        return;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        events.note(`${error.message}\n    ${error.hint}`, "warning");
        await pause(world.clock, probeSeconds, () => this.closed);
      }
    }
  }
}
