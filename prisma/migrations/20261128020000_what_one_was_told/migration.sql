-- What one person was told: looked for when a message to them has not arrived.
-- CreateIndex
CREATE INDEX "delivery_group_id_member_key_idx" ON "delivery"("group_id", "member_key");
