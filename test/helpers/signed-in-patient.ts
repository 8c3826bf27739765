import { onTestFinished } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { createPatient, type Patient } from './doctor.js';
import { type SavedFile, signedIn, type Tokens } from './session-home.js';

/** A patient who is signed in to a simulated MeshAgent; `settings` are those in the file, to be changed and saved. */
export async function createSignedInPatient(
  tokens?: Tokens,
  leftSeconds?: number,
): Promise<{ patient: Patient; simulator: RunningSimulator; settings: SavedFile; save(): void }> {
  const simulator = await createSimulator().start();
  onTestFinished(() => simulator.stop());
  const patient = await createPatient('');
  const issued = simulator.issueSession();
  const settings = signedIn(simulator.url, tokens ?? issued, leftSeconds);
  settings.users.usr_1.project.active_project = simulator.projectId;
  const save = () => void patient.write('.meshagent/settings.json', JSON.stringify(settings));
  save();
  return { patient, simulator, settings, save };
}
