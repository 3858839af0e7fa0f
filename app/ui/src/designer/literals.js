// What the modelers print without asking for its translation, put into Swedish as it appears.
const ATTRIBUTES = ['title', 'aria-label', 'placeholder', 'data-placeholder'];

/** Keep what `root` shows in Swedish from now on: `words` are whole texts, inside the elements that `within` selects. */
export function speak(root, words, within) {
  const say = (text) => {
    const plain = text.trim();
    return plain in words ? text.replace(plain, words[plain]) : text;
  };
  const put = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement?.closest(within)) return;
      const said = say(node.data);
      if (said !== node.data) node.data = said;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      for (const name of node.closest(within) ? ATTRIBUTES : []) {
        const value = node.getAttribute(name);
        if (value && say(value) !== value) node.setAttribute(name, say(value));
      }
      node.childNodes.forEach(put);
    }
  };
  put(root);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'childList') addedNodes.forEach(put);
      else put(target);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: ATTRIBUTES });
}

/** The popup's own words; how many entries a search found stands in three texts beside each other. */
export const POPUP = {
  result: 'träff',
  results: 'träffar',
  found: '',
  Results: 'Förslag',
  Search: 'Sök',
  Back: 'Tillbaka',
};
