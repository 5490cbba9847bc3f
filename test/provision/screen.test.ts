import { expect, test } from "vitest";
import { inAscii } from "../../scripts/provision/screen/ascii";
import { Screen } from "../../scripts/provision/screen/screen";
import { losses } from "../../scripts/provision/terraform/stateful";
import { closingTable } from "../../scripts/provision/runner/outcome-table";

/** A terminal and a clock that the test turns by hand. */
function stage(terminal: { live?: boolean; unicode?: boolean } = {}) {
  const printed: string[] = [];
  const statuses: (string | undefined)[] = [];
  let seconds = 0;
  let tick: () => void = () => undefined;
  let interval = 0;
  let columns = terminal.live ? 62 : Infinity;
  const screen = new Screen(
    {
      terminal: {
        get columns() {
          return columns;
        },
        ...{
          interactive: false,
          live: false,
          colours: false,
          unicode: true,
          ...terminal,
        },
        print: (text) => printed.push(text),
        printError: (text) => printed.push(text),
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
  const resize = (to: number) => (columns = to);
  return { screen, printed, statuses, after, resize, interval: () => interval };
}

test("further lines below a status are cut at the width of the terminal, and shown by a terminal alone", () => {
  const { screen, statuses, after } = stage({ live: true });
  const working = screen.working("rolling out");
  working.update("45 of 81", "", ["wave  application", `1000  ${"harbor".repeat(20)}`]);
  after(1);
  working.stop();
  const [status = ""] = statuses;
  const [first = "", ...below] = status.split("\n");
  expect(first).toContain("rolling out · 45 of 81");
  expect(below).toEqual(["wave  application", expect.stringMatching(/^1000 {2}harbor/)]);
  expect(below.every((line) => line.length < 62)).toBe(true);
  const pipe = stage({ live: false });
  const printing = pipe.screen.working("rolling out");
  printing.update("45 of 81", "", ["wave  application"]);
  pipe.after(61);
  printing.stop();
  expect(pipe.printed.join("\n")).not.toContain("wave  application");
});

test("on a terminal, a status line shows the progress; the object is shortened to the width of the terminal", () => {
  const { screen, statuses, after, printed } = stage({ live: true });
  const working = screen.working("vpc 4/9 apply");
  after(65);
  working.update("3/61", "aws_nat.public");
  after(1);
  working.update("3/61", "aws_nat_gateway.public-us-west-2a");
  after(1);
  working.stop();
  expect(statuses).toEqual([
    "⠋ simulated · vpc 4/9 apply · 1 min 5 s",
    "⠙ simulated · vpc 4/9 apply · 3/61 · aws_nat.p… · 1 min 6 s",
    "⠹ simulated · vpc 4/9 apply · 3/61 · aws_nat_g… · 1 min 7 s",
    undefined,
  ]);
  expect(printed).toEqual([]);
});

test("a terminal that is resized while a run works is filled to its new width", () => {
  const { screen, statuses, printed, after, resize } = stage({ live: true });
  const working = screen.working("network-operations 7/17 apply");
  after(1);
  resize(30);
  after(1);
  screen.print("  Not checked: the quota, because AWS denied the question");
  expect(statuses).toEqual([
    "⠋ simulated · network-operations 7/17 apply · 1 s",
    "⠙ simulated · network-operati",
  ]);
  expect(printed).toEqual(["  Not checked: the quota,\n    because AWS denied the\n    question"]);
  working.stop();
});

test("where a line is too narrow, what is usual is left out before the object is shortened", () => {
  const { screen, statuses, after, resize } = stage({ live: true });
  const working = screen.working("aurora 11/17 apply", 780);
  working.update("3/61", "aws_rds_cluster.main");
  resize(120);
  after(1020);
  for (const columns of [100, 80, 70]) {
    resize(columns);
    after(0);
  }
  expect(statuses).toEqual([
    "⠋ simulated · aurora 11/17 apply · 3/61 · aws_rds_cluster.main · 17 min 0 s, longer than usual (about 13 min)",
    "⠙ simulated · aurora 11/17 apply · 3/61 · aws_rds_cluster.main · 17 min 0 s of about 13 min",
    "⠹ simulated · aurora 11/17 apply · 3/61 · aws_rds_cluster.main · 17 min 0 s",
    "⠸ simulated · aurora 11/17 apply · 3/61 · aws_rds_clu… · 17 min 0 s",
  ]);
});

test("elsewhere a line after 30 seconds, and then each minute, shows that the run is alive, until the work stops", () => {
  const { screen, printed, after, interval } = stage();
  const working = screen.working("vpc 4/9 apply", 120);
  working.update("3/61", "aws_vpc.vpc");
  for (let half = 0; half < 6; half += 1) after(30);
  working.stop();
  after(30);
  expect(interval()).toBe(30);
  expect(printed).toEqual([
    "  simulated · vpc 4/9 apply · 3/61 · aws_vpc.vpc · 30 s of about 2 min",
    "  simulated · vpc 4/9 apply · 3/61 · aws_vpc.vpc · 1 min 30 s of about 2 min",
    "  simulated · vpc 4/9 apply · 3/61 · aws_vpc.vpc · 2 min 30 s of about 2 min",
  ]);
});

test("headings and the table show that a run is simulated", () => {
  const { screen, printed } = stage();
  screen.heading("vpc", "Network");
  expect(printed).toEqual(["\n[simulated] vpc  Network"]);
  expect(closingTable(screen, [{ layer: "vpc", kind: "applied", seconds: 1 }])).toContain(
    "layer (simulated)",
  );
});

test("only what holds data counts as lost", () => {
  const gone = ["aws_rds_cluster", "aws_db_parameter_group", "aws_db_event_subscription", "aws_kms_key"];
  const changes = gone.map((type) => ({ address: `${type}.main`, type, action: "delete" }));
  expect(losses(changes).map(({ type }) => type)).toEqual(["aws_rds_cluster", "aws_kms_key"]);
});

test("where the locale is not UTF-8, nothing beyond ASCII is printed or drawn", () => {
  const { screen, printed, statuses, after } = stage({ live: true, unicode: false });
  const working = screen.working("vpc 4/9 apply");
  working.update("3/61", "aws_nat_gateway.public-us-west-2a");
  after(1);
  const rows = [{ layer: "vpc", kind: "applied", seconds: 1 }] as const;
  screen.print(closingTable(screen, rows));
  screen.print(closingTable({ ink: screen.ink, mark: "", columns: 80 }, rows));
  screen.print("  ± aws_vpc.vpc · and more …");
  expect(statuses[0]).toBe("| simulated - vpc 4/9 apply - 3/61 - aws_nat_gateway... - 1 s");
  expect(printed[0]).toMatch(/^ {2}vpc {2}applied /);
  expect(printed[1]).toMatch(/\| vpc +\| applied \|/);
  expect(printed.at(-1)).toBe("  -/+ aws_vpc.vpc - and more ...");
  for (const text of [...printed, ...statuses]) expect(text).toMatch(/^[\n -~]*$/);
});

test("names of others keep their characters", () => {
  expect(inAscii("Zürich · Grüße")).toBe("Zürich - Grüße");
});
