-- Steering: what a convenor sets for a round, who is away, what waits, the audit, councils.

-- AlterTable
ALTER TABLE "activity" ADD COLUMN     "added" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "substitute" TEXT;

-- AlterTable
ALTER TABLE "round" ADD COLUMN     "approved_at" TIMESTAMPTZ(3),
ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3),
ADD COLUMN     "nudged_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "reopened" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "resumed_at" TIMESTAMPTZ(3),
ADD COLUMN     "terms" JSONB,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "working_group" ADD COLUMN     "council_key" TEXT,
ADD COLUMN     "quiet_from" TEXT NOT NULL DEFAULT '17:00',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "weekly_cap" INTEGER;

-- CreateTable
CREATE TABLE "council" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "channel_name" TEXT NOT NULL,
    "told_until" TIMESTAMPTZ(3),

    CONSTRAINT "council_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "group_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "field" TEXT,
    "before" TEXT,
    "after" TEXT,
    "version" INTEGER,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "away" (
    "member_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" DATE NOT NULL,
    "substitute" TEXT,

    CONSTRAINT "away_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "snooze" (
    "member_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" DATE NOT NULL,

    CONSTRAINT "snooze_pkey" PRIMARY KEY ("member_id","subject")
);

-- CreateIndex
CREATE INDEX "audit_group_id_id_idx" ON "audit"("group_id", "id");

-- CreateIndex
CREATE INDEX "working_group_council_key_idx" ON "working_group"("council_key");

-- AddForeignKey
ALTER TABLE "working_group" ADD CONSTRAINT "working_group_council_key_fkey" FOREIGN KEY ("council_key") REFERENCES "council"("key") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit" ADD CONSTRAINT "audit_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "working_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "away" ADD CONSTRAINT "away_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snooze" ADD CONSTRAINT "snooze_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
