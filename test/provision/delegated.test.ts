import { beforeEach, describe, expect, test } from "vitest";
import type { Delegation } from "../../lib/layer/delegation";
import { argocd } from "../../modules/argocd/layer";
import { loadConfig } from "../synth";
import { awsError } from "./aws-error";
import { FakeAws } from "./fake-aws";
import { FakeWorld } from "./fake-world";
import { publishing } from "./publishing";
import { run } from "./runs";
import { cellar } from "./toys";

const domain = "edge.example.com";
const servers = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"];
const charts = {
  ...publishing("charts", { url: "https://charts.example.com" }),
  delegation: (): Promise<Delegation | undefined> => Promise.resolve({ domain, zoneId: "Z1" }),
};
const layers = [cellar, charts];

let world: FakeWorld;
let aws: FakeAws;
beforeEach(() => {
  world = new FakeWorld();
  aws = new FakeAws(world);
  aws.answers.set("route-53 GetHostedZone", {
    DelegationSet: { NameServers: servers.map((name) => `${name}.`) },
  });
});

function answering(found: readonly string[] | undefined, more = ""): Promise<unknown> {
  Object.assign(world.network, { nameServers: () => Promise.resolve(found) });
  return run(world, `--env dev --yes${more}`, layers);
}
const unchecked = () =>
  world.printed.filter((line) => line.includes("Not checked: whether edge.example.com"));

test("a layer is applied when DNS names a server of the zone", async () => {
  expect(await answering(["ns-2.awsdns-02.net", "ns1.example.org"])).toBe(0);
  expect(aws.given("route-53 GetHostedZone")).toEqual([{ Id: "Z1" }]);
  expect(unchecked()).toEqual([]);
});

test.each([
  [[], "DNS has no name servers of it"],
  [["ns1.registrar.example"], "its name servers are ns1.registrar.example"],
])(
  "a layer is not applied with the name servers %j, and the message says how to delegate",
  async (found, answer) => {
    expect(await answering(found)).toMatchObject({
      message: `Cannot apply "charts": edge.example.com is not delegated to its public zone, so that Let's Encrypt issues no certificate: ${answer}`,
      hint: "At the registrar of edge.example.com, or in the zone above it, set its name servers to ns-1.awsdns-01.com, ns-2.awsdns-02.net; resolvers may remember the earlier answer for 15 minutes; then run: npx ts-node scripts/provision.ts --env dev --from charts --yes (with --skip-rollout, it is applied anyway)",
      exitCode: 4,
    });
    expect(world.ran.filter((ran) => ran === "charts apply")).toEqual([]);
  },
);

test.each<[what: string, found: readonly string[] | undefined, refusal?: Error]>([
  ["a lookup without an answer", undefined],
  ["the answer of a private zone", ["ns-0.awsdns-00.com", "ns-512.awsdns-00.net"]],
  ["a zone that AWS does not show", [], awsError("AccessDenied", "not authorized")],
])("%s stops nothing, which is said", async (_, found, refusal) => {
  if (refusal !== undefined) aws.refusals.set("route-53 GetHostedZone", refusal);
  expect(await answering(found)).toBe(0);
  expect(unchecked()).toHaveLength(1);
});

test("--skip-rollout applies it anyway, and a layer that is applied is not checked again", async () => {
  expect(await answering([], " --skip-rollout")).toBe(0);
  expect(await answering([])).toBe(0);
  expect(aws.given("route-53 GetHostedZone")).toHaveLength(1);
});

describe("argocd needs the delegation", () => {
  const { environment } = loadConfig();
  const asked = (source: string) =>
    argocd.delegation?.({
      environment,
      needs: { route53: { certificate: { source } } },
      from: { route53: () => Promise.resolve({ publicZoneId: "Z7" }) },
      // What it does not read is not given.
    } as never);

  test("with Let's Encrypt, and with no other certificate", async () => {
    expect(await asked("lets-encrypt")).toEqual({ domain: "example.edge.example.com", zoneId: "Z7" });
    expect(await asked("existing")).toBeUndefined();
  });
});
