/** Makes an element: `element('p', { className: 'note' }, 'words')`. Text is always text, never markup. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-') || key === 'role' || key === 'for') {
      if (value !== null && value !== false) made.setAttribute(key, value);
    } else made[key] = value;
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const byId = (id) => document.getElementById(id);
