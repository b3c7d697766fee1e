/** One conversation. A message is only drawn again when it has changed, so what somebody is typing in a card stays. */

import { give, post } from './api.js';
import { platformName } from './conversations.js';
import { shortDate } from './dates.js';
import { byId, element } from './element.js';
import { showHome } from './home.js';
import { fault, notice } from './notices.js';
import { slackPieces } from './slack-controls.js';
import { teamsCard } from './teams-card.js';

/** Message id → { json, item, body }. */
let drawn = new Map();
let shown = null;
let load = () => {};

export function clearRoom() {
  drawn = new Map();
  shown = null;
  byId('messages').replaceChildren();
  // Until the conversation is known there is nobody to write as: what is sent now would go nowhere.
  byId('say-form').hidden = true;
  byId('add-form').hidden = true;
}

/** @returns how many messages of the bot are new since the conversation was opened. */
export function showRoom(view) {
  const first = shown === null;
  shown = view;
  const room = byId('room');
  room.dataset.platform = view.platform;
  byId('room-title').textContent = view.kind === 'channel' ? `# ${view.name}` : view.name;
  byId('room-note').textContent =
    view.kind === 'channel'
      ? `A ${platformName(view.platform)} channel, as its members see it`
      : `The chat with Rond in ${platformName(view.platform)}, as ${view.name} sees it`;
  showMembers(view);
  byId('say-label').textContent = view.as ? `Write to Rond as ${view.as.name}` : 'Nobody is in this channel';
  byId('say').placeholder = view.kind === 'channel' ? '@Rond' : 'help';
  byId('file-line').hidden = !view.takesFiles;
  const isHome = showHome(view, (button) => pressIn(byId('home'), view, { dialog: view.home.id }, button));
  byId('messages').hidden = isHome;
  byId('say-form').hidden = isHome || !view.added;
  byId('add-form').hidden = view.added;
  byId('nothing').hidden = isHome || view.messages.length > 0;
  byId('nothing').textContent = view.added
    ? 'Nothing here yet. Jump to the next event, or write to Rond.'
    : 'Nothing here yet.';

  const near = byId('say-form').getBoundingClientRect();
  const nearEnd = byId('messages').getBoundingClientRect().bottom < near.bottom + 160;
  const list = byId('messages');
  let news = 0;
  const items = view.messages.map((message) => {
    // The language and who acts belong to what is drawn as well.
    const json = JSON.stringify([message, view.as, view.language]);
    const known = drawn.get(message.id);
    if (known?.json === json) return known.item;
    if (!known && message.from === 'bot' && !first) news += 1;
    return draw(message, view, known, json);
  });
  for (const [at, item] of items.entries()) {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  }
  while (list.children.length > items.length) list.lastElementChild.remove();
  if (items.length > 0 && (first || (news > 0 && nearEnd))) bring(items.at(-1), 'end');
  return news;
}

function draw(message, view, known, json) {
  const mine = message.from === 'person';
  const held = known?.item.contains(document.activeElement);
  const body = element('div', { className: 'body', lang: view.language });
  const label = element(
    'p',
    { className: 'who' },
    element('b', {}, mine ? (message.by ?? (view.kind === 'person' ? view.name : 'A member')) : 'Rond'),
    mine ? null : element('span', { className: 'tag' }, 'App'),
    element('time', { dateTime: message.at }, shortDate(message.at)),
    message.replaced > 0 ? element('span', { className: 'edited' }, 'edited') : null,
    message.onlyYou ? element('span', { className: 'only' }, 'Only visible to you') : null,
  );
  const article = element(
    'article',
    { tabIndex: -1, className: `${mine ? 'mine' : 'theirs'}${message.inThread ? ' in-thread' : ''}` },
    label,
    body,
  );
  article.setAttribute('aria-label', `${mine ? 'Message to' : 'Message from'} Rond, ${shortDate(message.at)}`);
  body.append(...contents(message, view, article));
  const item = known?.item ?? element('li', {});
  item.dataset.id = message.id;
  item.replaceChildren(article);
  drawn.set(message.id, { json, item });
  // The card was replaced under somebody's hands: they go on at its beginning.
  if (held) {
    article.focus({ preventScroll: true });
    bring(item, 'nearest');
  }
  return item;
}

/** Into view; of what is taller than the window, its beginning. */
function bring(item, block) {
  const room = document.documentElement.clientHeight - 220;
  item.scrollIntoView({ block: item.offsetHeight > room ? 'start' : block });
}

function contents(message, view, article) {
  const press = (button) => pressIn(article, view, { message: message.id }, button);
  if (message.pieces) return slackPieces(message.pieces, message.id, press);
  const text = message.text ? [element('p', { className: 'text' }, message.text)] : [];
  return message.card ? [...(message.from === 'person' ? text : []), teamsCard(message.card, press)] : text;
}

async function pressIn(article, view, target, button) {
  if (!view.as || article.getAttribute('aria-busy') === 'true') return;
  article.setAttribute('aria-busy', 'true');
  try {
    const result = await post('press', { person: view.as.id, target, ...button });
    const wrong = Object.values(result.errors).filter(Boolean).join(' ');
    if (result.notice || wrong) notice(result.notice ?? wrong);
    else if (!result.ok) notice(`${platformName(view.platform)}: something went wrong. Please try again.`, 'fault');
  } catch (error) {
    fault(error);
  } finally {
    article.removeAttribute('aria-busy');
    load();
  }
}

function showMembers(view) {
  byId('as-line').hidden = view.kind !== 'channel' || view.members.length === 0;
  const select = byId('as');
  const options = JSON.stringify(view.members);
  if (select.dataset.options !== options) {
    select.replaceChildren(...view.members.map((one) => element('option', { value: one.id }, one.name)));
    select.dataset.options = options;
  }
  if (view.as) select.value = view.as.id;
}

/** @param actions chooseAs(id): who acts in a channel; load(): show what has changed. */
export function runRoom(actions) {
  load = actions.load;
  byId('as').addEventListener('change', (event) => actions.chooseAs(event.target.value));
  byId('say').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId('say-form').requestSubmit();
  });
  byId('say-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const input = byId('say');
    const text = input.value.trim();
    const files = byId('file');
    const file = shown?.takesFiles ? files.files[0] : undefined;
    if ((!text && !file) || !shown?.as) return;
    const who = { person: shown.as.id, ...(shown.kind === 'channel' ? { channel: shown.id } : {}) };
    try {
      await (file ? give({ ...who, text }, file) : post('say', { ...who, text }));
      // What was typed meanwhile stays.
      if (input.value.trim() === text) input.value = '';
      if (files.files[0] === file) files.value = '';
    } catch (error) {
      fault(error);
    }
    load();
  });
  byId('add-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    await post('channels/add', { channel: shown.id }).catch(fault);
    load();
    byId('say').focus();
  });
}
