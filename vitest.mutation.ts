import { defineConfig } from 'vitest/config';

const room = process.env.ROOM;
if (room === undefined) throw new Error('Name a room: npm run mutate -- net');

/** A room's own tests, for a mutation run over that room: how much of it they hold. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    include: [`test/${room}/**/*.test.{ts,tsx}`],
    // Change their whole process, which a mutation run's threads can't.
    exclude: ['test/session/rotation.test.ts', 'test/terminal/dashboard/**'],
  },
});
