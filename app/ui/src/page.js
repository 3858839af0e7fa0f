// Loaded on every page. It only adds to what the server has rendered: a page without it does the same work.
document.documentElement.dataset.js = '';
