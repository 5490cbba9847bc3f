import { afterAll, expect, it } from "vitest";
import type { ResourceType } from "../engine/resource-type";
import { keepWriteOnly } from "../engine/write-only";
import { SimulatedPlace } from "./simulated-place";

const place = new SimulatedPlace();
afterAll(() => {
  place.end();
});

const name = "aws_secretsmanager_secret_version";
const type: ResourceType = {
  name,
  block: {
    attributes: {
      secret_string_wo: { type: "string", optional: true, write_only: true },
      secret_string: { type: "string", optional: true },
    },
    block_types: {},
  },
  behaviour: {},
  knowledge: {},
  // A definition that nothing here asks.
  definition: {} as ResourceType["definition"],
  context: (id) => place.context(name, id),
};

it("Write-only values are stored beside their object, and replaced by later ones", () => {
  const id = place.create(name, { secret_id: "a" });
  const kept = { id, keepValues: true };
  keepWriteOnly(type, kept, { secret_string_wo: "first", secret_string: "kept elsewhere" });
  keepWriteOnly(type, kept, { secret_string_wo: "second" });
  keepWriteOnly(type, kept, { secret_string_wo: null });
  const object = place.context(name).cloud.get(name, id);
  expect(object?.writeOnly).toEqual({ secret_string_wo: "second" });
  expect(object?.attributes).not.toHaveProperty("secret_string_wo");
});

it("Of a JSON object, the names are stored and no value is, unless the rehearsal keeps them", () => {
  const id = place.create(name, { secret_id: "b" });
  keepWriteOnly(type, { id, keepValues: false }, { secret_string_wo: '{"username":"u","password":"p"}' });
  const object = place.context(name).cloud.get(name, id);
  expect(object?.writeOnlyNames).toEqual({ secret_string_wo: ["username", "password"] });
  expect(object?.writeOnly).toBeUndefined();
});
