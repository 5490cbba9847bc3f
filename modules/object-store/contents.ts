/** The programs that keep their data in the buckets. */
export type Program = "loki" | "mimir" | "tempo";

/** Who uses each bucket; the charts look for exactly these names behind the prefix. */
export const observability: Readonly<Record<string, Program>> = {
  "orch-loki-admin": "loki",
  "orch-loki-chunks": "loki",
  "orch-loki-ruler": "loki",
  "orch-mimir-ruler": "mimir",
  "orch-mimir-tsdb": "mimir",
  "fm-loki-admin": "loki",
  "fm-loki-chunks": "loki",
  "fm-loki-ruler": "loki",
  "fm-mimir-ruler": "mimir",
  "fm-mimir-tsdb": "mimir",
};

/** The bucket that is made only when tracing is on. */
export const tracing: Readonly<Record<string, Program>> = { "tempo-traces": "tempo" };
