import type { Cloud } from "./cloud";
import type { Diagnostic } from "./diagnostic";

/** Values by attribute or block name, as on the wire: null for unset, `unknownValue` for known after apply, a list for repeated blocks. */
export type Attributes = Record<string, unknown>;

/** Where an object is created, and by whom. */
export interface Context {
  readonly cloud: Cloud;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly type: string;
  /** Empty while the id is not decided yet. */
  readonly id: string;
  /** Hexadecimal text that is the same in every run for this object and salt (default: 17 characters). */
  readonly hash: (salt?: string, length?: number) => string;
}

/** What a schema cannot say about one resource type. Everything is optional: without a behaviour a type still works. */
export interface Behaviour {
  /** A prefix such as "vpc-", or the id built from the planned attributes; such an id must be free, as names are. */
  readonly id?: string | ((planned: Attributes, context: Context) => string);
  /** Attributes and blocks of the top level whose change replaces the object, beside the learned ones. */
  readonly forceNew?: readonly string[];
  /** Attributes that stay null when they are not configured. */
  readonly nullable?: readonly string[];
  /** Computed attributes that a change of anything else makes unknown until it is applied (`latest_version`). */
  readonly recomputed?: readonly string[];
  /** Values known while a create is planned, because the real provider knows them too. */
  readonly planned?: (planned: Attributes, context: Context) => Attributes;
  /** Values of computed attributes and blocks once the object exists; only unknown ones are taken. */
  readonly computed?: (planned: Attributes, context: Context) => Attributes;
  /** Values that the service returns differently from how they were sent. */
  readonly returned?: (stored: Attributes, context: Context) => Attributes;
  /** Values that the service changes by itself with an update, whatever was planned; the legacy type system allows it. */
  readonly afterUpdate?: (state: Attributes, context: Context) => Attributes;
  /** What `terraform validate` reports; values may be unknown. */
  readonly validate?: (config: Attributes, context: Context) => readonly Diagnostic[];
  /** The error message with which the service refuses this create or update. */
  readonly check?: (planned: Attributes, context: Context) => string | undefined;
  /** Does the service put this object in the place of one with the same id, instead of refusing it? */
  readonly overwrites?: (planned: Attributes) => boolean;
  /** The error message with which the service refuses to delete; called before the object is removed. */
  readonly remove?: (state: Attributes, context: Context) => string | undefined;
  /** The object, as `type id`, with which this one goes although neither created the other: what a service has made is only adopted. */
  readonly goesWith?: (state: Attributes) => string;
  /** Objects that the service creates alongside (default security groups and the like); they go when their owner goes. */
  readonly also?: (state: Attributes, context: Context) => readonly SideObject[];
}

interface SideObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: Attributes;
}
