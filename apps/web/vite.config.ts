import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite dev` finds the server's API. */
const API_SERVER = 'http://127.0.0.1:7777'

/** Mode `static`: a page for any web host and any folder there, without a server of ours (`build:static`). */
export default defineConfig(({ mode }) => ({
  // Elements are made by our runtime, which makes the texts in them safe to show.
  plugins: [react({ jsxImportSource: '@pausescope/web' })],
  base: mode === 'static' ? './' : '/',
  build: {
    outDir: mode === 'static' ? 'dist-static' : 'dist',
    sourcemap: false,
    // The server's policy forbids inline scripts and data: URLs are no 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': API_SERVER } },
}))
