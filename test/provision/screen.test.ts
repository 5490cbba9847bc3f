import { expect, test } from "vitest";
import { Screen } from "../../scripts/provision/screen/screen";
import { losses } from "../../scripts/provision/terraform/stateful";
import { planSummary } from "../../scripts/provision/runner/plan-summary";
import { closingTable } from "../../scripts/provision/runner/outcome-table";

/** A terminal and a clock that the test turns by hand. */
function stage(terminal: { live?: boolean; colours?: boolean } = {}) {
  const printed: string[] = [];
  const statuses: (string | undefined)[] = [];
  let seconds = 0;
  let tick: () => void = () => undefined;
  let interval = 0;
  const screen = new Screen(
    {
      terminal: {
        ...{
          interactive: false,
          live: false,
          colours: false,
          columns: terminal.live ? 40 : Infinity,
          ...terminal,
        },
        print: (text) => printed.push(text),
        status: (text) => statuses.push(text),
        ask: () => Promise.resolve(undefined),
      },
      clock: {
        now: () => new Date(0),
        seconds: () => seconds,
        every: (every, act) => {
          interval = every;
          tick = act;
          return () => {
            tick = () => undefined;
          };
        },
      },
    },
    "simulated",
  );
  const after = (elapsed: number) => {
    seconds += elapsed;
    tick();
  };
  return { screen, printed, statuses, after, interval: () => interval };
}

test("on a terminal, a status line shows the progress, truncated to the width of the terminal", () => {
  const { screen, statuses, after, printed } = stage({ live: true });
  const working = screen.working("vpc 4/9 apply");
  after(65);
  working.update("3/61 · aws_nat_gateway.public-us-west-2a");
  after(1);
  working.stop();
  expect(statuses).toEqual([
    "⠋ simulated · vpc 4/9 apply · 1 min 5 s",
    "⠙ simulated · vpc 4/9 apply · 3/61 · aw",
    undefined,
  ]);
  expect(printed).toEqual([]);
});

test("elsewhere a line every 30 seconds shows that the run is alive, until the work stops", () => {
  const { screen, printed, after, interval } = stage();
  const working = screen.working("vpc 4/9 apply");
  working.update("3/61 · aws_vpc.vpc");
  after(30);
  working.stop();
  after(30);
  expect(interval()).toBe(30);
  expect(printed).toEqual(["  simulated · vpc 4/9 apply · 3/61 · aws_vpc.vpc · 30 s"]);
});

test("headings and the table show that a run is simulated", () => {
  const { screen, printed } = stage();
  screen.heading("vpc", "Network");
  expect(printed).toEqual(["\n[simulated] vpc  Network"]);
  expect(closingTable(screen, [{ layer: "vpc", kind: "applied", seconds: 1 }])).toContain(
    "layer (simulated)",
  );
});

test("deletions are listed first, in red; more than eight creations are summarised by their number", () => {
  const create = Array.from({ length: 10 }, (_, index) => ({
    address: `aws_subnet.s${index}`,
    type: "aws_subnet",
    action: "create",
  }));
  const database = { address: "aws_rds_cluster.db", type: "aws_rds_cluster", action: "delete" };
  const changes = [...create, database];
  const lines = planSummary(stage({ colours: true }).screen.ink, { changes, drift: [], pending: true });
  expect(lines[0]).toBe("\u001b[31m  - aws_rds_cluster.db: its data will be lost\u001b[39m");
  expect(lines).toHaveLength(11);
  expect(lines[9]).toContain("+ and 2 more");
  expect(lines[10]).toContain("10 to add, 0 to change, 1 to destroy");
});

test("only what holds data counts as lost", () => {
  const gone = ["aws_rds_cluster", "aws_db_parameter_group", "aws_db_event_subscription", "aws_kms_key"];
  const changes = gone.map((type) => ({ address: `${type}.main`, type, action: "delete" }));
  expect(losses(changes).map(({ type }) => type)).toEqual(["aws_rds_cluster", "aws_kms_key"]);
});
