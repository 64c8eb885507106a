import type { FullResult, Reporter, TestCase } from '@playwright/test/reporter';

/** Ends the run with one line that counts it, whatever happened before. */
export default class Counts implements Reporter {
  private readonly outcomes = new Map<string, TestCase>();

  onTestEnd(test: TestCase): void {
    this.outcomes.set(test.id, test);
  }

  onEnd(result: FullResult): void {
    const count = (...wanted: string[]): number => [...this.outcomes.values()].filter((test) => wanted.includes(test.outcome())).length;
    const failed = count('unexpected', 'flaky');
    // A run that broke before its first test has failed, too.
    const broken = result.status !== 'passed' && failed === 0 ? 1 : 0;
    console.log(`browser: ${count('expected')} passed, ${failed + broken} failed, ${count('skipped')} skipped`);
  }
}
