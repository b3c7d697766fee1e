import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Card, Reply, Submission } from '../../../src/ports/chat.ts';
import { cardWith } from '../../contracts/chat-platform.ts';
import { type RecordingInbox, recordingInbox } from '../../support/inbox.ts';
import { type SlackBench, slackBench } from './bench.ts';
import { post, press } from './raw.ts';

const note = (more: object = {}) => ({
  type: 'Input.Text',
  id: 'comment:nurse',
  label: 'Comment',
  isMultiline: true,
  ...more,
});
const level = {
  type: 'Input.ChoiceSet',
  id: 'now:nurse',
  label: 'Today',
  style: 'expanded',
  isRequired: true,
  choices: [
    { title: 'Holds', value: 'sustainable' },
    { title: 'Shortage', value: 'shortage' },
  ],
};
const page = (text: string, number: string, ...inputs: object[]): Card => ({
  ...cardWith(
    text,
    [
      { verb: 'rate.page', title: 'Save', data: { ref: 'a-1', page: number } },
      { verb: 'rate.back', title: 'Back', data: { ref: 'a-1', page: number } },
    ],
    (inputs.length > 0 ? inputs : [level, note()]) as Record<string, unknown>[],
  ),
  actions: [
    { type: 'Action.Execute', verb: 'rate.back', title: 'Back', data: { ref: 'a-1', page: number } },
    { type: 'Action.Execute', verb: 'rate.page', title: 'Save', style: 'positive', data: { ref: 'a-1', page: number } },
  ],
});
const invitation = (text: string) =>
  cardWith(text, [{ verb: 'rate.open', title: 'Rate', data: { ref: 'a-1', dialog: '1' } }]);

let inbox: RecordingInbox;
let bench: SlackBench;
let user: string;
/** Runs instead of the recording inbox's answer, when set. */
let act: ((submission: Submission) => Promise<Reply>) | null = null;

beforeAll(async () => {
  inbox = recordingInbox();
  bench = await slackBench({
    ...inbox,
    act: async (one) => {
      if (!act) return inbox.act(one);
      inbox.submissions.push(one);
      return act(one);
    },
  });
  user = bench.person.user;
});
afterAll(() => bench.close());
beforeEach(() => {
  inbox.clear();
  act = null;
});
afterEach(() => {
  while (bench.wire.dialog(user)) bench.wire.closeDialog(user);
});

async function send(card: Card): Promise<string> {
  const { platform, tenant } = bench.person;
  const outcome = await bench.chat.send({ platform, tenant, user }, { card, key: crypto.randomUUID() });
  if (outcome.is !== 'sent') throw new Error(JSON.stringify(outcome));
  return outcome.reference.message;
}

async function openPage(card: Card): Promise<{ message: string; dialog: string }> {
  const message = await send(invitation('You are invited'));
  inbox.answer({ do: 'show', card });
  const result = await bench.wire.press(user, { message }, { verb: 'rate.open' });
  expect(result.ok).toBe(true);
  const dialog = bench.wire.dialog(user)?.id ?? '';
  expect(bench.wire.buttons(user, { dialog }).at(-1)?.verb).toBe('submit');
  inbox.clear();
  return { message, dialog };
}
const submit = (dialog: string, inputs: Record<string, string>) =>
  bench.wire.press(user, { dialog }, { verb: 'submit' }, inputs);
const shows = (text: string) => JSON.stringify(bench.wire.dialog(user)?.view ?? null).includes(text);
const methods = (since: number) =>
  bench.wire
    .calls()
    .slice(since)
    .map((call) => call.method);

test('what does not keep to the card’s own rules is refused beside its field, and not asked about', async () => {
  const rule = { regex: '^[A-Z]{3}$', errorMessage: 'Three capitals.' };
  const { dialog } = await openPage(page('Rules', '1', note(rule)));
  expect(await submit(dialog, { 'comment:nurse': 'abc' })).toMatchObject({ ok: true });
  expect(JSON.stringify(bench.wire.dialog(user))).toContain('Three capitals.');
  expect(inbox.submissions).toEqual([]);
  inbox.answer({ do: 'show', card: page('Page two', '2') });
  await submit(dialog, { 'comment:nurse': 'ABC' });
  expect(inbox.submissions).toMatchObject([{ values: { 'comment:nurse': 'ABC' } }]);
});

describe('opening', () => {
  test('the modal is open before the product has answered, and filled after', async () => {
    const message = await send(invitation('Open first'));
    const since = bench.wire.calls().length;
    let openWhenAnswered: string[] = [];
    act = async () => {
      await vi.waitFor(() => expect(bench.wire.dialog(user)).not.toBeNull());
      openWhenAnswered = methods(since);
      expect(bench.wire.buttons(user, { dialog: bench.wire.dialog(user)?.id ?? '' })).toEqual([]);
      return { do: 'show', card: page('Page one', '1') };
    };
    const result = await bench.wire.press(user, { message }, { verb: 'rate.open' });
    expect(result).toMatchObject({ ok: true, status: 200 });
    expect(openWhenAnswered).toEqual(['views.open']);
    expect(methods(since)).toEqual(['views.open', 'views.update']);
    expect(shows('Page one')).toBe(true);
  });

  test('a product slower than a trigger lives still gets its page shown', async () => {
    const message = await send(invitation('Slow'));
    act = async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_300));
      return { do: 'show', card: page('At last', '1') };
    };
    const result = await bench.wire.press(user, { message }, { verb: 'rate.open' });
    expect(result.ok).toBe(true);
    expect(shows('At last')).toBe(true);
  });

  test('a dead trigger: the person is told to press again', async () => {
    const { tenant } = bench.person;
    const { signingSecret } = bench.wire.credentials();
    await post(
      bench.url,
      signingSecret,
      press(tenant, {
        trigger_id: 'long-gone',
        channel: { id: `D${user}` },
        actions: [
          {
            type: 'button',
            action_id: 'o',
            action_ts: '9.9',
            value: JSON.stringify({ verb: 'o', values: { dialog: '1' } }),
          },
        ],
      }),
    );
    await vi.waitFor(() =>
      expect(bench.wire.personal(user).at(-1)).toMatchObject({
        onlyFor: user,
        text: expect.stringContaining('once more'),
      }),
    );
    expect(bench.wire.dialog(user)).toBeNull();
  });

  test.each(['notice', 'reject'] as const)('%s: said in the opened modal, the message stays', async (how) => {
    const message = await send(invitation(`Stays ${how}`));
    if (how === 'notice') inbox.answer({ do: 'notice', text: 'The survey is closed & over' });
    else inbox.fail(1);
    const result = await bench.wire.press(user, { message }, { verb: 'rate.open' });
    expect(result.notice).toContain(how === 'notice' ? 'The survey is closed & over' : 'could not be saved');
    expect(bench.wire.personal(user).find((shown) => shown.id === message)?.replaced).toBe(0);
  });

  test('a card with inputs, sent as a message, waits behind Answer without asking the product', async () => {
    const message = await send(page('Fill me in', '1'));
    expect(bench.wire.buttons(user, { message }).map((button) => button.label)).toEqual(['Fill in']);
    await bench.wire.press(user, { message }, { verb: 'rond.answer' });
    expect(inbox.submissions).toEqual([]);
    expect(shows('comment:nurse')).toBe(true);
  });
});

describe('handing in', () => {
  test('one submission: flat values, the message it began in, and the next page in the same modal', async () => {
    const { message, dialog } = await openPage(page('Page one', '1'));
    inbox.answer({ do: 'show', card: page('Page two', '2') });
    const result = await submit(dialog, { 'now:nurse': 'shortage', 'comment:nurse': 'Få sökande' });
    expect(result).toMatchObject({ ok: true, errors: {} });
    expect(inbox.submissions).toHaveLength(1);
    expect(inbox.submissions[0]).toMatchObject({
      who: { platform: 'slack', tenant: bench.person.tenant, user },
      verb: 'rate.page',
      where: 'personal',
      message: { conversation: `D${user}`, message },
    });
    expect(inbox.submissions[0]?.values).toEqual({
      ref: 'a-1',
      page: '1',
      'now:nurse': 'shortage',
      'comment:nurse': 'Få sökande',
    });
    expect(bench.wire.dialog(user)?.id).toBe(dialog);
    expect(shows('Page two')).toBe(true);
  });

  test('a required input left empty: Slack says so, nothing is sent', async () => {
    const { dialog } = await openPage(page('Page one', '1'));
    const result = await submit(dialog, { 'comment:nurse': 'no level' });
    expect(result.errors['now:nurse']).toBeTruthy();
    expect(inbox.submissions).toEqual([]);
  });

  test('refuse: beside the field, what was typed stays, and the corrected page is another event', async () => {
    const { dialog } = await openPage(page('Page one', '1'));
    inbox.answer({ do: 'refuse', card: page('Page one', '1'), errors: { 'comment:nurse': 'Say why' } });
    const refused = await submit(dialog, { 'now:nurse': 'shortage' });
    expect(refused).toMatchObject({ ok: true, errors: { 'comment:nurse': 'Say why' } });
    inbox.answer({ do: 'show', card: page('Page two', '2') });
    await submit(dialog, { 'comment:nurse': 'Because' });
    expect(inbox.submissions[1]?.values).toMatchObject({ 'now:nurse': 'shortage', 'comment:nurse': 'Because' });
    expect(new Set(inbox.submissions.map((one) => one.event)).size).toBe(2);
    expect(shows('Page two')).toBe(true);
  });

  test('refuse about something the page does not ask: the page is shown anew', async () => {
    const { dialog } = await openPage(page('Page one', '1'));
    const card = page('Two roles are missing', '1');
    inbox.answer({ do: 'refuse', card, errors: { 'comment:nurse': 'Say why', 'now:doctor': 'Missing' } });
    const refused = await submit(dialog, { 'now:nurse': 'shortage' });
    expect(refused).toMatchObject({ ok: true, errors: {} });
    expect(shows('Two roles are missing')).toBe(true);
  });

  test('finish: the modal goes, the message it came from shows the end', async () => {
    const { message, dialog } = await openPage(page('Page one', '1'));
    inbox.answer({ do: 'finish', card: cardWith('Thank you') });
    const result = await submit(dialog, { 'now:nurse': 'shortage', 'comment:nurse': 'x' });
    expect(result.ok).toBe(true);
    expect(bench.wire.dialog(user)).toBeNull();
    const shown = bench.wire.personal(user).find((one) => one.id === message);
    expect(shown?.replaced).toBe(1);
    expect(JSON.stringify(shown?.blocks)).toContain('Thank you');
  });

  test('finish, while Slack is busy: the message shows the end all the same, once', async () => {
    const { message, dialog } = await openPage(page('Page one', '1'));
    inbox.answer({ do: 'finish', card: cardWith('Thank you, at last') });
    bench.wire.fault({ on: 'replace', how: 'status', status: 429, after: false, headers: { 'retry-after': '1' } });
    bench.wire.fault({ on: 'replace', how: 'status', status: 503, after: false });
    await submit(dialog, { 'now:nurse': 'shortage' });
    const shown = () => bench.wire.personal(user).find((one) => one.id === message);
    await vi.waitFor(() => expect(shown()).toMatchObject({ replaced: 1, text: 'Thank you, at last' }), 5_000);
  });

  test('notice: said in the modal; nothing: the modal goes', async () => {
    const first = await openPage(page('Page one', '1'));
    inbox.answer({ do: 'notice', text: 'The survey closed while you wrote' });
    const told = await submit(first.dialog, { 'now:nurse': 'shortage' });
    expect(told.notice).toBe('The survey closed while you wrote');
    const second = await openPage(page('Page one', '1'));
    inbox.answer({ do: 'nothing' });
    await submit(second.dialog, { 'now:nurse': 'shortage' });
    expect(bench.wire.dialog(user)).toBeNull();
  });

  test('nothing could be stored: said beside the first field, and the same page can be handed in again', async () => {
    const { dialog } = await openPage(page('Page one', '1'));
    inbox.fail(1);
    const failed = await submit(dialog, { 'now:nurse': 'shortage', 'comment:nurse': 'kept' });
    expect(failed.errors['now:nurse']).toContain('Nothing is lost');
    inbox.answer({ do: 'show', card: page('Page two', '2') });
    await submit(dialog, {});
    expect(inbox.submissions[1]?.values).toMatchObject({ 'now:nurse': 'shortage', 'comment:nurse': 'kept' });
    expect(shows('Page two')).toBe(true);
  });

  test('a product slower than Slack waits: acknowledged in time, the page comes after', async () => {
    const { dialog } = await openPage(page('Page one', '1'));
    act = async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_200));
      return { do: 'show', card: page('Page two', '2') };
    };
    const result = await submit(dialog, { 'now:nurse': 'shortage' });
    expect(result).toMatchObject({ ok: true, status: 200 });
    expect(shows('Page two')).toBe(true);
  });
});

describe('buttons in the modal', () => {
  test('Back takes what is typed along and changes the page', async () => {
    const { dialog } = await openPage(page('Page two', '2'));
    inbox.answer({ do: 'show', card: page('Page one', '1') });
    await bench.wire.press(user, { dialog }, { verb: 'rate.back' }, { 'comment:nurse': 'half done' });
    expect(inbox.submissions[0]).toMatchObject({ verb: 'rate.back' });
    expect(inbox.submissions[0]?.values).toMatchObject({ page: '2', 'comment:nurse': 'half done' });
    expect(shows('Page one')).toBe(true);
    expect(bench.wire.dialog(user)?.id).toBe(dialog);
  });

  test('a notice lies above the page, which keeps what was typed', async () => {
    const { dialog } = await openPage(page('Page two', '2'));
    inbox.answer({ do: 'notice', text: 'This is the first page' });
    const result = await bench.wire.press(user, { dialog }, { verb: 'rate.back' }, { 'comment:nurse': 'kept' });
    expect(result.notice).toBe('This is the first page');
    bench.wire.closeDialog(user);
    expect(bench.wire.dialog(user)?.id).toBe(dialog);
    inbox.answer({ do: 'nothing' });
    await submit(dialog, { 'now:nurse': 'shortage' });
    expect(inbox.submissions.at(-1)?.values['comment:nurse']).toBe('kept');
  });
});

describe('/rond', () => {
  test('is acknowledged at once and answered to this person only', async () => {
    inbox.answer({ do: 'show', card: cardWith('Here is the plan') });
    expect(await bench.wire.slash(user, 'plan  <nu> & sen', bench.channel.id)).toBe(200);
    expect(inbox.commands[0]).toMatchObject({ text: 'plan <nu> & sen', where: 'personal', channel: bench.channel.id });
    expect(bench.wire.channel(bench.channel.id).at(-1)).toMatchObject({ onlyFor: user, text: 'Here is the plan' });
  });

  test('a button in that answer replaces the answer, through its response URL', async () => {
    inbox.answer({ do: 'show', card: cardWith('My surveys', [{ verb: 'x.y', title: 'Go', data: { ref: 'r' } }]) });
    await bench.wire.slash(user, 'enkäter', bench.channel.id);
    const message = bench.wire.channel(bench.channel.id).at(-1)?.id ?? '';
    inbox.answer({ do: 'finish', card: cardWith('All done') });
    await bench.wire.press(user, { message }, { verb: 'x.y' });
    expect(inbox.submissions[0]?.message).toBeNull();
    expect(bench.wire.channel(bench.channel.id).at(-1)).toMatchObject({ id: message, replaced: 1, text: 'All done' });
  });

  test('a card with inputs opens as a modal', async () => {
    inbox.answer({ do: 'show', card: page('Page one', '1') });
    await bench.wire.slash(user, 'svara');
    expect(shows('Page one')).toBe(true);
  });

  test('when the product cannot answer, the person is told', async () => {
    inbox.fail(1);
    await bench.wire.slash(user, 'plan');
    expect(bench.wire.personal(user).at(-1)).toMatchObject({
      onlyFor: user,
      text: expect.stringContaining('not be saved'),
    });
  });
});
