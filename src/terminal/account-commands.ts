import type { Command } from 'commander';
import { settingOption } from './setting-option.js';

/** Registers the commands about the session: who is signed in, which profile, which project. */
export function registerAccountCommands(program: Command): void {
  program
    .command('login')
    .description('sign in to MeshAgent in the browser')
    .addOption(settingOption('apiUrl'))
    .option('--no-browser', 'only print the address')
    .action(async (options: { apiUrl?: string; browser: boolean }) => {
      const { runLogin } = await import('./login-command.js');
      process.exitCode = await runLogin(options);
    });

  program
    .command('logout')
    .description('remove the session of the active profile')
    .action(async () => {
      const { runLogout } = await import('./logout-command.js');
      process.exitCode = await runLogout();
    });

  program
    .command('whoami')
    .description('say who is signed in, for which project, and its balance')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { runWhoami } = await import('./whoami-command.js');
      process.exitCode = await runWhoami(options);
    });

  registerProjectCommands(program);
  registerProfileCommands(program);
}

function registerProjectCommands(program: Command): void {
  const project = program.command('project').description('list your MeshAgent projects, or choose one');
  project
    .command('list')
    .description('list your projects; the current one is marked')
    .option('--search <text>', 'only those with this in their name or id')
    .option('--json', 'as JSON', false)
    .action(async (options: { search?: string; json: boolean }) => {
      const { runProjectList } = await import('./project-command.js');
      process.exitCode = await runProjectList(options);
    });
  project
    .command('use')
    .description('choose the project that requests are billed to')
    .argument('<id-or-name>')
    .action(async (selector: string) => {
      const { runProjectUse } = await import('./project-command.js');
      process.exitCode = await runProjectUse(selector);
    });
}

function registerProfileCommands(program: Command): void {
  const profile = program.command('profile').description('list the saved profiles, or switch to another');
  profile
    .command('list')
    .description('list the saved profiles; the current one is marked')
    .option('--json', 'as JSON', false)
    .action(async (options: { json: boolean }) => {
      const { runProfileList } = await import('./profile-command.js');
      process.exitCode = await runProfileList(options);
    });
  profile
    .command('use')
    .description('switch to another saved profile')
    .argument('<id-or-email>')
    .action(async (selector: string) => {
      const { runProfileUse } = await import('./profile-command.js');
      process.exitCode = await runProfileUse(selector);
    });
}
