import { afterEach, describe, expect, test } from "vitest";
import { layers } from "../../modules";
import { databases } from "../../modules/aurora/databases";
import { generatedUsers } from "../../modules/platform/secrets";
import { everythingOn } from "../everything-on";
import { removeWorlds } from "../provision/real-world";
import { run, table } from "../provision/runs";
import { passwordPlaces, privateKeyPlaces, privateKeyPlacesOnceDestroyed } from "../secrets/exceptions";
import { seededWorld } from "../secrets/seeded-world";
import { missing } from "./tools";

const because = missing("terraform");
const all = (outcome: string) => Object.fromEntries(layers.map(({ name }) => [name, outcome]));
/** Every command that writes or prints something about an environment. */
const commands = [
  "outputs --rehearse --json",
  "outputs --rehearse",
  "export --out exported",
  "policy --format json",
  "iam",
  "capacity --json",
];

afterEach(removeWorlds);

// In aws-cn, so that this partition goes through a full cycle too.
describe.skipIf(because !== undefined)(
  `secrets of an environment with everything on, in aws-cn ${because ?? ""}`,
  () => {
    test(
      "are where AWS and Terraform leave no way around, and in no synthesis, plan, state, log, export or command besides",
      async () => {
        const { world, seen } = seededWorld(everythingOn("default", "aws-cn"));
        expect(await run(world, "apply --env example --rehearse", layers)).toBe(0);
        expect(await run(world, "plan --env example --rehearse --detailed-exitcode", layers)).toBe(0);
        expect(table(world)).toEqual(all("unchanged"));
        for (const command of commands) {
          const [name = "", ...options] = command.split(" ");
          expect(await run(world, [name, "--env example", ...options].join(" "), layers), command).toBe(0);
        }
        const names = [...databases.map(({ id }) => id), ...Object.keys(generatedUsers)];
        // Argo CD has a hash of it.
        const placesOf = (name: string) =>
          name === "argocd-admin"
            ? passwordPlaces("Secrets Manager")
            : passwordPlaces("Secrets Manager", "the cluster");
        const passwords = names.map((name) => [`password of ${name}`, placesOf(name)] as const);
        const everywhere = {
          "private key": [...privateKeyPlaces, "simulated kubernetes_secret_v1"].toSorted(),
          // There is no registry cache in China; test/secrets.test.ts follows the tokens where there is one.
          "docker token": ["configs/credentials/docker.json"],
          "ghcr token": ["configs/credentials/ghcr.json"],
          ...Object.fromEntries(passwords),
        };
        expect(seen()).toEqual(everywhere);

        expect(await run(world, "destroy --env example --rehearse", layers)).toBe(0);
        expect(world.rehearsed().objects()).toEqual([]);
        expect(seen()).toEqual({
          "private key": privateKeyPlacesOnceDestroyed,
          "docker token": ["configs/credentials/docker.json"],
          "ghcr token": ["configs/credentials/ghcr.json"],
          ...Object.fromEntries(passwords.map(([name]) => [name, []])),
        });
      },
      // Against hanging only.
      900_000,
    );
  },
);
