-- The secret address of a calendar feed, as its hash: one for a group, one for a person.
CREATE TABLE "calendar_link" (
    "hash" TEXT NOT NULL,
    "group_id" UUID,
    "platform" TEXT,
    "tenant" TEXT,
    "user_id" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_link_pkey" PRIMARY KEY ("hash"),
    CONSTRAINT "calendar_link_whose" CHECK (num_nonnulls("platform", "tenant", "user_id") = CASE WHEN "group_id" IS NULL THEN 3 ELSE 0 END)
);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_link_group_id_key" ON "calendar_link"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_link_platform_tenant_user_id_key" ON "calendar_link"("platform", "tenant", "user_id");

-- AddForeignKey
ALTER TABLE "calendar_link" ADD CONSTRAINT "calendar_link_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the addresses of pictures are signed with: one for all processes, made once.
INSERT INTO "setting" ("key", "value") VALUES ('picture-key', to_jsonb(gen_random_uuid()::text || gen_random_uuid()::text));
