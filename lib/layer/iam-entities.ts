import type { Environment } from "./environment-schema";

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The part of a stack's Terraform JSON that lists resources. */
export interface CreatingJson {
  readonly resource?: Resources;
}

/** Entities of IAM that have a path, and those of them that have a permissions boundary. */
const entities: Readonly<Record<string, { readonly boundary: boolean }>> = {
  aws_iam_group: { boundary: false },
  aws_iam_instance_profile: { boundary: false },
  aws_iam_policy: { boundary: false },
  aws_iam_role: { boundary: true },
  aws_iam_user: { boundary: true },
};

/**
 * Gives everything in IAM the environment's path and permissions boundary, unless it has its own. It is done here and not
 * where a role is created, so that no layer, nor one of an extension, can forget them.
 */
export function withIamSettings<Json extends CreatingJson>(
  json: Json,
  { permissionsBoundaryArn, path }: Environment["iam"],
): Json {
  if (json.resource === undefined || (path === "/" && permissionsBoundaryArn === undefined)) return json;
  const common = path === "/" ? {} : { path };
  const bounded =
    permissionsBoundaryArn === undefined ? {} : { permissions_boundary: permissionsBoundaryArn };
  const resource = Object.entries(json.resource).map(([type, byName]) => {
    const entity = entities[type];
    if (entity === undefined) return [type, byName] as const;
    const given = { ...common, ...(entity.boundary ? bounded : {}) };
    const named = Object.entries(byName).map(([name, own]) => [name, { ...given, ...own }] as const);
    return [type, Object.fromEntries(named)] as const;
  });
  return { ...json, resource: Object.fromEntries(resource) };
}
