/**
 * The environment files that tests read, by name: those that the product brings, and the tests' own. Never another file
 * of configs/, where users keep theirs.
 */
export const environmentFiles = {
  example: "configs/example.yaml",
  dev: "configs/dev.yaml",
  prod: "test/environments/prod.yaml",
} as const;

/** An environment file of the tests, by its name. */
export type EnvironmentName = keyof typeof environmentFiles;
