/** What Argo CD deploys once a layer is applied; `provision rollout` waits for it, and `destroy` has Argo CD delete it first. */
export interface Rollout {
  /** Namespace of Argo CD itself. */
  readonly argocdNamespace: string;
  /** Namespace of the Applications. */
  readonly namespace: string;
  /** The Application that deploys the others. */
  readonly rootApplication: string;
  /** Whether the root application is synced without anybody asking for it. */
  readonly automatic: boolean;
  /** Specs of the projects of the Applications, by name: without its project, Argo CD deletes none of them. */
  readonly projects: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Read when everything is healthy, and by nobody before: a destroy needs none of it. */
  entrance(): Promise<Entrance>;
}

/** How the platform is reached, which is checked when everything is healthy. */
export interface Entrance {
  /** ARNs of the target groups that must have healthy targets, by the program behind each. */
  readonly targetGroupArns: Readonly<Record<string, string>>;
  /** Names that must resolve. */
  readonly hosts: readonly string[];
  /** Names of those at which the certificate of the platform is served. */
  readonly securedHosts: readonly string[];
  /** Whether they resolve, and answer, in the VPC alone. */
  readonly internal: boolean;
  /** The Secret whose `tls.crt` the platform's services trust. */
  readonly trusted: { readonly namespace: string; readonly name: string };
}
