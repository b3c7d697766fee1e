-- What an activity's collection asks about, when it is not the usual catalogue.
ALTER TABLE "activity" ADD COLUMN "catalogue" TEXT;

-- When somebody who could not be reached can be again; cleared once what waited for them has been looked through.
ALTER TABLE "contact" ADD COLUMN "returned_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "contact_returned_at_idx" ON "contact"("returned_at");
