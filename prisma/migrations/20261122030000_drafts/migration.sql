-- Starting a group in chat: the channels Rond is in, and timetables on their way into a group.

-- CreateTable
CREATE TABLE "place" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "name" TEXT,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "greeted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "place_pkey" PRIMARY KEY ("platform","tenant","channel")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "channel" TEXT,
    "group_key" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'open',
    "event" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "base" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "draft_event_key" ON "draft"("event");

-- CreateIndex
CREATE INDEX "draft_platform_tenant_user_id_created_at_idx" ON "draft"("platform", "tenant", "user_id", "created_at");

-- CreateIndex
CREATE INDEX "draft_platform_tenant_channel_created_at_idx" ON "draft"("platform", "tenant", "channel", "created_at");
