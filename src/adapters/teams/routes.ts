import { Application } from '@microsoft/teams-ai/lib/Application.js';
import { TurnState } from '@microsoft/teams-ai/lib/TurnState.js';
import type { TurnContext } from 'botbuilder';
import type { Inbox, Reply } from '../../ports/chat.ts';
import { answerInvoke, invokeBody, privately, sorry } from './answers.ts';
import type { ContactBook } from './contact-book.ts';
import { filesIn } from './files.ts';
import { channelOf, eventOf, type Inbound, identityOf, mentionsIn, spokenTo, tenantOf, whereOf } from './inbound.ts';
import type { Log } from './options.ts';
import { messageOf, messageWith, type Outbound } from './outbound.ts';
import { pastedLines } from './pasted.ts';
import { presencesOf } from './presence.ts';
import { pressedMessage, submissionOf } from './submission.ts';
import { wordsFor } from './words.ts';

/** The library insists on a state for each turn; ours remembers nothing and touches no storage. */
class NoState extends TurnState {
  readonly #temp = { input: '', inputFiles: [], lastOutput: '', actionOutputs: {}, authTokens: {} };
  override async load(): Promise<boolean> {
    return true;
  }
  override async save(): Promise<void> {}
  override get temp() {
    return this.#temp;
  }
  override get user() {
    return {};
  }
}

export type Parts = { inbox: Inbox; book: ContactBook; outbound: Outbound; log?: Log | undefined };

/** The gate has parsed the activity; the SDK carries it along under its own type. */
const activityOf = (context: TurnContext) => context.activity as unknown as Inbound;

async function onExecute(context: TurnContext, { inbox, book, outbound, log }: Parts): Promise<void> {
  const activity = activityOf(context);
  const submission = submissionOf(activity);
  if ('unknown' in submission) return onUnknown(context, submission.unknown);
  const kept = book.keep(activity);
  try {
    const reply = await inbox.act(submission);
    await answerInvoke(context, invokeBody(reply));
    // The card in the answer is gone when the client is opened anew; what ended is put into the message itself.
    if (reply.do === 'finish' && !reply.recorded && submission.message && submission.where === 'personal') {
      void outbound.replace(submission.message, messageWith(reply.card));
    }
  } catch (error) {
    log?.error({ err: error, verb: submission.verb }, 'a Teams action was not stored');
    await answerInvoke(context, sorry(503, 'ServiceUnavailable', wordsFor('try-again', activity.locale)));
  }
  await kept;
}

async function onUnknown(context: TurnContext, what: 'person' | 'action'): Promise<void> {
  const { locale } = activityOf(context);
  await answerInvoke(
    context,
    what === 'person'
      ? privately(wordsFor('unknown-person', locale))
      : sorry(400, 'BadRequest', wordsFor('unknown-action', locale)),
  );
}

/** Clients that know no Action.Execute send a message; the answer then has to be made by requests of our own. */
async function onSubmit(context: TurnContext, parts: Parts): Promise<void> {
  const activity = activityOf(context);
  const submission = submissionOf(activity);
  await parts.book.keep(activity);
  if ('unknown' in submission) {
    const what = submission.unknown === 'person' ? 'unknown-person' : 'unknown-action';
    return sayInPersonal(activity, wordsFor(what, activity.locale), parts);
  }
  let reply: Reply;
  try {
    reply = await parts.inbox.act(submission);
  } catch (error) {
    // Teams shows nothing of an answer to a message, and sends it no second time: the person has to be told.
    parts.log?.error({ err: error, verb: submission.verb }, 'a Teams action was not stored');
    return tell(activity, { do: 'notice', text: wordsFor('try-again', activity.locale) }, parts);
  }
  const message = pressedMessage(activity);
  if (reply.do === 'nothing') return;
  if (reply.do === 'notice' || !message) return tell(activity, reply, parts);
  // What one person opens from a channel's message must not take its place for everybody.
  if (submission.where === 'channel' && submission.values.dialog === '1') {
    await parts.outbound.send(submission.who, messageWith(reply.card));
    return;
  }
  await parts.outbound.replace(message, messageWith(reply.card));
}

/** To whoever cannot be told from others: only where nobody else reads it. */
async function sayInPersonal(activity: Inbound, text: string, { outbound }: Parts): Promise<void> {
  const tenant = tenantOf(activity);
  if (!tenant || whereOf(activity) !== 'personal') return;
  await outbound.reply(tenant, activity.conversation.id, activity.serviceUrl, messageOf(text));
}

/** As a message where the person is; a notice that was asked for in a channel goes to the person's own chat. */
async function tell(activity: Inbound, reply: Reply, { outbound }: Parts): Promise<void> {
  const tenant = tenantOf(activity);
  const who = identityOf(activity);
  if (reply.do === 'nothing' || !tenant || !who) return;
  const message = reply.do === 'notice' ? messageOf(reply.text) : messageWith(reply.card);
  if (reply.do === 'notice' && whereOf(activity) === 'channel') {
    await outbound.send(who, message);
    return;
  }
  await outbound.reply(tenant, activity.conversation.id, activity.serviceUrl, message);
}

async function onMessage(context: TurnContext, parts: Parts): Promise<void> {
  const activity = activityOf(context);
  await parts.book.keep(activity);
  const where = whereOf(activity);
  const { text, lines, mentioned } = spokenTo(activity);
  if (where === 'channel' && !mentioned) return;
  const who = identityOf(activity);
  const tenant = tenantOf(activity);
  if (!who || !tenant) {
    const sorryText = messageOf(wordsFor('unknown-person', activity.locale));
    if (tenant) await parts.outbound.reply(tenant, activity.conversation.id, activity.serviceUrl, sorryText);
    return;
  }
  const reply = await parts.inbox.command({
    who,
    text,
    lines: pastedLines(activity.attachments) ?? lines,
    mentions: mentionsIn(activity),
    files: filesIn(activity.attachments, tenant),
    event: eventOf(activity),
    where,
    channel: channelOf(activity),
    locale: activity.locale ?? null,
  });
  await tell(activity, reply, parts);
  if (where === 'personal') await parts.outbound.learn(tenant, who.user, activity.conversation.id);
}

async function onPresence(context: TurnContext, { inbox, book }: Parts): Promise<void> {
  const activity = activityOf(context);
  await book.keep(activity);
  for (const presence of presencesOf(activity)) await inbox.presence(presence);
}

/** Which activity goes where. Routing is all that is taken from the library. */
export function routesTo(parts: Parts): Application<NoState> {
  const app = new Application<NoState>({
    turnStateFactory: () => new NoState(),
    startTypingTimer: false,
    removeRecipientMention: false,
    longRunningMessages: false,
  });
  const carriesValue = async (context: TurnContext) => {
    const { type, text, value } = context.activity;
    return type === 'message' && !text && typeof value === 'object' && value !== null;
  };
  app.adaptiveCards.actionExecute(/[\s\S]/, async (context) => {
    await onExecute(context, parts);
    // Never used: the invoke has been answered above.
    return '';
  });
  app.adaptiveCards.actionSubmit(carriesValue, (context) => onSubmit(context, parts) as Promise<never>);
  app.activity('invoke', (context) => onUnknown(context, 'action'));
  app.activity('message', (context) => onMessage(context, parts));
  app.activity(['installationUpdate', 'conversationUpdate'], (context) => onPresence(context, parts));
  return app;
}
