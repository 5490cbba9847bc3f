import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { defineLayer, inOrder } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { privateEndpoint } from "../../lib/layer/private-endpoint";
import { aurora } from "../../modules/aurora/layer";
import { eks } from "../../modules/eks/layer";
import { networkOperations } from "../../modules/network-operations/layer";
import { FakeSessions } from "./fake-sessions";
import { FakeWorld } from "./fake-world";
import { commandsOf } from "./publishing";
import { run } from "./runs";
import { cellar } from "./toys";

const host = "4711.gr7.us-west-2.eks.amazonaws.com";
const secretArn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds";
const authority = Buffer.from("PEM").toString("base64");
const again = "npx ts-node scripts/provision.ts";

/** A layer that publishes these texts. */
function publishing<const Values extends Readonly<Record<string, string>>>(name: string, values: Values) {
  const outputs = Object.fromEntries(Object.keys(values).map((output) => [output, text(output)]));
  return defineLayer({
    name,
    summary: name,
    settings: z.strictObject({}),
    needs: {},
    // Object.fromEntries forgets the keys.
    outputs: outputs as Record<keyof Values & string, ReturnType<typeof text>>,
    build(stack) {
      new SecurityGroup(stack, "group", { name });
      // The compiler cannot see that every output is a text.
      return values as never;
    },
  });
}

const network = {
  ...commandsOf(networkOperations),
  ...defineLayer({
    name: "vpc",
    summary: "Network",
    settings: z.strictObject({}),
    needs: {},
    outputs: { bastionInstanceId: text("bastion") },
    build(stack) {
      new SecurityGroup(stack, "group", { name: "vpc" });
      return { bastionInstanceId: "i-bastion" };
    },
  }),
};
const cluster = {
  ...commandsOf(eks),
  ...publishing("eks", {
    clusterName: "dev",
    endpoint: `https://${host}`,
    certificateAuthority: authority,
  }),
};
const database = {
  ...commandsOf(aurora),
  ...publishing("aurora", { endpoint: "dev-aurora.example.com", masterUserSecretArn: secretArn }),
};
/** Its providers talk to the cluster. */
const guest = defineLayer({
  name: "guest",
  summary: "Lives in the cluster",
  settings: z.strictObject({}),
  needs: { network, cluster },
  reaches: privateEndpoint(cluster, {
    url: "endpoint",
    authority: "certificateAuthority",
    variable: "cluster_endpoint",
  }),
  outputs: { id: text("ID") },
  build(stack, { from }) {
    const group = new SecurityGroup(stack, "group", { name: from.cluster.clusterName });
    return { id: group.id };
  },
});
const layers = inOrder([cellar, network, cluster, database, guest]);

function tunnelled() {
  const world = new FakeWorld();
  return { world, sessions: new FakeSessions(world) };
}

/** The variable that Terraform found, by command, where it found one. */
function redirected({ commands }: FakeWorld): readonly string[] {
  return commands.flatMap(({ folder, arguments: args, environment }) => {
    const value = environment["TF_VAR_cluster_endpoint"];
    return value === undefined ? [] : [`${folder.split("/").at(-1) ?? ""} ${args[0] ?? ""}: ${value}`];
  });
}

/** Lets something happen while Terraform applies the guest. */
function duringApply({ processes }: FakeWorld, happen: () => Promise<void>): void {
  const finish = processes.run.bind(processes);
  const run: typeof finish = async (command) => {
    if (command.folder.endsWith("guest") && command.arguments[0] === "apply") await happen();
    return finish(command);
  };
  Object.assign(processes, { run });
}

describe("a layer whose providers talk to a private server", () => {
  test("is planned and applied through a tunnel, which is closed afterwards", async () => {
    const { world, sessions } = tunnelled();
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(redirected(world)).toEqual([
      "guest plan: https://localhost:40000",
      "guest show: https://localhost:40000",
      "guest apply: https://localhost:40000",
      "guest output: https://localhost:40000",
    ]);
    expect(sessions.started.map(({ host, stopped }) => ({ host, stopped }))).toEqual([
      { host, stopped: true },
    ]);
    expect(world.printed).toContain(`  ${host} is private: reached at localhost:40000 through i-bastion`);
  });

  test("has its session started with the credentials and in the region of the run", async () => {
    const { world, sessions } = tunnelled();
    await run(world, "--env dev --yes", layers);
    expect(sessions.started[0]?.command).toMatchObject({
      program: "aws",
      arguments: [
        ...["ssm", "start-session", "--target", "i-bastion"],
        ...["--document-name", "AWS-StartPortForwardingSessionToRemoteHost"],
        ...["--parameters", `{"host":["${host}"],"portNumber":["443"],"localPortNumber":["40000"]}`],
        ...["--region", "us-west-2", "--output", "json"],
      ],
      environment: { AWS_PROFILE: "dev" },
    });
  });

  test("is known by its certificate, whichever way it is reached", async () => {
    const { world, sessions } = tunnelled();
    await run(world, "--env dev --yes", layers);
    const speaks = { protocol: "tls", serverName: host, authority: "PEM" };
    expect(sessions.probed.slice(0, 2)).toEqual([
      { host, port: 443, speaks },
      { host: "127.0.0.1", port: 40_000, speaks },
    ]);
  });

  test("is reached through a tunnel by plan and by destroy too", async () => {
    const { world, sessions } = tunnelled();
    await run(world, "--env dev --yes", layers);
    expect(await run(world, "plan --env dev --only guest", layers)).toBe(0);
    const destroy = "destroy --env dev --only guest --yes --confirm dev";
    expect(await run(world, destroy, layers)).toBe(0);
    expect(sessions.started).toHaveLength(3);
    expect(redirected(world).slice(4)).toEqual([
      "guest plan: https://localhost:40000",
      "guest plan: https://localhost:40000",
      "guest show: https://localhost:40000",
      "guest apply: https://localhost:40000",
      "guest state: https://localhost:40000",
    ]);
    expect(sessions.alive).toEqual([]);
  });

  test("needs no tunnel where this machine reaches it", async () => {
    const { world, sessions } = tunnelled();
    sessions.direct = true;
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect([sessions.started, redirected(world)]).toEqual([[], []]);
  });

  test("needs no tunnel if the operator sets the address", async () => {
    const { world, sessions } = tunnelled();
    world.environment = { ...world.environment, TF_VAR_cluster_endpoint: "https://localhost:9" };
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(sessions.started).toEqual([]);
    expect(redirected(world)).toContain("guest apply: https://localhost:9");
  });

  test("gets its tunnel back, at the same port, when the session breaks in the middle of apply", async () => {
    const { world, sessions } = tunnelled();
    duringApply(world, async () => {
      sessions.started[0]?.end({ exitCode: 255 });
      await until(() => sessions.alive.length === 1);
    });
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(sessions.started.map(({ localPort }) => localPort)).toEqual([40_000, 40_000]);
    expect(world.printed).toContain(`  The tunnel to the ${host} broke: opening it again`);
    expect(sessions.alive).toEqual([]);
  });

  test("gets a new session if the server no longer answers through the old one", async () => {
    const { world, sessions } = tunnelled();
    duringApply(world, async () => {
      sessions.leads = false;
      await until(() => sessions.started.length > 1);
      sessions.leads = true;
    });
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(sessions.started[0]?.stopped).toBe(true);
  });

  test("waits for a bastion that has only just started", async () => {
    const { world, sessions } = tunnelled();
    const stderr =
      "An error occurred (TargetNotConnected) when calling the StartSession operation: i-bastion";
    sessions.failures = [
      { exitCode: 254, stderr },
      { exitCode: 254, stderr },
    ];
    expect(await run(world, "--env dev --yes", layers)).toBe(0);
    expect(sessions.started).toHaveLength(3);
  });
});

describe("a tunnel that cannot be opened", () => {
  const many = (failure: object) => Array.from({ length: 200 }, () => failure);

  const refused = "An error occurred (AccessDeniedException) when calling StartSession: not authorized";
  test.each([
    {
      when: "the plugin is missing",
      failures: [{ exitCode: 255, stderr: "SessionManagerPlugin is not found. Please refer to …" }],
      message: `Cannot open a tunnel to the ${host}: there is no "session-manager-plugin" on the PATH`,
      hint: "Install it (https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html)",
    },
    {
      when: "the AWS CLI is missing",
      failures: [{ exitCode: 127 }],
      message: `Cannot open a tunnel to the ${host}: no program "aws" is on the PATH`,
      hint: `Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html); then run: ${again} --env dev --yes`,
    },
    {
      when: "AWS refuses",
      failures: [{ exitCode: 254, stderr: refused }],
      message: `Cannot open a tunnel to the ${host}: AWS says "AccessDeniedException: not authorized"`,
      hint: `Use a role that has this permission, e.g. with AWS_PROFILE; then run: ${again} --env dev --yes`,
    },
    {
      when: "the bastion is off",
      failures: many({ exitCode: 254, stderr: "An error occurred (TargetNotConnected) when calling it" }),
      message: `Cannot open a tunnel to the ${host}: the bastion "i-bastion" is not connected to Systems Manager`,
      hint: "Look at it, run: aws ec2 describe-instance-status --region us-west-2 --include-all-instances --instance-ids i-bastion",
    },
  ])("says so when $when, before the layer is planned", async ({ failures, message, hint }) => {
    const { world, sessions } = tunnelled();
    sessions.failures = [...failures];
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({ message, hint });
    expect(world.ran).not.toContain("guest plan");
    expect(sessions.alive).toEqual([]);
  });

  test("names the server that does not answer through an open session", async () => {
    const { world, sessions } = tunnelled();
    sessions.leads = false;
    expect(await run(world, "--env dev --yes", layers)).toMatchObject({
      message: `Cannot open a tunnel to the ${host}: "${host}" does not answer through the bastion "i-bastion"`,
      hint: `Check that it exists and lets the bastion in, then run: ${again} --env dev --yes`,
      exitCode: 4,
    });
    expect(sessions.alive).toEqual([]);
  });

  test("is not saved with a plan, which would have the address of a tunnel that is closed by then", async () => {
    const { world } = tunnelled();
    await run(world, "--env dev --yes --until aurora", layers);
    await run(world, "plan --env dev --save dev.plan", layers);
    expect(world.printed).toContain("  Saved to dev.plan: no plan");
    expect(world.printed).toContain(
      "  Not saved: guest, because it is planned through a tunnel, which ends with this run",
    );
    world.environment = { ...world.environment, TF_VAR_cluster_endpoint: "https://localhost:9" };
    await run(world, "plan --env dev --save dev.plan", layers);
    expect(world.printed.join("\n")).toMatch(/Saved to dev\.plan: guest \(plan [0-9a-f]{8}\)/);
  });

  test("is given up at a Ctrl-C", async () => {
    const { world, sessions } = tunnelled();
    sessions.leads = false;
    const running = run(world, "--env dev --yes", layers);
    await until(() => sessions.started.length > 0);
    world.interrupt();
    expect(await running).toMatchObject({ exitCode: 7 });
    expect(sessions.alive).toEqual([]);
  });
});

describe("the command tunnel", () => {
  async function opened(commandLine = "tunnel --env dev") {
    const { world, sessions } = tunnelled();
    sessions.direct = true;
    await run(world, "--env dev --yes", layers);
    world.printed.length = 0;
    return { world, sessions, running: run(world, commandLine, layers) };
  }

  test("connects to the Kubernetes API and to the database until Ctrl-C, and prints the commands to use them", async () => {
    const { world, sessions, running } = await opened();
    await until(() => world.printed.some((line) => line.includes("until you press Ctrl-C")));
    // Open for days, it keeps no other run from beginning.
    expect(world.texts.has(".provision/dev/run.lock")).toBe(false);
    expect(sessions.alive.map(({ host, localPort }) => [host, localPort])).toEqual([
      [host, 8443],
      ["dev-aurora.example.com", 15432],
    ]);
    world.interrupt();
    expect(await running).toBe(0);
    expect(sessions.alive).toEqual([]);
    const text = world.printed.join("\n");
    expect(text).toContain(`Kubernetes API  https://localhost:8443, which is ${host}`);
    expect(text).toContain("export KUBECONFIG=.provision/dev/kubeconfig");
    expect(text).toContain(`--secret-id ${secretArn} `);
    expect(text).toContain('psql "host=localhost port=15432 dbname=postgres sslmode=require"');
    expect(text.trimEnd()).toMatch(/Closed$/);
  });

  test("writes a kubeconfig that keeps the cluster's name and holds no credentials", async () => {
    const { world, running } = await opened("tunnel --env dev --only eks");
    await until(() => world.printed.some((line) => line.includes("until you press Ctrl-C")));
    world.interrupt();
    await running;
    const config: unknown = parse(world.files.read(".provision/dev/kubeconfig") ?? "");
    const cluster = {
      server: "https://localhost:8443",
      "tls-server-name": host,
      "certificate-authority-data": authority,
    };
    expect(config).toMatchObject({ clusters: [{ cluster }] });
    expect(JSON.stringify(config)).not.toMatch(/"token":|client-key|password/);
  });

  test("connects to only one of them", async () => {
    const { world, sessions, running } = await opened("tunnel --env dev --only aurora");
    await until(() => world.printed.some((line) => line.includes("until you press Ctrl-C")));
    world.interrupt();
    expect(await running).toBe(0);
    expect(sessions.started.map(({ host }) => host)).toEqual(["dev-aurora.example.com"]);
  });

  test("leads to whatever a layer declares, of an extension too", async () => {
    const queue = defineLayer({
      name: "queue",
      summary: "Queue",
      settings: z.strictObject({}),
      needs: { network },
      outputs: { host: text("host") },
      endpoints: ({ outputs }) => [
        {
          noun: "message queue",
          server: { protocol: "tls", url: `https://${outputs.host}:5671`, authority },
          localPort: 5671,
          commands: ({ localPort, file }) => [`connect ${localPort}${file}`],
        },
      ],
      build(stack) {
        new SecurityGroup(stack, "group", { name: "queue" });
        return { host: "queue.example.com" };
      },
    });
    const { world, sessions } = tunnelled();
    await run(world, "--env dev --yes", [cellar, network, queue]);
    const running = run(world, "tunnel --env dev", [cellar, network, queue]);
    await until(() => world.printed.some((line) => line.includes("until you press Ctrl-C")));
    world.interrupt();
    expect(await running).toBe(0);
    const [session] = sessions.started;
    expect(session?.command.arguments.join(" ")).toContain('"portNumber":["5671"]');
    expect(world.printed.join("\n")).toContain(
      "Message queue  https://localhost:5671, which is queue.example.com\n    connect 5671",
    );
  });

  test("names the layer that is not applied yet", async () => {
    const { world } = tunnelled();
    await run(world, "--env dev --yes --only cellar,vpc", layers);
    expect(await run(world, "tunnel --env dev", layers)).toMatchObject({
      message: 'Cannot run tunnel: "eks" is not applied, or was applied by an earlier version',
      hint: `Run: ${again} --env dev --only eks`,
      exitCode: 4,
    });
  });

  test("refuses a layer that it cannot reach", async () => {
    const { world } = tunnelled();
    expect(await run(world, "tunnel --env dev --only vpc", layers)).toMatchObject({
      message: 'Cannot select layer "vpc": "tunnel" does not apply to it',
      hint: "Choose from: eks, aurora",
    });
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 1));
  }
  throw new Error("It never came to hold");
}
