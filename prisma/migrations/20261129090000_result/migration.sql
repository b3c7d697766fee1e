-- What was posted of a round that has closed stays as it was posted: a list of all of it shows the same figures for ever.
CREATE TABLE "result" (
    "round_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "result_pkey" PRIMARY KEY ("round_id", "nth")
);

ALTER TABLE "result" ADD CONSTRAINT "result_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;
