/** Makes people and empty channels, so that a group can begin in chat as it would outside. */

import { post } from './api.js';
import { byId, element } from './element.js';
import { fault } from './notices.js';

let people = [];
let drawn = '';

/** @param state what /api/state says. */
export function showNewcomers(state) {
  people = state.people;
  draw();
}

/** A box for everybody on the platform; who was left out stays left out. */
function draw() {
  const platform = byId('channel-platform').value;
  const here = people.filter((one) => one.platform === platform);
  const json = JSON.stringify([platform, here.map(({ id, name }) => [id, name])]);
  if (json === drawn) return;
  drawn = json;
  const holder = byId('channel-members');
  const out = new Set([...holder.querySelectorAll('input:not(:checked)')].map((box) => box.value));
  holder.replaceChildren(
    ...here.map(({ id, name }, at) => {
      const box = element('input', { type: 'checkbox', id: `in-channel-${at}`, value: id, checked: !out.has(id) });
      return element('label', { for: box.id }, box, element('span', {}, name));
    }),
    ...(here.length === 0 ? [element('p', {}, 'Nobody yet: make a person first.')] : []),
  );
}

export function runNewcomers(load) {
  byId('channel-platform').addEventListener('change', draw);
  const makes = (form, path, bodyOf, done) =>
    byId(form).addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        const body = bodyOf(Object.fromEntries(new FormData(event.target)));
        const { id } = await post(path, body);
        const name = event.target.querySelector('input');
        // Whoever is quick has begun the next one.
        if (name.value === body.name) name.value = '';
        done(body, id);
      } catch (error) {
        fault(error);
      }
      load();
    });
  makes(
    'person-form',
    'people',
    ({ name, platform, language }) => ({ name, platform, language }),
    ({ name }) => {
      byId('person-made').textContent = `${name} is there.`;
      byId('person-name').focus();
    },
  );
  makes(
    'channel-form',
    'channels',
    ({ name, platform }) => ({
      name,
      platform,
      members: [...byId('channel-members').querySelectorAll('input:checked')].map((box) => box.value),
    }),
    (_channel, id) => {
      location.hash = `#channel=${encodeURIComponent(id)}`;
    },
  );
}
