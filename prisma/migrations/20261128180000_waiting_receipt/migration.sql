-- The revision whose receipt was planned last. Of what is there, none is taken to wait: the next answer plans one as before.
ALTER TABLE "assignment" ADD COLUMN "receipt" INTEGER NOT NULL DEFAULT 0;
