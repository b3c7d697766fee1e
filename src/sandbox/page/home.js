/** Slack's two tabs of an app, its messages and its home; the home is drawn again when it has changed. */

import { byId, element } from './element.js';
import { slackPieces } from './slack-controls.js';

let drawn = '';

/** @returns whether the home is what is looked at. */
export function showHome(view, press) {
  const hasTabs = view.kind === 'person' && view.platform === 'slack';
  const isHome = hasTabs && location.hash.startsWith('#home=');
  byId('tabs').hidden = !hasTabs;
  byId('home').hidden = !isHome;
  if (hasTabs) {
    tab('messages', `#person=${encodeURIComponent(view.id)}`, !isHome);
    tab('home', `#home=${encodeURIComponent(view.id)}`, isHome);
  }
  if (!isHome) {
    drawn = '';
    byId('home').replaceChildren();
    return false;
  }
  const json = JSON.stringify(view.home);
  if (json !== drawn) {
    drawn = json;
    byId('home').lang = view.language;
    byId('home').replaceChildren(
      ...(view.home
        ? slackPieces(view.home.pieces, 'home', press)
        : [element('p', {}, 'Rond shows nothing here yet.')]),
    );
  }
  return true;
}

function tab(name, href, isCurrent) {
  const link = byId(`tab-${name}`);
  link.href = href;
  if (isCurrent) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
}
