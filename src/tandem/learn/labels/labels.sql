-- `maturity.label_of` for many events at once. Instants are microseconds; $seq and $at say as of when.
-- decided: seq, event_id, occurred_at, decision, excluded; told: seq, event_id, received_at, occurred_at, supersedes, refers, bad, early
WITH corrected AS (
    SELECT DISTINCT supersedes AS event_id FROM told WHERE seq <= $seq AND supersedes IS NOT NULL
),
standing AS (
    SELECT * FROM told ANTI JOIN corrected USING (event_id) WHERE seq <= $seq AND bad IS NOT NULL
),
inside AS (
    SELECT
        decided.seq AS of_seq,
        told.early,
        told.seq,
        {told_bad: told.bad, received_at: told.received_at, occurred_at: told.occurred_at} AS what
    FROM decided JOIN standing AS told ON told.refers = decided.event_id
    WHERE
        (CASE WHEN told.early THEN $early_window ELSE $told_window END) IS NULL
        OR told.occurred_at - decided.occurred_at BETWEEN 0 AND (CASE WHEN told.early THEN $early_window ELSE $told_window END)
),
last AS (
    SELECT
        of_seq,
        arg_max(what, seq) FILTER (NOT early) AS outcome,
        arg_max(what, seq) FILTER (early) AS sign
    FROM inside GROUP BY of_seq
),
aged AS (
    SELECT
        decided.*,
        last.outcome,
        coalesce(last.outcome, last.sign) AS early,
        CASE WHEN $matures IS NULL THEN last.outcome.received_at ELSE decided.occurred_at + $matures END AS ripe
    FROM decided LEFT JOIN last ON last.of_seq = decided.seq
),
judged AS (
    SELECT
        *,
        CASE
            WHEN excluded IS NOT NULL THEN 'excluded'
            WHEN outcome IS NULL AND decision IS NOT DISTINCT FROM 'decline' THEN 'declined'
            WHEN ripe IS NULL OR $at < ripe THEN
                CASE
                    WHEN early IS NOT NULL THEN 'provisional'
                    WHEN $matures IS NULL THEN 'unknown'
                    ELSE 'immature'
                END
            WHEN outcome IS NOT NULL THEN 'mature'
            WHEN $good_when_silent AND (decision IS NULL OR decision = 'approve') THEN 'mature'
            ELSE 'unknown'
        END AS label_state
    FROM aged
)
SELECT
    seq,
    label_state,
    CASE label_state
        WHEN 'mature' THEN coalesce(outcome.told_bad, FALSE)
        WHEN 'provisional' THEN early.told_bad
    END AS bad,
    CASE label_state
        WHEN 'mature' THEN greatest(ripe, coalesce(outcome.received_at, ripe))
        WHEN 'provisional' THEN early.received_at
    END AS label_known_at,
    -- The same in event time: when the label could have been known, had everything been told at once.
    CASE label_state
        WHEN 'mature' THEN greatest(
            coalesce(outcome.occurred_at, occurred_at), CASE WHEN $matures IS NULL THEN occurred_at ELSE ripe END
        )
    END AS label_settled_at,
    CASE label_state WHEN 'excluded' THEN excluded END AS label_reason,
    -- What was told last, trusted or not: how late it came is what an arrival curve is made of.
    outcome.told_bad AS told_bad,
    outcome.received_at AS told_received_at,
    outcome.occurred_at AS told_occurred_at
FROM judged
ORDER BY seq
