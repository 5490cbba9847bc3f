/** Processor architecture. */
export type Architecture = "x86_64" | "arm64";

/**
 * Families of EC2 instances by their processor, without Macs: `aws ec2 describe-instance-types` over all regions, and
 * the type InstanceType of EC2's API, November 2026.
 */
const families: Readonly<Record<Architecture, string>> = {
  x86_64: `
    c3 c4 c5 c5a c5ad c5d c5n c6a c6i c6id c6in c7a c7i c7i-flex c8a c8i c8i-flex c8ib c8id c8in c8ine
    d2 d3 d3en dl1 dl2q f1 f2 g3 g3s g4ad g4dn g5 g6 g6e g6f g7e gr6 gr6f h1 hpc6a hpc6id hpc7a hpc8a
    i2 i3 i3en i4i i7i i7ie inf1 inf2
    m3 m4 m5 m5a m5ad m5d m5dn m5n m5zn m6a m6i m6id m6idn m6in m7a m7i m7i-flex
    m8a m8azn m8i m8i-flex m8ib m8id m8idb m8idn m8in m8ine
    p2 p3 p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300
    r3 r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6i r6id r6idn r6in r7a r7i r7iz r8a r8i r8i-flex r8ib r8id r8idb r8idn r8in
    t2 t3 t3a trn1 trn1n trn2
    u-12tb1 u-18tb1 u-24tb1 u-3tb1 u-6tb1 u-9tb1
    u7i-12tb u7i-6tb u7i-8tb u7ib-12tb u7in-16tb u7in-24tb u7in-32tb u7inh-32tb
    vt1 x1 x1e x2idn x2iedn x2iezn x8aedz x8i z1d`,
  arm64: `
    a1 c6g c6gd c6gn c7g c7gd c7gn c8g c8gb c8gd c8gn g5g hpc7g i4g i8g i8ge im4gn is4gen
    m6g m6gd m7g m7gd m8g m8gb m8gd m8gn m9g m9gd p6e-gb200 r6g r6gd r7g r7gd r8g r8gb r8gd r8gn t4g x2gd x8g`,
};

const architectures = new Map(
  (["x86_64", "arm64"] as const).flatMap((architecture) =>
    families[architecture]
      .trim()
      .split(/\s+/)
      .map((family) => [family, architecture] as const),
  ),
);

/** All known families. */
export const instanceFamilies: readonly string[] = [...architectures.keys()];

/** The architecture of an instance type; undefined if its family is unknown. */
export function architectureOf(instanceType: string): Architecture | undefined {
  return architectures.get(familyOf(instanceType));
}

/** `t3` of `t3.2xlarge`. */
export function familyOf(instanceType: string): string {
  return instanceType.replace(/\..*/, "");
}
