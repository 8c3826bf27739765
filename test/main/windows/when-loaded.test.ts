import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { whenLoaded } from '../../../src/main/windows/when-loaded.js';

class Page extends EventEmitter {
  loading: boolean;
  constructor(loading: boolean) {
    super();
    this.loading = loading;
  }
  isLoading(): boolean {
    return this.loading;
  }
}

test('a page that is loading is told once it has loaded, another one at once', () => {
  const told: string[] = [];
  const [fresh, old] = [new Page(true), new Page(false)];
  whenLoaded(fresh, () => told.push('fresh'));
  whenLoaded(old, () => told.push('old'));
  expect(told).toEqual(['old']);
  fresh.emit('did-finish-load');
  // Loaded again, after a crash, it shows what a person chose since.
  fresh.emit('did-finish-load');
  expect(told).toEqual(['old', 'fresh']);
});
