import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,packages,scripts}/**/*.test.ts'],
    // Some tests run the probe on whole nodes, or start servers and wait for their real deadlines.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
