/** Draws every specimen where it belongs, as the sandbox's page draws it. Runs in the browser. */

import { byId, element } from '../../sandbox/page/element.js';
import { slackPieces } from '../../sandbox/page/slack-controls.js';
import { teamsCard } from '../../sandbox/page/teams-card.js';

/** Nothing is pressed in a gallery. */
const press = () => {};

/** Every card is alone in its message; here many stand on one page, and ids of inputs must not meet. */
function withOwnIds(node, shot) {
  return JSON.parse(JSON.stringify(node), (key, value) =>
    key === 'id' && typeof value === 'string' ? `${shot}.${value}` : value,
  );
}

for (const shot of JSON.parse(byId('shots').textContent)) {
  const stage = document.querySelector(`[data-shot="${shot.id}"]`);
  const body = shot.card
    ? [teamsCard(withOwnIds(shot.card, shot.id), press)]
    : slackPieces(shot.pieces, shot.id, press);
  if (!shot.frame) {
    stage.append(...body);
    continue;
  }
  const { title, submit, close } = shot.frame;
  stage.append(
    element('p', { className: 'modal-title' }, title),
    ...body,
    element(
      'p',
      { className: 'modal-foot' },
      element('button', { type: 'button', className: 'slack-button' }, close),
      submit ? element('button', { type: 'button', className: 'slack-button primary' }, submit) : null,
    ),
  );
}
document.documentElement.dataset.drawn = 'yes';
