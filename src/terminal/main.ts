import { avoidPretenuring, keepYoungGenerationSmall } from '../net/v8-memory.js';
import { setLocale } from '../words/locale.js';
import { endWithFault, ignoreClosedPipes } from './output.js';
import { createProgram } from './program.js';

// Before anything that allocates much: they count from now on.
avoidPretenuring();
keepYoungGenerationSmall();
process.on('uncaughtException', endWithFault);
// Node's own warnings (an experimental SQLite in Node 22) are not for the person at the terminal.
process.removeAllListeners('warning');
ignoreClosedPipes();
setLocale(process.env.MESHBAR_LOCALE);
createProgram().parseAsync(process.argv).catch(endWithFault);
