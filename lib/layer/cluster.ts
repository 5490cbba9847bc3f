/** A Kubernetes cluster, as its layer publishes it. */
export interface Cluster {
  /** Its name in EKS. */
  readonly name: string;
  /** `https://<host>` of its API. */
  readonly url: string;
  /** Authority of the API's certificate, PEM in base64. */
  readonly authority: string;
}
