/** What the platform tells one person in passing. Stays until it is closed: nobody has to be quick. */

import { byId, element } from './element.js';

/** While a modal is open the rest of the page is inert, so the notice goes into the modal. */
function place() {
  const dialog = byId('dialog');
  return (dialog.open ? dialog : document).querySelector(dialog.open ? '[data-notices]' : 'body > [data-notices]');
}

export function notice(text, kind = 'info') {
  const close = element('button', { type: 'button', className: 'close', 'aria-label': 'Close this notice' }, '✕');
  const shown = element('div', { className: `notice ${kind}` }, element('p', {}, text), close);
  close.addEventListener('click', () => {
    shown.remove();
    byId('conversation').focus({ preventScroll: true });
  });
  place().replaceChildren(shown);
}

export function fault(error) {
  notice(error instanceof Error ? error.message : String(error), 'fault');
}

/** Moves what stands in a modal's notices onto the page when the modal goes. */
export function keepNotices() {
  const [inDialog, onPage] = [byId('dialog'), document.body].map((within) =>
    within === document.body ? within.querySelector(':scope > [data-notices]') : within.querySelector('[data-notices]'),
  );
  if (inDialog.children.length > 0) onPage.replaceChildren(...inDialog.children);
}

/** Said to screen readers only. */
export function announce(text) {
  const log = byId('announcer');
  log.append(element('p', {}, text));
  while (log.children.length > 5) log.firstElementChild.remove();
}
