/** The programs that store data in the buckets. */
export type Program = "loki" | "mimir" | "tempo";

/** The program of each bucket; the charts expect these names after the prefix. */
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

/** The bucket that is created only if tracing is enabled. */
export const tracing: Readonly<Record<string, Program>> = { "tempo-traces": "tempo" };
