-- By which addresses somebody who has written to Rond may be named. Whoever wrote before is asked about with their next message.
ALTER TABLE "contact" ADD COLUMN "addresses" TEXT;
