-- CreateTable
CREATE TABLE "slack_installation" (
    "id" TEXT NOT NULL,
    "team" TEXT,
    "enterprise" TEXT,
    "bot_token" TEXT NOT NULL,
    "bot_user" TEXT NOT NULL,
    "bot" TEXT NOT NULL,
    "scopes" TEXT[],
    "installed_by" TEXT NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "slack_installation_pkey" PRIMARY KEY ("id")
);
