import { envBlock, type Shell } from '../shared/env-block.js';
import { EXIT, printError, printProblem } from './output.js';
import { addressNow, warnOfAnother } from './proxy-address.js';

/** Prints the exports of the running proxy, or those a proxy with default settings would have; `eval` takes them. */
export async function runEnv(shell: Shell): Promise<number> {
  try {
    const { url, localKey, running } = await addressNow();
    if (!running) {
      printProblem('no proxy is running; these are the exports that `meshbar proxy` will have.');
      await warnOfAnother();
    }
    process.stdout.write(envBlock({ url, localKey, shell }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}
