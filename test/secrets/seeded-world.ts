import { parse, stringify } from "yaml";
import { worldIn } from "../provision/real-world";
import type { RawEnvironment } from "../synth";
import { seed } from "./seeds";
import type { Secret } from "./traces";
import { leftBehind, type ObservedWorld, observe, whereabouts } from "./watch";

/** A world in which everything secret is known, and looked for. */
export interface SeededWorld {
  readonly world: ObservedWorld;
  /** Where each secret was seen until now, each place once. */
  readonly seen: () => Readonly<Record<string, readonly string[]>>;
}

/** The world of an environment file whose secret settings are seeded; its simulated services keep what they are given. */
export function seededWorld(environmentFile: string): SeededWorld {
  const raw: RawEnvironment = parse(environmentFile);
  const { files, secrets } = seed(raw);
  const plain = worldIn(stringify(raw), { keepWriteOnly: true });
  for (const [path, text] of Object.entries(files)) plain.files.write(`configs/${path}`, text, "secret");
  const world = observe(plain);
  // What is destroyed is forgotten by the service, but not by us.
  const known = new Map(secrets.map((secret) => [secret.name, secret]));
  return {
    world,
    seen() {
      for (const password of passwords(world)) known.set(password.name, password);
      const sights = [...world.sights, ...leftBehind(world)];
      return Object.fromEntries([...known].map(([name, secret]) => [name, whereabouts(secret, sights)]));
    },
  };
}

const secretString = /"(?:PGPASSWORD|password)":"(\w{32})"/;
/** A secret is named after its environment; a database's secret after its user as well. */
const nameInArn = /:secret:[a-z0-9]+-(.*?)(?:-aurora-postgresql)?-\w{6}$/;

/** The generated passwords that the simulated Secrets Manager was given. */
function passwords(world: ObservedWorld): readonly Secret[] {
  return world
    .rehearsed()
    .objects()
    .flatMap(({ attributes, writeOnly }) => {
      const [, name] = nameInArn.exec(String(attributes["secret_id"])) ?? [];
      const [, password] = secretString.exec(String(writeOnly?.["secret_string_wo"])) ?? [];
      return name === undefined || password === undefined
        ? []
        : [{ name: `password of ${name}`, cores: [password] }];
    });
}
