import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(__dirname, "..");
const ours = "lib modules gitops synthesis policy capacity rehearsal scripts test docs".split(" ");

function entries(folder: string, recursive = false) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive });
}

test("scripts/provision has rooms: at most five files are outside of them", () => {
  const flat = entries("scripts/provision").filter((entry) => entry.isFile());
  expect(flat.length).toBeLessThanOrEqual(5);
});

test("nothing is named for not knowing what it is", () => {
  const vague = /^(utils?|helpers?|common|managers?|base|misc)(\.|$)/;
  const names = ours.flatMap((folder) => entries(folder, true).map(({ name }) => name));
  expect(names.length).toBeGreaterThan(500);
  expect(names.filter((name) => vague.test(name))).toEqual([]);
});

test("no test reads an environment file that a user has added to configs/", () => {
  const sources = ["test", "rehearsal"].flatMap((folder) =>
    entries(folder, true).filter(({ name }) => /\.m?ts$/.test(name)),
  );
  const read = sources.flatMap(({ parentPath, name }) => {
    const text = readFileSync(join(parentPath, name), "utf8");
    if (/(filesBelow|readdirSync)\([^;]*"configs"/.test(text)) return [`every file, in ${name}`];
    return [...text.matchAll(/readFileSync\([^)]*configs(?:\/|", ")([^"'`]*\.yaml)/g)].map(
      ([, file]) => file,
    );
  });
  expect([...new Set(read)].sort()).toEqual(["dev.yaml", "example.yaml"]);
});
