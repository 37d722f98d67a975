/** What a training says of a model on a set of rows; the API passes it on as it is. */
export interface Figures {
  rows: number;
  bads: number;
  auc: { value: number; low: number; high: number };
  gini: number;
  ks: number;
  average_precision: number;
  brier: number;
  log_loss: number;
  calibration: { ece: number; ratio: number; slope: number | null; intercept: number | null; table: { count: number; mean_probability: number; bad_rate: number }[] };
  gains: { rows: number; bads: number; bad_rate: number; lift: number; cumulative_bads_share: number; cumulative_lift: number }[];
  curve: { flagged: number; recall: number; false_positive_rate: number; precision: number }[];
}
