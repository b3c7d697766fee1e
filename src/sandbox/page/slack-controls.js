/** Slack's controls as native form controls: labelled, reachable by keyboard, with errors beside them. */

import { element } from './element.js';

let made = 0;

/**
 * @param pieces from /api/view: rendered HTML, or controls.
 * @param within names the message or modal, so that radio groups of two messages never mix.
 * @param press called with {verb, label, values, inputs}.
 */
export function slackPieces(pieces, within, press) {
  const holder = element('div', { className: 'slack-pieces' });
  holder.append(
    ...pieces.map((piece) =>
      piece.html === undefined
        ? element('div', { className: 'controls' }, ...piece.controls.map((one) => control(one, within, press, holder)))
        : rendered(piece.html),
    ),
  );
  return [holder];
}

/** Made by the sandbox's server out of blocks, with all text escaped there. */
function rendered(html) {
  const shown = element('div', { className: 'slack-blocks' });
  shown.innerHTML = html;
  return shown;
}

function control(one, within, press, holder) {
  return one.control === 'button' ? button(one, press, holder) : field(one, within);
}

function button(one, press, holder) {
  const properties = {
    className: `slack-button ${one.style}`,
    ...(one.says ? { 'aria-label': one.says } : {}),
  };
  if (one.url) {
    return element('a', { ...properties, href: one.url, target: '_blank', rel: 'noreferrer noopener' }, one.label);
  }
  const made = element('button', { type: 'button', ...properties }, one.label);
  if (one.button) {
    made.addEventListener('click', () => press({ ...one.button, inputs: valuesIn(holder) }));
  } else made.setAttribute('aria-disabled', 'true');
  return made;
}

function field(one, within) {
  made += 1;
  const id = `field-${made}`;
  const holder = element('div', { className: `field ${one.kind}` });
  holder.dataset.name = one.name;
  holder.dataset.block = one.block;
  holder.dataset.optional = String(one.optional);
  const note = one.hint ? element('p', { className: 'hint', id: `${id}-hint` }, one.hint) : null;
  const error = element('p', { className: 'error', id: `${id}-error`, hidden: true });
  const described = [`${id}-error`, one.hint ? `${id}-hint` : ''].join(' ').trim();
  const label = one.optional ? `${one.label} (optional)` : one.label;
  if (['radio', 'checkboxes', 'choices'].includes(one.kind)) {
    holder.append(group(one, id, within, label, described, note, error));
  } else {
    holder.append(element('label', { for: id }, label), box(one, id, described), ...(note ? [note] : []), error);
  }
  return holder;
}

function group(one, id, within, label, described, note, error) {
  const type = one.kind === 'radio' ? 'radio' : 'checkbox';
  const chosen = new Set(type === 'radio' ? [one.value] : one.value.split(','));
  const choices = one.choices.map((choice, at) =>
    element(
      'label',
      { className: 'choice', for: `${id}-${at}` },
      element('input', {
        type,
        id: `${id}-${at}`,
        name: `${within} ${one.name}`,
        value: choice.value,
        checked: chosen.has(choice.value),
      }),
      element('span', {}, choice.label),
      choice.description ? element('small', {}, choice.description) : null,
    ),
  );
  return element(
    'fieldset',
    { role: type === 'radio' ? 'radiogroup' : 'group', 'aria-describedby': described, 'data-box': '' },
    element('legend', {}, label),
    note,
    element('div', { className: 'choices' }, ...choices),
    error,
  );
}

const inputTypes = { text: 'text', number: 'number', email: 'email', url: 'url', date: 'date', time: 'time' };

function box(one, id, described) {
  const common = { id, 'aria-describedby': described, 'data-box': '', value: one.value };
  const placeholder = one.placeholder && one.placeholder !== one.label ? one.placeholder : '';
  if (one.kind === 'lines') return element('textarea', { ...common, rows: 3, placeholder });
  if (one.kind !== 'select') return element('input', { ...common, type: inputTypes[one.kind], placeholder });
  const select = element(
    'select',
    common,
    element('option', { value: '' }, one.placeholder || 'Choose …'),
    ...one.choices.map((choice) => element('option', { value: choice.value }, choice.label)),
  );
  select.value = one.value;
  return select;
}

/** Input id → value, several joined by ",". */
export function valuesIn(holder) {
  return Object.fromEntries(
    [...holder.querySelectorAll('.field')].map((one) => {
      const several = [...one.querySelectorAll('input:checked')].map((input) => input.value);
      const single = one.querySelector('textarea, select, input:not([type=radio], [type=checkbox])');
      return [one.dataset.name, single ? single.value : several.join(',')];
    }),
  );
}

/**
 * Shows errors beside their fields and goes to the first.
 * @param errors keyed by Slack's block id, or by input id.
 * @returns how many found their field.
 */
export function showErrors(holder, errors) {
  let first = null;
  let count = 0;
  for (const one of holder.querySelectorAll('.field')) {
    const text = errors[one.dataset.block] ?? errors[one.dataset.name] ?? '';
    const error = one.querySelector('.error');
    error.textContent = text;
    error.hidden = text === '';
    one.classList.toggle('invalid', text !== '');
    const target = one.querySelector('[data-box]');
    // A plain group of checkboxes may not carry aria-invalid; its description says it.
    if (target.getAttribute('role') !== 'group') target.setAttribute('aria-invalid', String(text !== ''));
    if (text) {
      count += 1;
      first ??= one.querySelector('input, select, textarea');
    }
  }
  first?.focus();
  return count;
}

/** What Slack itself refuses before it asks the app. */
export function missing(holder) {
  const values = valuesIn(holder);
  return Object.fromEntries(
    [...holder.querySelectorAll('.field')]
      .filter((one) => one.dataset.optional === 'false' && values[one.dataset.name].trim() === '')
      .map((one) => [one.dataset.name, 'Please complete this required field.']),
  );
}
