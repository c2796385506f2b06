import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,packages,scripts}/**/*.test.ts'],
    // No test changes what another one could see; without a process for each file all takes half the time.
    isolate: false,
    // Most tests wait for another process: no core need be kept free.
    maxWorkers: '100%',
    // Some tests run the probe on whole nodes, or start servers and wait for their real deadlines.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine is slow, not wrong: what is waited for may take its time.
    expect: { poll: { timeout: 20_000 } },
  },
})
