/** The list of channels and members. Links are kept from one showing to the next, so focus stays where it is. */

import { byId, element } from './element.js';

const platformNames = { teams: 'Teams', slack: 'Slack' };
export const platformName = (platform) => platformNames[platform];

const links = new Map();

/** @param current id of the open conversation, or null. */
export function showConversations({ channels, people }, current) {
  fill(byId('channels'), channels, 'channel', current);
  fill(byId('people'), people, 'person', current);
  const unread = [...channels, ...people].reduce((sum, one) => sum + one.unread, 0);
  document.title = unread > 0 ? `(${unread}) Rond sandbox` : 'Rond sandbox';
}

function fill(list, ones, kind, current) {
  const items = ones.map((one) => {
    const key = `${kind} ${one.id}`;
    const known = links.get(key) ?? make(kind, one);
    links.set(key, known);
    known.name.textContent = kind === 'channel' ? `# ${one.name}` : one.name;
    known.unread.textContent = one.unread > 0 ? `${one.unread} new` : '';
    known.link.classList.toggle('has-unread', one.unread > 0);
    if (one.id === current) known.link.setAttribute('aria-current', 'page');
    else known.link.removeAttribute('aria-current');
    return known.item;
  });
  if (items.length !== list.children.length || items.some((item, at) => list.children[at] !== item)) {
    list.replaceChildren(...items);
  }
}

function make(kind, one) {
  const name = element('span', { className: 'name' });
  const unread = element('span', { className: 'unread' });
  const platform = element('span', { className: `platform ${one.platform}` }, platformName(one.platform));
  const link = element('a', { href: `#${kind}=${encodeURIComponent(one.id)}` }, name, platform, unread);
  return { item: element('li', {}, link), link, name, unread };
}
