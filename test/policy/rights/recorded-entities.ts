import type { RecordedCall } from "../../real/api/recorded-call";

/** Parameters that name an entity with a path, as the variables of its ARN begin. */
const named = ["InstanceProfileName", "PolicyName", "RoleName"];

/** Paths and permissions boundaries of the roles and instance profiles that a recording created. */
export class RecordedEntities {
  private readonly paths = new Map<string, string>();
  private readonly boundaries = new Map<string, string | undefined>();

  observe({ service, operation, params }: RecordedCall): void {
    if (service !== "iam") return;
    const name = textOf(params["RoleName"]) ?? "";
    if (operation.startsWith("Create"))
      for (const kind of named)
        this.paths.set(`${kind} ${String(params[kind])}`, textOf(params["Path"]) ?? "/");
    if (/^(CreateRole|(Put|Delete)RolePermissionsBoundary)$/.test(operation))
      this.boundaries.set(name, textOf(params["PermissionsBoundary"]));
  }

  /** The path of a role by its name, which is unique in an account whatever the path; `/` if it was there before. */
  pathOf(roleName: string): string {
    return this.paths.get(`RoleName ${roleName}`) ?? "/";
  }

  /** A call with the names of its entities as their ARNs have them, `edge/node`. */
  completed(call: RecordedCall): RecordedCall {
    const { operation, params } = call;
    const names = named.flatMap((kind) => {
      const name = textOf(params[kind]);
      if (name === undefined) return [];
      const given = operation.startsWith("Create") ? textOf(params["Path"]) : undefined;
      const path = given ?? this.paths.get(`${kind} ${name}`) ?? "/";
      return [[`${kind}WithPath`, `${path}${name}`.slice(1)] as const];
    });
    return { ...call, params: { ...params, ...Object.fromEntries(names) } };
  }

  boundaryOf(roleName: string): readonly string[] | undefined {
    if (!this.boundaries.has(roleName)) return undefined;
    const boundary = this.boundaries.get(roleName);
    return boundary === undefined ? [] : [boundary];
  }
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
