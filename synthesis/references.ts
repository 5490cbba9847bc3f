/** Something that a Terraform expression reads: a resource's attribute, or another layer's output. */
export type Reference =
  | { readonly address: string; readonly attribute: string }
  | { readonly layer: string; readonly output: string; readonly key: string | undefined };

const expression = /(?<!\$)\$\{([^}]*)\}/g;
const remoteOutput = String.raw`data\.terraform_remote_state\.(?<layer>[\w-]+)\.outputs\.(?<output>\w+)(?:\["(?<quoted>[^"]+)"\]|\.(?<plain>[\w-]+))?`;
const attribute = String.raw`(?<address>[a-z][a-z0-9_]*\.[\w-]+)\.(?<attribute>\w+)`;

/** Every reference in any text within a value, however deep. */
export function readReferences(value: unknown): readonly Reference[] {
  if (typeof value === "string") return inText(value);
  // Metadata of cdktf and depends_on name resources without using them; both are plain text without ${.
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(readReferences);
  return [];
}

function inText(text: string): readonly Reference[] {
  // The quotes around a key are escaped where the expression stands within JSON.
  const expressions = [...text.matchAll(expression)].map(([whole]) => whole.replaceAll('\\"', '"'));
  return expressions.flatMap((found) =>
    [...found.matchAll(new RegExp(`${remoteOutput}|${attribute}`, "g"))].flatMap(({ groups = {} }) =>
      toReference(groups),
    ),
  );
}

function toReference(groups: Readonly<Record<string, string | undefined>>): readonly Reference[] {
  const { layer, output, quoted, plain, address, attribute: name } = groups;
  if (layer !== undefined && output !== undefined) return [{ layer, output, key: quoted ?? plain }];
  return address !== undefined && name !== undefined ? [{ address, attribute: name }] : [];
}
