/** An event to try a fresh workspace with, as the starter's event types describe it. */
export const EXAMPLE_EVENT = {
  event_id: "app-1",
  event_type: "application",
  occurred_at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  values: { person: "p-1", device: "d-1", amount_minor: 120_000, term_months: 12, income_minor: 900_000, age: 34 },
};
