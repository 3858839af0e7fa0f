// In place of the package style-mod, by which code editors bring their style sheets: it writes a style element into the
// page, which our content policy forbids. Sheets that are made by script and adopted by the document need no exception.
import { StyleModule } from '../node_modules/style-mod/src/style-mod.js';

const adopting = {
  ownerDocument: document,
  get adoptedStyleSheets() {
    return document.adoptedStyleSheets;
  },
  set adoptedStyleSheets(sheets) {
    document.adoptedStyleSheets = sheets;
  },
};

const { mount } = StyleModule;
StyleModule.mount = (root, ...rest) => mount.call(StyleModule, root === document ? adopting : root, ...rest);

export { StyleModule };
