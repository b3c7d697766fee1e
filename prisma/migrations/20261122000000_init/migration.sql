-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "working_group" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "language" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "hour" TEXT NOT NULL,
    "periods" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "told_group" TIMESTAMPTZ(3),
    "told_steering" TIMESTAMPTZ(3),

    CONSTRAINT "working_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "constituency" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member_identity" (
    "member_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "member_identity_pkey" PRIMARY KEY ("member_id","platform","tenant")
);

-- CreateTable
CREATE TABLE "channel" (
    "group_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("group_id","purpose")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "owners_all" BOOLEAN NOT NULL,
    "owners" TEXT[],
    "unknown_owners" TEXT[],
    "due" JSONB NOT NULL,
    "ongoing" BOOLEAN NOT NULL,
    "optional" BOOLEAN NOT NULL,
    "links" TEXT[],
    "instrument" TEXT,
    "parked" BOOLEAN NOT NULL DEFAULT false,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "activity_key" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "catalogue" TEXT NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "round_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "draft" JSONB NOT NULL DEFAULT '{}',
    "answers" JSONB NOT NULL DEFAULT '{}',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "submitted_at" TIMESTAMPTZ(3),
    "extended_to" TIMESTAMPTZ(3),

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "id" BIGSERIAL NOT NULL,
    "assignment_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "given" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_update" (
    "id" BIGSERIAL NOT NULL,
    "group_id" UUID NOT NULL,
    "activity_key" TEXT NOT NULL,
    "due_key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "new_date" DATE,
    "by" TEXT,
    "event" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_update_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change" (
    "id" BIGSERIAL NOT NULL,
    "group_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "activity" TEXT,
    "facts" JSONB NOT NULL,
    "by" TEXT,

    CONSTRAINT "change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "group_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "member_key" TEXT,
    "channel" TEXT,
    "about" JSONB NOT NULL,
    "platform" TEXT,
    "lane" TEXT,
    "address" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" INTEGER,
    "not_before" TIMESTAMPTZ(3),
    "intent_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "reference" JSONB,
    "reason" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_event" (
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbound_event_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "contact" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "conversation" TEXT,
    "service_url" TEXT,
    "account" TEXT,
    "locale" TEXT,
    "time_zone" TEXT,
    "blocked" TEXT,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("platform","tenant","id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "working_group_key_key" ON "working_group"("key");

-- CreateIndex
CREATE INDEX "working_group_next_at_idx" ON "working_group"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "member_group_id_key_key" ON "member"("group_id", "key");

-- CreateIndex
CREATE INDEX "member_identity_platform_tenant_user_id_idx" ON "member_identity"("platform", "tenant", "user_id");

-- CreateIndex
CREATE INDEX "channel_platform_tenant_id_idx" ON "channel"("platform", "tenant", "id");

-- CreateIndex
CREATE UNIQUE INDEX "activity_group_id_key_key" ON "activity"("group_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "round_group_id_key_key" ON "round"("group_id", "key");

-- CreateIndex
CREATE INDEX "assignment_member_id_idx" ON "assignment"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_round_id_member_id_key" ON "assignment"("round_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "submission_event_key" ON "submission"("event");

-- CreateIndex
CREATE INDEX "submission_assignment_id_idx" ON "submission"("assignment_id");

-- CreateIndex
CREATE UNIQUE INDEX "status_update_event_key" ON "status_update"("event");

-- CreateIndex
CREATE INDEX "status_update_group_id_activity_key_due_key_id_idx" ON "status_update"("group_id", "activity_key", "due_key", "id");

-- CreateIndex
CREATE INDEX "change_group_id_at_idx" ON "change"("group_id", "at");

-- CreateIndex
CREATE INDEX "delivery_state_lane_due_at_idx" ON "delivery"("state", "lane", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_group_id_key_key" ON "delivery"("group_id", "key");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_identity" ADD CONSTRAINT "member_identity_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "status_update" ADD CONSTRAINT "status_update_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;


