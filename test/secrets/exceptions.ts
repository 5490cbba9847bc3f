/** Where a token of an account at a registry may be. */
export const tokenPlaces = (registry: "docker" | "ghcr") => [
  // The operator's own file.
  `configs/credentials/${registry}.json`,
  // Where it is meant to be. A real Secrets Manager encrypts it with the layer's key.
  "simulated aws_secretsmanager_secret_version",
];

/** Where a generated password may be: in Secrets Manager, and in Secrets of the cluster if programs there log in with it. */
export const passwordPlaces = (...where: readonly ("Secrets Manager" | "the cluster")[]) => [
  ...(where.includes("Secrets Manager") ? ["simulated aws_secretsmanager_secret_version"] : []),
  ...(where.includes("the cluster") ? ["simulated kubernetes_secret_v1"] : []),
];

/** Where the private key of a certificate may be that is imported from files. */
export const privateKeyPlaces = [
  // The operator's own file.
  "configs/tls/server.key",
  // Terraform keeps variables and the state before in a saved plan: for its owner alone, and removed when the run goes on.
  "plan of route53",
  // Where it is meant to be: load balancers take their certificate from there.
  "simulated aws_acm_certificate",
  // For the platform's gateway. A real Secrets Manager encrypts it with the environment's key.
  "simulated aws_secretsmanager_secret_version",
  // aws_acm_certificate has no write-only argument (provider 5.100.0): Terraform remembers the key in order to see that it
  // changed. layers.route53.certificate.source "existing" avoids that.
  "state of route53",
  // The plan, read through a pipe: what Terraform marks as sensitive goes no further.
  "what terraform show says of route53",
];

/** Where it was seen, or is, when everything has been destroyed. */
export const privateKeyPlacesOnceDestroyed = [
  "configs/tls/server.key",
  "plan of route53",
  "what terraform show says of route53",
  // Read through a pipe, to count what is left to destroy; the answer is written nowhere.
  "what terraform state pull says of route53",
];
