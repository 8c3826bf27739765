import type { SimulatedProvider } from '../provider.js';
import { ALL_SIMULATED } from '../providers.js';
import type { Scene } from './scene.js';

const ALL = ALL_SIMULATED.flatMap((provider) => provider.scenes.map((scene) => ({ provider, scene })));

/** A call of a developer's day, and whom it goes to. */
export function pickScene(): { readonly provider: SimulatedProvider; readonly scene: Scene } {
  const whole = ALL.reduce((sum, { scene }) => sum + scene.weight, 0);
  let at = Math.random() * whole;
  const picked = ALL.find(({ scene }) => {
    at -= scene.weight;
    return at < 0;
  });
  return picked ?? (ALL[0] as (typeof ALL)[number]);
}
