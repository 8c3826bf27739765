import v8 from 'node:v8';

/**
 * Nothing begins old. In a young generation that can't grow any more, V8 learns from what survives there what to put into
 * the old one at once. Hundreds of streams teach it so of an exchange, and where a part of one begins old, all that it
 * points to outlives every small collection, long after its end. Import it first: it counts from then on
 * (docs/adr/0003).
 */
v8.setFlagsFromString('--no-allocation-site-pretenuring');
