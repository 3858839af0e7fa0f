// Loaded on every page. It only adds to what the server has rendered: a page without it does the same work.
import './sending.js';
import './autosave.js';
import './live.js';
import './watching.js';

document.documentElement.dataset.js = '';
