import { UserError } from "../../../lib/errors";
import { awsCommand } from "../aws/cli";
import { Interrupted } from "../run/interrupts";
import { pause } from "../run/pause";
import { isHopeless, sessionFailure } from "./failures";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import type { Background, Finished, Server } from "../world/index";

/** A server that only the VPC reaches, and the bastion that leads to it. */
export interface Target extends Server {
  /** What it is, for people. */
  readonly noun: string;
  readonly bastionInstanceId: string;
}

/** A session that does not lead to the server within this time is not going to. */
const openSeconds = 90;
/** Often enough to keep a session from being closed for idleness, which takes a minute at the least. */
const probeSeconds = 10;
const probesLost = 3;

/** A port of this machine that an SSM session leads to a server in the VPC, opened again whenever it breaks. */
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

  /** Opens it, at the wanted port if that is free, and looks after it until `close`; throws when nothing answers. */
  static async open(run: Run, target: Target, wantedPort: number): Promise<PortForward> {
    const forward = new PortForward(run, target, await run.world.network.freePort(wantedPort));
    const working = run.screen.working(`opening a tunnel to the ${target.noun}`);
    try {
      await forward.connect(() => {
        if (run.interrupts.draining) throw new Interrupted(target.noun, commandLine(run.request));
      });
    } catch (error) {
      await forward.close();
      throw error;
    } finally {
      working.stop();
    }
    forward.watching = forward.watch();
    // `close` hands its failure on.
    forward.watching.catch(() => undefined);
    return forward;
  }

  /** Ends the session. */
  async close(): Promise<void> {
    this.closed = true;
    await this.session?.stop();
    await this.watching;
  }

  /** Starts sessions until the server answers through one; `mayGoOn` throws when nobody wants it any more. */
  private async connect(mayGoOn: () => void): Promise<void> {
    const { clock } = this.run.world;
    const deadline = clock.seconds() + openSeconds;
    this.start();
    while (!(await this.answers())) {
      if (this.closed) return;
      mayGoOn();
      const late = clock.seconds() > deadline;
      if (late || (this.ended && isHopeless(this.ended)))
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
    const words = [
      ...["ssm", "start-session", "--target", target.bastionInstanceId],
      ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost"],
      ...["--parameters", JSON.stringify(parameters)],
    ];
    this.ended = undefined;
    const session = run.world.processes.start(awsCommand(run, words));
    this.session = session;
    void session.ended.then((finished) => {
      if (this.session === session) this.ended = finished;
    });
  }

  private answers(): Promise<boolean> {
    const { speaks } = this.target;
    return this.run.world.network.answers({ host: "127.0.0.1", port: this.localPort, speaks });
  }

  /** Notices a session that ended or leads nowhere, and opens another at the same port. */
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
    const { screen, world } = this.run;
    const warn = (text: string) => {
      screen.print(screen.ink.yellow(`  ${text}`));
    };
    warn(`The tunnel to the ${this.target.noun} broke: opening it again`);
    while (!this.closed) {
      await this.session?.stop();
      try {
        // Also while draining: the command that is being finished needs it.
        await this.connect(() => undefined);
        return;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        warn(`${error.message}\n    ${error.hint}`);
        await pause(world.clock, probeSeconds, () => this.closed);
      }
    }
  }
}
