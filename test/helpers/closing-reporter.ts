import type { Reporter, TestModule } from 'vitest/node';

/** Says last what was counted, in a line that scripts can read, and which parts need something this run did not have. */
export default class ClosingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state !== 'pending') counts[result.state] += 1;
        if (result.state === 'skipped' && result.note) console.log(`Left out: ${test.fullName}: ${result.note}.`);
      }
      // A file that could not be loaded has no tests to fail.
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) counts.failed += 1;
    }
    if (process.env.MESHBAR_COMPAT_TOOLS !== '1') {
      console.log('Left out: a turn of Claude Code and of Codex, which npm fetches (`npm run test:tools`).');
    }
    console.log('Left out: the app in a real Electron, which needs a display and its binary (`npm run test:e2e`).');
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
