import fc from "fast-check";
import { Address4 } from "ip-address";
import { describe, expect, it } from "vitest";
import { planSubnets, smallestPrefixFor, usableAddresses } from "../lib/aws-facts/subnets";

const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];

const vpcRange = fc
  .tuple(fc.integer({ min: 16, max: 22 }), fc.nat({ max: 0xffffffff }))
  .map(([prefix, bits]) => {
    const base = new Address4(`${Address4.fromBigInt(BigInt(bits)).correctForm()}/${prefix}`);
    return base.networkForm();
  });

const ranges = (cidr: string) => {
  const plan = planSubnets(cidr, zones);
  return { publics: Object.values(plan.public), privates: Object.values(plan.private) };
};

const address = (cidr: string) => new Address4(cidr);

describe("planSubnets", () => {
  it("lays subnets out as earlier environments have them", () => {
    expect(planSubnets("192.168.248.0/21", zones)).toEqual({
      public: {
        "us-west-2a": "192.168.248.0/25",
        "us-west-2b": "192.168.248.128/25",
        "us-west-2c": "192.168.249.0/25",
      },
      private: {
        "us-west-2a": "192.168.250.0/23",
        "us-west-2b": "192.168.252.0/23",
        "us-west-2c": "192.168.254.0/23",
      },
    });
  });

  it("carries into the second octet, which earlier tooling could not", () => {
    expect(planSubnets("10.0.0.0/16", zones).private["us-west-2c"]).toBe("10.0.192.0/18");
    expect(planSubnets("10.255.252.0/22", zones).private["us-west-2c"]).toBe("10.255.255.0/24");
  });

  it("keeps every subnet inside the VPC range", () => {
    fc.assert(
      fc.property(vpcRange, (cidr) => {
        const { publics, privates } = ranges(cidr);
        return [...publics, ...privates].every((subnet) => address(subnet).isInSubnet(address(cidr)));
      }),
    );
  });

  it("never lets two subnets overlap", () => {
    fc.assert(
      fc.property(vpcRange, (cidr) => {
        const { publics, privates } = ranges(cidr);
        const spans = [...publics, ...privates]
          .map(
            (subnet) =>
              [address(subnet).startAddress().bigInt(), address(subnet).endAddress().bigInt()] as const,
          )
          .sort(([a], [b]) => (a < b ? -1 : 1));
        return spans.every(([start], index) => index === 0 || start > spans[index - 1]![1]);
      }),
    );
  });

  it("starts every subnet at its own network address", () => {
    fc.assert(
      fc.property(vpcRange, (cidr) => {
        const { publics, privates } = ranges(cidr);
        return [...publics, ...privates].every((subnet) => address(subnet).networkForm() === subnet);
      }),
    );
  });

  it("gives every zone a public /(n+4) and a private /(n+2)", () => {
    fc.assert(
      fc.property(vpcRange, (cidr) => {
        const prefix = address(cidr).subnetMask;
        const plan = planSubnets(cidr, zones);
        expect(Object.keys(plan.public)).toEqual(zones);
        expect(Object.keys(plan.private)).toEqual(zones);
        expect(Object.values(plan.public).map((range) => address(range).subnetMask)).toEqual(
          zones.map(() => prefix + 4),
        );
        expect(Object.values(plan.private).map((range) => address(range).subnetMask)).toEqual(
          zones.map(() => prefix + 2),
        );
      }),
    );
  });
});

describe("usableAddresses", () => {
  it("leaves out the five addresses AWS reserves in each subnet", () => {
    expect(usableAddresses("192.168.248.0/25")).toBe(123);
    expect(usableAddresses("192.168.250.0/23")).toBe(507);
    expect(usableAddresses("10.0.0.0/28")).toBe(11);
  });
});

describe("smallestPrefixFor", () => {
  it("finds the longest prefix whose private subnets hold the addresses", () => {
    expect(smallestPrefixFor(1)).toBe(22);
    expect(smallestPrefixFor(3 * 251)).toBe(22);
    expect(smallestPrefixFor(3 * 251 + 1)).toBe(21);
    expect(smallestPrefixFor(3 * 16_379)).toBe(16);
  });

  it("is undefined when even a /16 is too small", () => {
    expect(smallestPrefixFor(3 * 16_379 + 1)).toBeUndefined();
  });

  it("agrees with the plan: what it promises is there, and one step smaller is not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 49_137 }), (addresses) => {
        const prefix = smallestPrefixFor(addresses)!;
        const holds = (n: number) =>
          Object.values(planSubnets(`10.0.0.0/${n}`, zones).private).reduce(
            (sum, range) => sum + usableAddresses(range),
            0,
          ) >= addresses;
        return holds(prefix) && (prefix === 22 || !holds(prefix + 1));
      }),
    );
  });
});
