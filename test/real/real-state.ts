/** A state, as far as it is changed. */
interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly object[];
  }[];
}

/** The types of the resources in a state. */
export function typesIn(state: string): readonly string[] {
  return managed(state).map(({ type }) => type);
}

/**
 * A simulated state, for the real provider to read. Simulated providers have the first version of every schema, although they
 * have its newest form: the real one would migrate what needs no migration.
 */
export function withSchemaVersions(state: string, versions: ReadonlyMap<string, number>): string {
  const parsed = JSON.parse(state) as State;
  const resources = parsed.resources.map((resource) => {
    const schema_version = versions.get(resource.type) ?? 0;
    const instances = resource.instances.map((instance) => ({ ...instance, schema_version }));
    return resource.mode === "managed" ? { ...resource, instances } : resource;
  });
  return JSON.stringify({ ...parsed, resources });
}

function managed(state: string): State["resources"] {
  // Terraform's own format, of which we read a part.
  return (JSON.parse(state) as State).resources.filter(({ mode }) => mode === "managed");
}
