-- A round that keeps to counts has the same keys in the ledger for everybody, whoever has answered: what is lacking for those who have is
-- written down by the next tick.
UPDATE "working_group" g SET "next_at" = least(g."next_at", r."opened_at")
FROM "round" r
WHERE r."group_id" = g."id" AND r."opened_at" IS NOT NULL AND r."closed_at" IS NULL AND r."terms" ->> 'anonymity' = 'counts';
