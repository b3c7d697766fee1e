-- In a round that keeps to counts everybody counts where they did when they were asked.
ALTER TABLE "assignment" ADD COLUMN "constituency" TEXT;
