import { expect, test } from "vitest";
import { table } from "../lib/table";
import { displayWidth, wrapText } from "../lib/wrap";

const rows = [
  ["vpc", 3],
  ["eks", 120],
];

test("a table has a line between rows, and text to the left", () => {
  expect(table({ head: ["layer", "changes"], rows })).toBe(
    [
      "┌───────┬─────────┐",
      "│ layer │ changes │",
      "├───────┼─────────┤",
      "│ vpc   │ 3       │",
      "├───────┼─────────┤",
      "│ eks   │ 120     │",
      "└───────┴─────────┘",
    ].join("\n"),
  );
});

test("columns of numbers are aligned to the right, and lines between rows can be left out", () => {
  expect(table({ head: ["layer", "changes"], rows, numbers: ["changes"], ruled: false })).toBe(
    [
      "┌───────┬─────────┐",
      "│ layer │ changes │",
      "│ vpc   │       3 │",
      "│ eks   │     120 │",
      "└───────┴─────────┘",
    ].join("\n"),
  );
});

test("emphasis is the caller's alone, and does not move what it emphasises", () => {
  const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
  const total = [["total", bold("1,234")]];
  const plain = table({
    head: ["layer", "usd per month"],
    rows: [["total", "1,234"]],
    numbers: ["usd per month"],
  });
  const emphasised = table({
    head: ["layer", "usd per month"],
    rows: total,
    numbers: ["usd per month"],
    bold,
  });
  expect(plain).not.toContain("\u001b");
  // eslint-disable-next-line no-control-regex -- the emphasis itself
  expect(emphasised.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  expect(emphasised.split("\u001b[1m")).toHaveLength(4);
});

const exceptions = {
  head: ["exception", "findings", "reason"],
  rows: [
    ["bucket-key", 2, "Load balancers do not deliver access logs to a bucket with a customer-managed key"],
  ],
  numbers: ["findings"],
};

test("on a screen that is narrower than the table, long texts are wrapped", () => {
  expect(table({ ...exceptions, width: 60 })).toBe(
    [
      "┌────────────┬──────────┬────────────────────────────────┐",
      "│ exception  │ findings │ reason                         │",
      "├────────────┼──────────┼────────────────────────────────┤",
      "│ bucket-key │        2 │ Load balancers do not deliver  │",
      "│            │          │ access logs to a bucket with a │",
      "│            │          │ customer-managed key           │",
      "└────────────┴──────────┴────────────────────────────────┘",
    ].join("\n"),
  );
});

test("a table without lines between rows loses its other lines before texts are wrapped", () => {
  const content = {
    ...exceptions,
    rows: [["bucket-key", 2, "No load balancer delivers logs"]],
    ruled: false,
  };
  expect(table({ ...content, width: 54 })).toBe(
    ["exception   findings  reason", "bucket-key         2  No load balancer delivers logs"].join("\n"),
  );
  expect(table({ ...content, width: 40 })).toBe(
    [
      "exception   findings  reason",
      "bucket-key         2  No load balancer",
      "                      delivers logs",
    ].join("\n"),
  );
});

test("where columns would be too narrow to read, each cell has its own line, and its title", () => {
  const rows = [...exceptions.rows, ["bucket-key", 1, "Short"], ["open-egress", 1, "Hosts change"]];
  expect(table({ ...exceptions, rows, width: 40 })).toBe(
    [
      "exception: bucket-key",
      "  findings: 2",
      "  reason: Load balancers do not deliver",
      "    access logs to a bucket with a",
      "    customer-managed key",
      "",
      "  findings: 1",
      "  reason: Short",
      "",
      "exception: open-egress",
      "  findings: 1",
      "  reason: Hosts change",
    ].join("\n"),
  );
});

test("a value that cannot be broken, such as an ARN, is stacked and not cut", () => {
  const arn = `arn:aws:iam::123456789012:role/${"a".repeat(40)}`;
  const text = table({ head: ["output", "value"], rows: [["role", arn]], width: 60 });
  expect(text).toBe(`output: role\n  value:\n    ${arn}`);
});

test("a long line is broken at spaces, and continues two columns to the right of where it began", () => {
  expect(wrapText("  Not checked: the quota, because AWS denied the question", 30)).toBe(
    ["  Not checked: the quota,", "    because AWS denied the", "    question"].join("\n"),
  );
});

test.each([
  ["after run:", "Read the plan, then run: npx ts-node scripts/provision.ts apply --env dev"],
  ["before a further sentence", "To go on, run: terraform -chdir=a/b state push x.tfstate; then delete it"],
  ["of a list", "    aws service-quotas get-service-quota --service-code ec2"],
  ["with emphasis", "    \u001b[1maws ec2 describe-volumes --region us-west-2 --output text\u001b[22m"],
  ["after another colon", "  Go on with: npx ts-node scripts/provision.ts apply --env dev --from eks"],
  ["of an installed product", "For what only AWS can tell: npx provision plan --env dev --until eks"],
  ["beside its name", "  tunnel      npx ts-node scripts/provision.ts tunnel --env dev"],
])("a command %s stays on one line, to be copied", (_, line) => {
  const command = /(npx|terraform -|aws )[\w ./=-]*/.exec(line)?.[0] ?? "";
  const lines = wrapText(line, 30).split("\n");
  expect(lines.filter((part) => part.includes(command))).toHaveLength(1);
  for (const part of lines.filter((other) => !other.includes(command)))
    expect(displayWidth(part)).toBeLessThanOrEqual(30);
});

test("what the last run was is no command", () => {
  expect(wrapText("  last run: plan, 2026-11-26 11:35 UTC, failed at s3-backend", 40)).toBe(
    "  last run: plan, 2026-11-26 11:35 UTC,\n    failed at s3-backend",
  );
});

test("a sentence that begins with the name of a program is no command", () => {
  expect(wrapText("  terraform 1.11.4, logs in .provision/logs/dev/", 30)).toBe(
    "  terraform 1.11.4, logs in\n    .provision/logs/dev/",
  );
});
