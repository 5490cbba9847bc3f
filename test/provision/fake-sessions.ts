import type { Command, Finished, Server } from "../../scripts/provision/world/index";
import type { FakeWorld } from "./fake-world";

/** One SSM session that was started. */
export interface FakeSession {
  readonly command: Command;
  readonly localPort: number;
  readonly host: string;
  /** Ends it, as when the network fails. */
  end(finished?: Partial<Finished>): void;
  alive: boolean;
  stopped: boolean;
}

/** SSM sessions that forward ports, and servers behind them; time passes as fast as it is waited for. */
export class FakeSessions {
  readonly started: FakeSession[] = [];
  /** Whether private servers are reached without a session. */
  direct = false;
  /** Whether servers answer behind a session. */
  leads = true;
  /** How the next sessions end at once, one each. */
  failures: Partial<Finished>[] = [];
  readonly probed: Server[] = [];
  private seconds = 0;

  constructor(world: FakeWorld) {
    Object.assign(world.processes, { start: (command: Command) => this.start(command) });
    Object.assign(world.network, { answers: (server: Server) => Promise.resolve(this.answers(server)) });
    Object.assign(world.clock, {
      seconds: () => this.seconds,
      every: (seconds: number, act: () => void) => {
        const timer = setInterval(() => {
          this.seconds += seconds;
          act();
        });
        return () => {
          clearInterval(timer);
        };
      },
    });
  }

  get alive(): readonly FakeSession[] {
    return this.started.filter(({ alive }) => alive);
  }

  private start(command: Command) {
    let over: (finished: Finished) => void = () => undefined;
    const ended = new Promise<Finished>((done) => (over = done));
    const given = command.arguments[command.arguments.indexOf("--parameters") + 1] ?? "{}";
    // What the product passed to the AWS CLI.
    const { localPortNumber, host } = JSON.parse(given) as Readonly<Record<string, [string]>>;
    const session: FakeSession = {
      command,
      localPort: Number(localPortNumber?.[0]),
      host: host?.[0] ?? "",
      alive: true,
      stopped: false,
      end: (finished) => {
        session.alive = false;
        over({ exitCode: 0, stdout: "", stderr: "", seconds: 1, ...finished });
      },
    };
    this.started.push(session);
    const failure = this.failures.shift();
    if (failure !== undefined) session.end(failure);
    const stop = async () => {
      session.stopped = true;
      session.end({ exitCode: 130 });
      await ended;
    };
    return { ended, stop };
  }

  private answers(server: Server): boolean {
    this.probed.push(server);
    if (server.host !== "127.0.0.1") return this.direct;
    return this.leads && this.alive.some(({ localPort }) => localPort === server.port);
  }
}
