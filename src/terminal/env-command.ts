import { envBlock, type Shell } from '../shared/env-block.js';
import { t } from '../words/index.js';
import { EXIT, printError, printProblem } from './output.js';
import { addressNow, warnOfAnother } from './proxy-address.js';

/** Prints the variables of the running proxy, or those of one with default settings, for a shell's `eval`. */
export async function runEnv(shell: Shell): Promise<number> {
  try {
    const { url, localKey, running } = await addressNow();
    if (!running) {
      printProblem(t('terminal.proxy.noneForEnv'));
      await warnOfAnother();
    }
    process.stdout.write(envBlock({ url, localKey, shell }));
    return EXIT.ok;
  } catch (error) {
    printError(error);
    return EXIT.failed;
  }
}
