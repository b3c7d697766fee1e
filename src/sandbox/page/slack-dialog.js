/** Slack's modal: a real modal dialog, whose Escape and ✕ tell the bot that it was closed. */

import { post } from './api.js';
import { byId } from './element.js';
import { fault, keepNotices, notice } from './notices.js';
import { missing, showErrors, slackPieces, valuesIn } from './slack-controls.js';

let drawn = '';
let view = null;
let opener = null;
let load = () => {};

/** @param shown what /api/view says; a modal that has not changed keeps what is typed in it. */
export function showDialog(shown) {
  view = shown;
  const dialog = byId('dialog');
  if (!shown.dialog) {
    if (dialog.open) shut(dialog);
    return;
  }
  // What was typed comes back as the fields' values: that alone is no reason to draw again and lose the errors beside them.
  const json = JSON.stringify(shown.dialog, (key, value) => (key === 'value' ? undefined : value));
  if (json === drawn) return;
  drawn = json;
  const { title, pieces, submit, close } = shown.dialog;
  byId('dialog-title').textContent = title;
  byId('dialog-close').textContent = close;
  byId('dialog-submit').textContent = submit ?? '';
  byId('dialog-submit').hidden = submit === null;
  const holder = byId('dialog-pieces');
  holder.lang = shown.language;
  holder.replaceChildren(...slackPieces(pieces, 'dialog', (button) => press(button, false)));
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  holder.scrollTop = 0;
  byId('dialog-title').focus();
}

function shut(dialog) {
  drawn = '';
  keepNotices();
  dialog.close();
  const back = opener?.isConnected ? opener : byId('conversation');
  back.focus({ preventScroll: true });
  opener = null;
}

async function press(button, checked) {
  const dialog = byId('dialog');
  const holder = byId('dialog-pieces');
  if (dialog.getAttribute('aria-busy') === 'true') return;
  if (checked) {
    const errors = missing(holder);
    if (showErrors(holder, errors) > 0) return;
  }
  dialog.setAttribute('aria-busy', 'true');
  try {
    const result = await post('press', { person: view.as.id, target: { dialog: view.dialog.id }, ...button });
    const beside = showErrors(holder, result.errors);
    const elsewhere = Object.values(result.errors).length > beside ? Object.values(result.errors).join(' ') : '';
    if (result.notice || elsewhere) notice(result.notice ?? elsewhere);
    else if (!result.ok) notice('Slack: we had some trouble connecting. Please try again.', 'fault');
  } catch (error) {
    fault(error);
  } finally {
    dialog.removeAttribute('aria-busy');
    load();
  }
}

export function runDialog(whenDone) {
  load = whenDone;
  const close = async (event) => {
    event.preventDefault();
    await post('dialog/close', { person: view.as.id }).catch(fault);
    load();
  };
  byId('dialog').addEventListener('cancel', close);
  byId('dialog-x').addEventListener('click', close);
  byId('dialog-close').addEventListener('click', close);
  byId('dialog-form').addEventListener('submit', (event) => {
    event.preventDefault();
    if (view?.dialog?.submit) press({ verb: 'submit', inputs: valuesIn(byId('dialog-pieces')) }, true);
  });
}
