-- Whoever a group was handed over to is told so, by name of whoever did it.
ALTER TABLE "working_group" ADD COLUMN "chair_at" TIMESTAMPTZ(3);
ALTER TABLE "working_group" ADD COLUMN "chair_to" TEXT;
ALTER TABLE "working_group" ADD COLUMN "chair_by" TEXT;
