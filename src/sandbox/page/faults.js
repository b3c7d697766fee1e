/** What can be made to go wrong: a box for each fault, of one platform after the other. */

import { get, post } from './api.js';
import { platformName } from './conversations.js';
import { byId, element } from './element.js';
import { fault as failed } from './notices.js';

let drawn = '';

/** Asked for only while the list is open. */
export async function showFaults() {
  if (!byId('faults').open) return;
  draw(await get('faults'));
}

function draw(all) {
  const json = JSON.stringify(all);
  if (json === drawn) return;
  const first = drawn === '';
  drawn = json;
  if (first) {
    byId('fault-list').replaceChildren(...Object.entries(all).map(([platform, list]) => group(platform, list)));
    return;
  }
  // The boxes stay: whoever goes through them by keyboard keeps their place.
  for (const [platform, list] of Object.entries(all)) {
    for (const { name, on } of list) byId(`fault-${platform}-${name}`).checked = on > 0;
  }
}

function group(platform, list) {
  return element(
    'fieldset',
    {},
    element('legend', {}, platformName(platform)),
    ...list.map(({ name, says, on }) => {
      const id = `fault-${platform}-${name}`;
      const box = element('input', { type: 'checkbox', id, checked: on > 0 });
      box.addEventListener('change', async () => {
        try {
          draw(await post('faults', { platform, fault: name, on: box.checked }));
        } catch (error) {
          failed(error);
        }
      });
      return element('label', { for: id }, box, element('span', {}, says));
    }),
  );
}

export function runFaults() {
  byId('faults').addEventListener('toggle', () => showFaults().catch(failed));
}
