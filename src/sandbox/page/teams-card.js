/** An Adaptive Card as Teams would show it, by the official renderer. */

import { element } from './element.js';
import { markdown } from './markdown.js';
import { teamsHostConfig } from './teams-host-config.js';

const { AdaptiveCards } = window;

AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};

/** @param press called with {verb, label, values, inputs} when a button is pressed and the card's own checks hold. */
export function teamsCard(json, press) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(teamsHostConfig);
  card.onExecuteAction = (action) => {
    const { type, title, verb, url, data, associatedInputs } = action.toJSON();
    if (type === 'Action.OpenUrl') {
      if (/^https?:/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
      return;
    }
    const inputs = associatedInputs === 'none' ? [] : card.getAllInputs();
    press({
      ...(verb ? { verb } : {}),
      label: title ?? '',
      values: typeof data === 'object' && data !== null ? data : {},
      inputs: Object.fromEntries(inputs.map((input) => [input.id, String(input.value ?? '')])),
    });
  };
  try {
    card.parse(json);
    const shown = card.render();
    return element('div', { className: 'teams-card', ...(json.lang ? { lang: json.lang } : {}) }, shown);
  } catch (error) {
    return element('p', { className: 'text' }, json.fallbackText ?? `This card could not be shown: ${error.message}`);
  }
}
