import type { Files } from "../../scripts/provision/world/index";
import type { Body, FakeCloud } from "./fake-cloud";

interface StateResource {
  readonly mode: "managed";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly [{ readonly status?: "tainted"; readonly attributes: Body }];
}
interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources: readonly StateResource[];
}
interface Config {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly data?: {
    readonly terraform_remote_state?: Readonly<
      Record<string, { readonly config: { readonly bucket: string; readonly key: string } }>
    >;
  };
  readonly provider?: {
    readonly aws?: readonly { readonly default_tags?: readonly { readonly tags: object }[] }[];
  };
  readonly removed?: readonly { readonly from: string; readonly lifecycle: { readonly destroy: boolean } }[];
  readonly terraform: {
    readonly backend: { readonly s3: { readonly bucket: string; readonly key: string } };
  };
}
interface PlannedChange {
  readonly address: string;
  readonly action: "create" | "update" | "replace" | "delete" | "remove" | "import";
  /** What it is imported by. */
  readonly id?: string;
}
interface Plan {
  readonly changes: readonly PlannedChange[];
  readonly serial: number;
  readonly outputs: boolean;
  /** What `show` prints, also when the account or the configuration is another one by then. */
  readonly json?: string;
}

/** Faults that a test can inject. */
export interface Faults {
  /** Addresses whose change fails, with AWS's message. */
  readonly fail: Map<string, string>;
  /** Layers whose state is locked by another run. */
  readonly locked: Set<string>;
  /** Layers whose state is changed by another run between plan and apply. */
  readonly stale: Set<string>;
  /** Addresses that the next plan wants to replace. */
  readonly replace: Set<string>;
  /** Those of them whose new object is created before the old one is deleted. */
  readonly createFirst: Set<string>;
  /** What AWS denies for some attempts, by address, `state push` or `plan of <layer>`: the message, and how often. */
  readonly denied: Map<string, { readonly message: string; times: number }>;
  /** What `init` says instead of working, by layer. */
  readonly init: Map<string, string>;
}

/** Why a plan replaces what is tainted. */
const tainted = "replace_because_tainted";

/** A command that ends with an error. */
class Failure extends Error {}

const lockError = `Error: Error acquiring the state lock

Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: 4711, PreconditionFailed
Lock Info:
  ID:        5131a7ed
  Path:      dev-state/us-west-2/ground/dev
  Operation: OperationTypeApply
  Who:       operator@elsewhere
  Version:   1.11.4
  Created:   2026-01-01 08:30:12.123456789 +0000 UTC
  Info:`;

/** Behaves like Terraform as far as the runner can tell: backends, plans, states, locks, imports. */
export class FakeTerraform {
  constructor(
    private readonly cloud: FakeCloud,
    private readonly files: Files,
    private readonly faults: Faults,
  ) {}

  /** Runs one command; every effect goes through `files` and `cloud`. */
  run(folder: string, args: readonly string[], say: (line: string) => void): { code: number; error: string } {
    const command = new FakeCommand({
      cloud: this.cloud,
      files: this.files,
      faults: this.faults,
      folder,
      say,
    });
    try {
      return { code: command.run(args), error: "" };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (!args.includes("-json")) return { code: 1, error: error.message };
      const [, summary = "", detail = ""] = /^Error: ([^\n]*)\n*([\s\S]*)$/.exec(error.message) ?? [];
      const diagnostic = { severity: "error", summary, detail };
      say(JSON.stringify({ "@message": `Error: ${summary}`, type: "diagnostic", diagnostic }));
      return { code: 1, error: "" };
    }
  }
}

class FakeCommand {
  constructor(
    private readonly at: {
      readonly cloud: FakeCloud;
      readonly files: Files;
      readonly faults: Faults;
      readonly folder: string;
      readonly say: (line: string) => void;
    },
  ) {}

  run(args: readonly string[]): number {
    const [first = "", second = ""] = args;
    switch (first) {
      case "init":
        return this.init();
      case "plan":
        return this.plan(args);
      case "show":
        return this.say(this.planned().json ?? "");
      case "apply":
        return this.apply();
      case "output":
        return this.say(JSON.stringify(this.state().outputs));
      case "import":
        return this.import(args.at(-2) ?? "", args.at(-1) ?? "");
      case "untaint":
        return this.untaint(args.at(-1) ?? "");
      case "state":
        return this.stateCommand(second, args.slice(2));
      default:
        throw new Error(`unknown command ${args.join(" ")}`);
    }
  }

  private get layer(): string {
    return this.at.folder.split("/").at(-1) ?? "";
  }

  private say(line: string): number {
    this.at.say(line);
    return 0;
  }

  private config(): Config {
    const read = (file: string) => parse<Config>(this.at.files.read(`${this.at.folder}/${file}`) ?? "{}");
    const { resource = {}, ...others } = read("cdk.tf.json");
    const { resource: overrides = {} } = read("provision_override.tf.json");
    const merged = Object.entries(resource).map(([type, named]) => {
      const bodies = Object.entries(named).map(([name, body]) => [
        name,
        { ...body, ...overrides[type]?.[name] },
      ]);
      return [type, Object.fromEntries(bodies)] as const;
    });
    // Built from entries of this shape on the lines above.
    const { resource: kept = {}, ...removed } = read("provision_kept.tf.json");
    const all = Object.fromEntries(merged);
    for (const [type, named] of Object.entries(kept)) all[type] = { ...all[type], ...named };
    return { ...others, ...removed, resource: all };
  }

  /** What the plan changes, value by value. */
  private planJson(plan: Plan): string {
    const wanted = new Map(this.wanted());
    const resource_changes = plan.changes.map(({ address: changed, action, id }) => {
      const [type, name] = changed.split(".");
      const before =
        this.state().resources.find((known) => address(known) === changed)?.instances[0].attributes ?? null;
      const body = wanted.get(changed);
      const kept = action === "update" ? { id: before?.["id"], arn: before?.["arn"] } : {};
      const after =
        action === "delete" || action === "remove" || !body
          ? null
          : this.tagged({ ...notSet(type), ...body, ...kept });
      const unknown = this.unknownIn(after ?? {}, plan);
      const after_unknown = {
        ...(action === "create" || action === "replace" ? { id: true, arn: true } : {}),
        ...Object.fromEntries(unknown.map((argument) => [argument, true])),
      };
      const marks = { before_sensitive: sensitive(before), after_sensitive: sensitive(after) };
      const replace_paths = action === "replace" ? [Object.keys(body ?? {}).slice(0, 1)] : undefined;
      const found = this.at.cloud.objects.get(`${type ?? ""}/${id ?? ""}`);
      const read = id === undefined ? before : this.tagged({ ...found?.body, id });
      const importing = id === undefined ? {} : { importing: { id } };
      const change = {
        actions: this.at.faults.createFirst.has(changed) ? ["create", "delete"] : actions[action],
        before: read,
        after: unknown.reduce((known: Body | null, argument) => known && without(known, argument), after),
        after_unknown,
        ...marks,
        replace_paths,
        ...importing,
      };
      const action_reason = action === "replace" && this.isTainted(changed) ? tainted : undefined;
      return { address: changed, mode: "managed", type, name, change, action_reason };
    });
    return JSON.stringify({
      format_version: "1.2",
      resource_changes,
      resource_drift: this.gone(),
      output_changes: this.outputChanges(plan),
    });
  }

  /** The arguments that are values of what the plan creates. */
  private unknownIn(body: Body, { changes }: Plan): readonly string[] {
    const created = changes.filter(({ action }) => action === "create" || action === "replace");
    return Object.keys(body).filter((argument) => {
      const [, name] = /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(String(body[argument])) ?? [];
      return created.some((change) => change.address === name);
    });
  }

  /** What was deleted outside Terraform. */
  private gone() {
    const state = this.state();
    const left = this.refreshed(state).resources;
    return state.resources
      .filter((known) => !left.includes(known))
      .map((known) => {
        const [{ attributes: before }] = known.instances;
        const change = { actions: ["delete"], before, after: null };
        return { address: address(known), mode: "managed", type: known.type, name: known.name, change };
      });
  }

  /** With the default tags of the provider, as the provider adds them. */
  private tagged(body: Body): Body {
    const [provider] = this.config().provider?.aws ?? [];
    const [defaults] = provider?.default_tags ?? [];
    return body["tags"] === undefined
      ? body
      : { ...body, tags_all: { ...defaults?.tags, ...Object(body["tags"]) } };
  }

  private planned(): Plan {
    return parse<Plan>(this.at.files.read(`${this.at.folder}/layer.tfplan`) ?? "{}");
  }

  private outputChanges(plan: Plan) {
    if (!plan.outputs) return {};
    const state = this.state();
    const changes = Object.entries(this.outputs(state)).map(([name, { value }]) => {
      const before = state.outputs[name]?.value ?? null;
      const action = before === null ? "create" : before === value ? "no-op" : "update";
      return [name, { actions: [action], before, after: value }] as const;
    });
    return Object.fromEntries(changes);
  }

  private init(): number {
    const { files, folder, faults, cloud } = this.at;
    const fault = faults.init.get(this.layer);
    if (fault !== undefined) throw new Failure(fault);
    const override = files.read(`${folder}/backend_override.tf.json`);
    const local = override === undefined ? undefined : (/"path":"([^"]+)"/.exec(override)?.[1] ?? "");
    const { bucket, key } = this.config().terraform.backend.s3;
    if (local === undefined && !cloud.has("aws_s3_bucket", bucket))
      throw new Failure(`Error: Failed to get existing workspaces: S3 bucket "${bucket}" does not exist.`);
    files.write(
      `${folder}/.terraform/backend`,
      local === undefined ? `s3:${bucket}/${key}` : `local:${local}`,
    );
    return 0;
  }

  private backend(): { readonly kind: string; readonly path: string } {
    const text = this.at.files.read(`${this.at.folder}/.terraform/backend`);
    if (text === undefined) throw new Failure("Error: Backend initialization required");
    const colon = text.indexOf(":");
    return { kind: text.slice(0, colon), path: text.slice(colon + 1) };
  }

  private stateText(): string | undefined {
    const { kind, path } = this.backend();
    return kind === "s3" ? this.at.cloud.stored.get(path) : this.at.files.read(path);
  }

  private state(): State {
    const text = this.stateText();
    if (text === undefined) return { lineage: "", serial: 0, outputs: {}, resources: [] };
    return parse<State>(text);
  }

  private write(state: State): void {
    const { kind, path } = this.backend();
    // Like Terraform: the first state at a place gets a lineage of its own.
    const lineage = this.stateText() === undefined ? `lineage of ${kind}:${path}` : state.lineage;
    const text = JSON.stringify({ version: 4, terraform_version: "1.11.4", ...state, lineage });
    if (kind === "s3") this.at.cloud.stored.set(path, text);
    else this.at.files.write(path, text);
  }

  private assertUnlocked(): void {
    if (this.at.faults.locked.has(this.layer)) throw new Failure(lockError);
  }

  private plan(args: readonly string[]): number {
    this.assertUnlocked();
    this.deny(`plan of ${this.layer}`);
    this.assertReadable();
    const named = args.filter((word) => word.startsWith("-target=")).map((word) => word.slice(8));
    const targets = args.includes("-destroy") ? named : this.withNeeds(named);
    const file = args.find((word) => word.startsWith("-out="))?.slice(5) ?? "";
    this.assertImportable(targets);
    const state = this.state();
    const changes = this.changes(this.refreshed(state), args.includes("-destroy")).filter(
      ({ address }) => targets.length === 0 || targets.includes(address),
    );
    for (const change of changes) {
      const resource = { addr: change.address, resource_type: change.address.split(".")[0] };
      this.event({ type: "planned_change", change: { resource, action: change.action } });
    }
    const outputs =
      changes.length === 0 && JSON.stringify(state.outputs) !== JSON.stringify(this.outputs(state));
    const plan: Plan = { changes, serial: state.serial, outputs };
    this.at.files.write(`${this.at.folder}/${file}`, JSON.stringify({ ...plan, json: this.planJson(plan) }));
    const counts = { add: changes.length, change: 0, import: 0, remove: 0 };
    this.event({ type: "change_summary", changes: { ...counts, operation: "plan" } });
    if (outputs)
      this.event({ type: "outputs", outputs: { changed: { sensitive: false, action: "update" } } });
    return changes.length > 0 || outputs ? 2 : 0;
  }

  /** Terraform reads the outputs of other layers before it plans, also a destruction. */
  private assertReadable(): void {
    const { data: { terraform_remote_state: states = {} } = {}, resource } = this.config();
    for (const [, layer = "", output = ""] of JSON.stringify(resource ?? {}).matchAll(
      /data\.terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/g,
    )) {
      const { bucket = "", key = "" } = states[layer]?.config ?? {};
      const text = this.at.cloud.stored.get(`${bucket}/${key}`);
      if (text === undefined) throw new Failure("Error: Unable to find remote state");
      if (!(output in parse<State>(text).outputs))
        throw new Failure(
          `Error: Unsupported attribute\n\nThis object does not have an attribute named "${output}".`,
        );
    }
  }

  /** With all that these refer to, as Terraform plans targets. */
  private withNeeds(targets: readonly string[]): readonly string[] {
    const all = new Map(this.wanted());
    const found = new Set(targets);
    for (const target of found)
      for (const [, needed = ""] of JSON.stringify(all.get(target) ?? {}).matchAll(/\$\{(\w+\.[\w-]+)\./g))
        if (all.has(needed)) found.add(needed);
    return [...found];
  }

  /** What the state knows and the account still has. */
  private refreshed(state: State): State {
    const exists = ({ type, instances: [{ attributes }] }: StateResource) =>
      this.at.cloud.has(type, String(attributes["id"]));
    return { ...state, resources: state.resources.filter(exists) };
  }

  private changes(state: State, destroy: boolean): readonly PlannedChange[] {
    const wanted = new Map(destroy ? [] : this.wanted());
    const gone = state.resources
      .map(address)
      .filter((known) => !wanted.has(known))
      .map((known): PlannedChange => {
        const kept = this.config().removed?.some(
          ({ from, lifecycle }) => from === known && !lifecycle.destroy,
        );
        return { address: known, action: kept === true ? "remove" : "delete" };
      });
    const others = [...wanted].flatMap(([name, body]): PlannedChange[] => {
      const known = state.resources.find((resource) => address(resource) === name);
      const imported = this.imports().find(({ to }) => to === name);
      // An import of what the state has already is left out, also where that does not exist any more.
      const isStored = this.state().resources.some((resource) => address(resource) === name);
      if (!isStored && imported) return [this.importing(name, imported.id, body)];
      if (!known) return [{ address: name, action: "create" }];
      if (known.instances[0].status === "tainted" || this.at.faults.replace.has(name))
        return [{ address: name, action: "replace" }];
      const attributes = without(without(known.instances[0].attributes, "id"), "arn");
      return JSON.stringify(attributes) === JSON.stringify(body) ? [] : [{ address: name, action: "update" }];
    });
    return [...gone, ...others];
  }

  private imports(): readonly { readonly to: string; readonly id: string }[] {
    const text = this.at.files.read(`${this.at.folder}/provision_import.tf.json`) ?? "{}";
    return parse<{ readonly import?: { to: string; id: string }[] }>(text).import ?? [];
  }

  private importing(name: string, id: string, body: Body): PlannedChange {
    const [type = ""] = name.split(".");
    const found = this.at.cloud.objects.get(`${type}/${id}`);
    const differs = found?.body !== undefined && JSON.stringify(found.body) !== JSON.stringify(body);
    const action = this.at.faults.replace.has(name) ? "replace" : differs ? "update" : "import";
    return { address: name, action, id };
  }

  /** Of every one that is not there, as Terraform does. */
  private assertImportable(targets: readonly string[]): void {
    const missing = this.imports().filter(
      ({ to, id }) =>
        // One of an address that the state has is left out unread: expandResourceImports in node_resource_plan.go of Terraform.
        !this.state().resources.some((resource) => address(resource) === to) &&
        (targets.length === 0 || targets.includes(to)) &&
        !this.at.cloud.has(to.split(".")[0] ?? "", id),
    );
    const errors = missing.map(
      ({ to }) =>
        `Error: Cannot import non-existent remote object\n\nWhile attempting to import an existing object to "${to}", the provider detected that no object exists with the given id.`,
    );
    if (errors.length > 0) throw new Failure(errors.join("\n\n"));
  }

  private wanted(): [string, Body][] {
    return Object.entries(this.config().resource ?? {}).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, body]): [string, Body] => [
        `${type}.${name}`,
        without(body, "//"),
      ]),
    );
  }

  private apply(): number {
    this.assertUnlocked();
    const { faults } = this.at;
    const plan = this.planned();
    if (faults.stale.has(this.layer)) this.write({ ...this.state(), serial: plan.serial + 1 });
    if (this.state().serial !== plan.serial)
      throw new Failure("Error: Saved plan is stale\n\nThe state was changed by another operation.");
    for (const change of this.inOrder(plan.changes)) this.applyOne(change);
    const state = this.refreshed(this.state());
    this.write({
      ...state,
      serial: state.serial + 1,
      outputs: state.resources.length > 0 ? this.outputs(state) : {},
    });
    const counts = { add: plan.changes.length, change: 0, import: 0, remove: 0 };
    this.event({ type: "change_summary", changes: { ...counts, operation: "apply" } });
    return 0;
  }

  /** What is created comes after what it depends on in so many words. */
  private inOrder(changes: readonly PlannedChange[]): readonly PlannedChange[] {
    const all = new Map(this.wanted());
    const rank = (name: string): number => {
      const needed = (all.get(name)?.["depends_on"] ?? []) as readonly string[];
      return Math.max(0, ...needed.map((other) => 1 + rank(other)));
    };
    const position = ({ action, address: name }: PlannedChange) => (action === "delete" ? 0 : rank(name));
    return changes.toSorted((one, other) => position(one) - position(other));
  }

  private applyOne(change: PlannedChange): void {
    try {
      this.applyChange(change);
    } catch (error) {
      const { address: addr, action } = change;
      const resource = { addr, resource_type: addr.split(".")[0] };
      if (error instanceof Failure) this.event({ type: "apply_errored", hook: { resource, action } });
      throw error;
    }
  }

  private applyChange({ address: name, action, id }: PlannedChange): void {
    if (id !== undefined) {
      this.import(name, id);
      return;
    }
    // Without events, as Terraform does it.
    if (action === "remove") {
      this.forget([name]);
      return;
    }
    const resource = { addr: name, resource_type: name.split(".")[0] };
    const state = this.refreshed(this.state());
    const known = state.resources.find((entry) => address(entry) === name)?.instances[0].attributes;
    const existing = action === "create" ? {} : { id_key: "id", id_value: known?.["id"] };
    this.event({ type: "apply_start", hook: { resource, action, ...existing } });
    const fault = this.at.faults.fail.get(name);
    if (fault !== undefined) throw new Failure(`Error: ${fault}`);
    this.deny(name);
    const [type = "", key = ""] = name.split(".");
    const attributes = this.touch({ type, action, body: new Map(this.wanted()).get(name) ?? {}, known });
    const others = state.resources.filter((entry) => address(entry) !== name);
    const next: StateResource[] = attributes
      ? [...others, { mode: "managed", type, name: key, instances: [{ attributes }] }]
      : others;
    this.write({ ...state, serial: state.serial + 1, resources: next });
    const created = attributes?.["id"];
    this.event({ type: "apply_complete", hook: { resource, action, id_key: "id", id_value: created } });
  }

  private deny(what: string): void {
    const denial = this.at.faults.denied.get(what);
    if (denial === undefined || denial.times === 0) return;
    denial.times -= 1;
    throw new Failure(`Error: ${denial.message}`);
  }

  /** What happens in the account; returns what the state is to remember. */
  private touch(change: {
    readonly type: string;
    readonly action: string;
    readonly body: Body;
    readonly known: Body | undefined;
  }): Body | undefined {
    const { type, action, body, known } = change;
    const { cloud } = this.at;
    try {
      const id = String(known?.["id"]);
      if (action === "delete" || action === "replace") cloud.destroy(type, id, known ?? {});
      if (action === "delete") return undefined;
      const kept = action === "update" ? id : cloud.create(type, body);
      return { ...body, id: kept, arn: `arn:${type}/${kept}` };
    } catch (error) {
      if (!(error instanceof Error) || error.name === "Killed") throw error;
      throw new Failure(`Error: ${error.message}`);
    }
  }

  private outputs(state: State): Readonly<Record<string, { readonly value: unknown }>> {
    const resolve = (value: unknown): unknown => {
      if (typeof value === "object" && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
      const name = /^\$\{([\w]+\.[\w-]+)\.\w+\}$/.exec(String(value))?.[1];
      if (name === undefined) return value;
      return state.resources.find((entry) => address(entry) === name)?.instances[0].attributes["id"];
    };
    const declared = Object.entries(this.config().output ?? {});
    return Object.fromEntries(declared.map(([name, { value }]) => [name, { value: resolve(value) }]));
  }

  private import(name: string, id: string): number {
    const [type = "", key = ""] = name.split(".");
    if (!this.at.cloud.has(type, id)) throw new Failure("Error: Cannot import non-existent remote object");
    const state = this.state();
    const target = [...this.at.cloud.objects.values()].find((object) => object.type === "aws_kms_key")?.id;
    const body = this.imports().some(({ to }) => to === name) ? new Map(this.wanted()).get(name) : {};
    const attributes = {
      ...body,
      id,
      arn: `arn:${type}/${id}`,
      ...(type === "aws_kms_alias" ? { target_key_id: target } : {}),
    };
    const resources: StateResource[] = [
      ...state.resources,
      { mode: "managed", type, name: key, instances: [{ attributes }] },
    ];
    this.write({ ...state, serial: state.serial + 1, resources });
    return 0;
  }

  private stateCommand(command: string, names: readonly string[]): number {
    const argument = names.at(-1) ?? "";
    if (command === "list") {
      this.state().resources.forEach((resource) => this.say(address(resource)));
      return 0;
    }
    // Where there is none, Terraform prints an empty one.
    if (command === "pull") return this.say(this.stateText() ?? JSON.stringify(this.state()));
    if (command === "push") this.deny("state push");
    if (command === "rm") return this.forget(names);
    const pushed = parse<State>(this.at.files.read(argument) ?? "{}");
    const existing = this.state();
    const later = existing.lineage === pushed.lineage && existing.serial <= pushed.serial;
    if (existing.lineage !== "" && !later) throw new Failure("Error: cannot overwrite existing state");
    this.write(pushed);
    return 0;
  }

  private isTainted(name: string): boolean {
    return this.state().resources.some(
      (known) => address(known) === name && known.instances[0].status === "tainted",
    );
  }

  private untaint(name: string): number {
    this.assertUnlocked();
    if (!this.isTainted(name)) throw new Failure(`Error: Resource instance ${name} is not tainted`);
    const state = this.state();
    const resources = state.resources.map((known): StateResource => {
      const [{ attributes }] = known.instances;
      return address(known) === name ? { ...known, instances: [{ attributes }] } : known;
    });
    this.write({ ...state, serial: state.serial + 1, resources });
    return 0;
  }

  private forget(names: readonly string[]): number {
    const state = this.state();
    const resources = state.resources.filter((resource) => !names.includes(address(resource)));
    this.write({ ...state, serial: state.serial + 1, resources });
    return 0;
  }

  private event(event: Readonly<Record<string, unknown>>): void {
    this.say(JSON.stringify({ "@message": "", ...event }));
  }
}

const actions: Readonly<Record<PlannedChange["action"], readonly string[]>> = {
  create: ["create"],
  update: ["update"],
  replace: ["delete", "create"],
  delete: ["delete"],
  remove: ["forget"],
  import: ["no-op"],
};

/** As the provider marks passwords. */
function sensitive(body: Body | null): object | false {
  if (body === null) return false;
  return Object.fromEntries(
    Object.keys(body).flatMap((key) => (/password|secret/.test(key) ? [[key, true]] : [])),
  );
}

function address({ type, name }: StateResource): string {
  return `${type}.${name}`;
}

function without(body: Body, name: string): Body {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says at the call what the text is
function parse<Shape>(text: string): Shape {
  // Only what this file wrote, or what cdktf synthesised, is read back.
  return JSON.parse(text) as Shape;
}

/** As the provider plans arguments that are not set, where what is planned is compared with what exists. */
function notSet(type = ""): Readonly<Record<string, null>> {
  if (!type.startsWith("aws_vpc_security_group_")) return {};
  return { cidr_ipv4: null, cidr_ipv6: null, prefix_list_id: null, referenced_security_group_id: null };
}
