-- A key is a name, not a word of any language: in the order of its letters' codes what begins alike stands together, and is read, or passed over, at once.
ALTER TABLE "delivery" ALTER COLUMN "key" TYPE TEXT COLLATE "C";
