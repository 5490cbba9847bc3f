/** Optional services of the platform, each switched by value files or values of its charts. */
export type ServiceName =
  | "observability"
  | "kyverno"
  | "applicationOrchestration"
  | "clusterOrchestration"
  | "edgeInfrastructure"
  | "ui"
  | "sre"
  | "alertEmails"
  | "singleTenancy"
  | "vpro"
  | "autoscaling"
  | "explicitProxy";

/** Which of them are on. */
export type Services = Readonly<Record<ServiceName, boolean>>;

/** A Service of Kubernetes whose pods are registered with a target group. */
export interface BoundService {
  readonly namespace: string;
  readonly service: string;
  /** Of the Service. */
  readonly port: number;
  /** Of the pods, which security groups must allow. */
  readonly podPort: number;
}

/** The ingress through which edge nodes boot: their TLS is passed through to it. */
export interface BootIngress extends BoundService {
  readonly program: "haproxy" | "nginx";
  /** Host name below the orchestrator's domain. */
  readonly host: string;
}

/** A Secret that the charts of a release read and do not create. */
export interface ExpectedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  /** Read only if this service is on; unset: always. */
  readonly service?: ServiceName;
}

/** What is known of every release, also of those that are not installed. */
export interface KnownRelease {
  /** Tag of the newest commit, for people. */
  readonly tag: string;
  /** Host names below the orchestrator's domain that its ingress serves; "" is the domain itself. */
  readonly hosts: readonly string[];
  readonly bootIngress: BootIngress;
}

/** What one release of the Edge Orchestrator's platform expects of its cluster and its account. */
export interface PlatformRelease extends KnownRelease {
  /** Commit of the deployment repository that the facts below were read from; the default revision. */
  readonly commit: string;
  /** Kubernetes versions: those that its own AWS deployment ran on, and those that it is installed on here. */
  readonly kubernetes: { readonly ranOn: readonly string[]; readonly allowed: readonly string[] };
  /** Names of the applications that it can deploy. */
  readonly applications: readonly string[];
  /** Names of the profiles in its repository, without folder and extension. */
  readonly profiles: readonly string[];
  /** Namespaces that hold Secrets before the platform's charts run, with the labels that its charts give them. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly secrets: readonly ExpectedSecret[];
}
