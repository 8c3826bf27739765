import type { Command } from 'commander';
import { t } from '../words/index.js';
import { settingOption } from './setting-option.js';

/** Registers the commands about the session: who is signed in, which profile, which project. */
export function registerAccountCommands(program: Command): void {
  program
    .command('login')
    .description(t('terminal.help.login'))
    .addOption(settingOption('apiUrl'))
    .option('--no-browser', t('terminal.help.login.noBrowser'))
    .action(async (options: { apiUrl?: string; browser: boolean }) => {
      const { runLogin } = await import('./login-command.js');
      process.exitCode = await runLogin(options);
    });

  program
    .command('logout')
    .description(t('terminal.help.logout'))
    .action(async () => {
      const { runLogout } = await import('./logout-command.js');
      process.exitCode = await runLogout();
    });

  program
    .command('whoami')
    .description(t('terminal.help.whoami'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { json: boolean }) => {
      const { runWhoami } = await import('./whoami-command.js');
      process.exitCode = await runWhoami(options);
    });

  registerProjectCommands(program);
  registerProfileCommands(program);
}

function registerProjectCommands(program: Command): void {
  const project = program.command('project').description(t('terminal.help.project'));
  project
    .command('list')
    .description(t('terminal.help.project.list'))
    .option('--search <text>', t('terminal.help.project.list.search'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { search?: string; json: boolean }) => {
      const { runProjectList } = await import('./project-command.js');
      process.exitCode = await runProjectList(options);
    });
  project
    .command('use')
    .description(t('terminal.help.project.use'))
    .argument('<id-or-name>', t('terminal.help.project.use.selector'))
    .action(async (selector: string) => {
      const { runProjectUse } = await import('./project-command.js');
      process.exitCode = await runProjectUse(selector);
    });
}

function registerProfileCommands(program: Command): void {
  const profile = program.command('profile').description(t('terminal.help.profile'));
  profile
    .command('list')
    .description(t('terminal.help.profile.list'))
    .option('--json', t('terminal.help.json'), false)
    .action(async (options: { json: boolean }) => {
      const { runProfileList } = await import('./profile-command.js');
      process.exitCode = await runProfileList(options);
    });
  profile
    .command('use')
    .description(t('terminal.help.profile.use'))
    .argument('<id-or-email>', t('terminal.help.profile.use.selector'))
    .action(async (selector: string) => {
      const { runProfileUse } = await import('./profile-command.js');
      process.exitCode = await runProfileUse(selector);
    });
}
