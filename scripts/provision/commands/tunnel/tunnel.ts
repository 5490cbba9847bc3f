import { z } from "zod";
import { exitCodes } from "../../../../lib/errors";
import { kubeconfig } from "./kubeconfig";
import { pause } from "../../run/pause";
import { PortForward } from "../../tunnel/port-forward";
import { serverAt } from "../../tunnel/private-endpoint";
import { arn, appliedOutputs } from "../../terraform/applied-outputs";
import { bastionOf } from "../../tunnel/reach";
import type { Run } from "../../run/run";

/** Ports that people remember; others are taken when these are in use. */
const wantedPorts = { eks: 8443, aurora: 15432 } as const;

const eksFacts = z.object({
  clusterName: z.string(),
  endpoint: z.url(),
  certificateAuthority: z.string(),
});
const auroraFacts = z.object({ endpoint: z.string(), masterUserSecretArn: arn });

/** An open tunnel, and what to type to use it. */
interface Opened {
  readonly forward: PortForward;
  readonly lines: readonly string[];
}

type Opener = (run: Run, bastionInstanceId: string) => Promise<Opened>;
const openers: Readonly<Record<keyof typeof wantedPorts, Opener>> = { eks: openEks, aurora: openAurora };

/** Opens tunnels to the Kubernetes API and the database, and keeps them open until the operator interrupts. */
export async function handle(run: Run): Promise<number> {
  const wanted = run.selected.map(({ name }) => name);
  const bastionInstanceId = await bastionOf(run);
  const opened: Opened[] = [];
  try {
    for (const [layer, open] of Object.entries(openers))
      if (wanted.includes(layer)) opened.push(await open(run, bastionInstanceId));
    for (const { lines } of opened) run.screen.print(`\n${lines.join("\n")}`);
    run.screen.print("\n  Open until you press Ctrl-C; opened again when a session breaks");
    await pause(run.world.clock, Infinity, () => run.interrupts.draining);
  } finally {
    await Promise.all(opened.map(({ forward }) => forward.close()));
  }
  run.screen.print("  Closed");
  return exitCodes.done;
}

async function openEks(run: Run, bastionInstanceId: string): Promise<Opened> {
  const { bold } = run.screen.ink;
  const { clusterName, endpoint, certificateAuthority } = await appliedOutputs(run, "eks", eksFacts);
  const server = serverAt(endpoint, certificateAuthority);
  const target = { ...server, noun: "Kubernetes API", bastionInstanceId };
  const forward = await PortForward.open(run, target, wantedPorts.eks);
  const address = `https://localhost:${forward.localPort}`;
  const text = kubeconfig({
    name: clusterName,
    region: run.loaded.environment.region,
    server: address,
    tlsServerName: server.host,
    certificateAuthority,
  });
  run.world.files.write(run.folders.kubeconfig, text, "secret");
  const lines = [
    `  ${bold("Kubernetes API")}  ${address}, which is ${server.host}`,
    `    export KUBECONFIG=${run.world.files.absolute(run.folders.kubeconfig)}`,
    "    kubectl get nodes",
  ];
  return { forward, lines };
}

async function openAurora(run: Run, bastionInstanceId: string): Promise<Opened> {
  const { bold } = run.screen.ink;
  const { endpoint, masterUserSecretArn } = await appliedOutputs(run, "aurora", auroraFacts);
  const speaks = { protocol: "postgresql" } as const;
  const target = { host: endpoint, port: 5432, speaks, noun: "database", bastionInstanceId };
  const forward = await PortForward.open(run, target, wantedPorts.aurora);
  const { region } = run.loaded.environment;
  const secret = `aws secretsmanager get-secret-value --region ${region} --secret-id ${masterUserSecretArn} --query SecretString --output text`;
  const lines = [
    `  ${bold("Database")}  localhost:${forward.localPort}, which is ${endpoint}:5432`,
    `    export PGUSER=$(${secret} | jq -r .username) PGPASSWORD=$(${secret} | jq -r .password)`,
    `    psql "host=localhost port=${forward.localPort} dbname=postgres sslmode=require"`,
  ];
  return { forward, lines };
}
