-- Two journals' worth of events as views: `accounts` (Taiwan, months 2005-04 to 2005-09) and `payments`.
-- late_us is how late an event of the view may arrive.
CREATE TABLE taiwan AS SELECT * FROM read_csv('$TAIWAN');

CREATE VIEW months AS
SELECT ID::BIGINT AS account_number, LIMIT_BAL::BIGINT * 100 AS limit_minor, month, bill::BIGINT * 100 AS bill_minor,
    repaid::BIGINT * 100 AS amount_minor, status::BIGINT AS months_overdue
FROM taiwan, LATERAL (VALUES
    (9, BILL_AMT1, PAY_AMT1, PAY_0), (8, BILL_AMT2, PAY_AMT2, PAY_2), (7, BILL_AMT3, PAY_AMT3, PAY_3),
    (6, BILL_AMT4, PAY_AMT4, PAY_4), (5, BILL_AMT5, PAY_AMT5, PAY_5), (4, BILL_AMT6, PAY_AMT6, PAY_6)
) AS panel(month, bill, repaid, status);

CREATE VIEW accounts AS
SELECT account_number, 's' || account_number || '-' || month AS event_id, 'statement' AS event_type,
    epoch_us(make_timestamp(2005, month, 5, 0, 0, 0)) + (hash(account_number) % 432000000000)::BIGINT AS occurred_at,
    format('{:032x}', account_number) AS account, bill_minor, limit_minor, months_overdue, NULL::BIGINT AS amount_minor,
    1728000000000 AS late_us
FROM months
UNION ALL
SELECT account_number, 'r' || account_number || '-' || month, 'repayment',
    epoch_us(make_timestamp(2005, month, 12, 0, 0, 0)) + (hash(account_number + month) % 1296000000000)::BIGINT,
    format('{:032x}', account_number), NULL, NULL, NULL, amount_minor, 1728000000000
FROM months;

CREATE VIEW payments AS
SELECT c, 'p' || id AS event_id, 'card_payment' AS event_type, t::BIGINT AS occurred_at,
    format('{:032x}', c::BIGINT) AS card, format('{:032x}', m::BIGINT + 1000000) AS merchant, a AS amount_minor,
    14400000000 AS late_us
FROM ($PAYMENTS);
