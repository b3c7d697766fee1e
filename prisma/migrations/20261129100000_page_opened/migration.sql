-- When a page was last opened from a message: in Teams it lies in the message's place, which is then not put anew for a while.
ALTER TABLE "delivery" ADD COLUMN "page_at" TIMESTAMPTZ(3);
