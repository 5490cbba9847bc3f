/** A server in the VPC that `provision tunnel` opens to the operator's machine. */
export interface Endpoint {
  /** Kind of server, as in `Kubernetes API`. */
  readonly noun: string;
  readonly server: TlsServer | PostgresqlServer;
  /** Preferred local port; if it is in use, another one is chosen. */
  readonly localPort: number;
  /** A file that programs need to use it; only its owner may read it. */
  readonly file?: EndpointFile;
  /** Commands to run while it is open; `file` is the path of the file, as a shell reads it. */
  commands(at: { readonly localPort: number; readonly file: string }): readonly string[];
}

/** A server that proves its name by a certificate. */
interface TlsServer {
  readonly protocol: "tls";
  /** `https://<host>`. */
  readonly url: string;
  /** Authority of its certificate, PEM in base64. */
  readonly authority: string;
}

interface PostgresqlServer {
  readonly protocol: "postgresql";
  readonly host: string;
  readonly port: number;
}

interface EndpointFile {
  readonly name: string;
  text(localPort: number): string;
}
