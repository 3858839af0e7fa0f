import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// Every entry is an island of its own: a page loads only what it shows.
export default defineConfig({
  base: '/static/dist/',
  publicDir: false,
  resolve: {
    // The form editor brings a preact of its own beside the viewer's: two of them cannot share a page.
    dedupe: ['preact'],
    alias: [{ find: /^style-mod$/, replacement: fileURLToPath(new URL('src/style_mod.js', import.meta.url)) }],
  },
  build: {
    outDir: '../shell/static/dist',
    emptyOutDir: true,
    manifest: true,
    license: { fileName: 'licenses.md' },
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        page: 'src/page.js',
        compare: 'src/compare.js',
        designer: 'src/designer.js',
        diagram: 'src/diagram.js',
        form_editor: 'src/form_editor/index.js',
        tables: 'src/tables.js',
      },
    },
  },
});
