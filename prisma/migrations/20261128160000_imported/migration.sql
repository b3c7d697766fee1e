-- What the group file said when it was last read: what was set in the chat stays until the file itself says something else.
ALTER TABLE "working_group" ADD COLUMN "imported" JSONB;
