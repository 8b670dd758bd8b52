import { UserError } from '../../base/errors.js';
import { parseFleetUrl } from '../../platform/node/fleet/queue/connect.js';
import { print } from '../text.js';

/** A job gets its signal so long before its end, and an agent ends by itself so long before that. */
const signalSeconds = 90;
const marginMs = 600_000;
const idleExit = '10m';

/**
 * Prints the command that starts agents as an array of Slurm jobs. An agent goes by its own clock, gives back what it
 * has in hand at a signal, and is queued again if its node is taken away. It knows when it was submitted: what is
 * drained while it waits for a node it does not enter.
 */
export function slurmCommand(
  url: string,
  { workers, cpus, time }: { readonly workers: number; readonly cpus: number; readonly time: number },
): void {
  requireShown(url);
  const minutes = Math.ceil(time / 60_000);
  const forMinutes = Math.max(1, Math.floor((time - Math.min(marginMs, time / 4)) / 60_000));
  const work = `exec descent work ${quoted(url)} --workers ${cpus} --for ${forMinutes}m --idle-exit ${idleExit}`;
  // The shell that submits it fills in when that is.
  const wrapped = `${quoted(`${work} --launched `)}"$(date +%s)"`;
  print(
    `sbatch --job-name=descent --array=1-${workers} --cpus-per-task=${cpus} --time=${minutes} --requeue \\`,
    `  --signal=B:TERM@${signalSeconds} --output=descent-%A-%a.out --wrap ${wrapped}`,
  );
}

/** @throws UserError if it is no URL of a fleet, or has a password, which would stand where others read it */
function requireShown(url: string): void {
  const { shown } = parseFleetUrl(url);
  if (!URL.canParse(url) || new URL(url).password === '') return;
  throw new UserError(
    `fleet ${shown}: expected a URL without a password, which would stand in the job; ` +
      'DESCENT_FLEET_PASSWORD_FILE names a file with it there',
  );
}

const quoted = (text: string): string => (/^[\w./:=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Prints a Job of agents that each end when there is nothing to do: pods that are evicted are made again. */
export function kubernetesCommand(
  url: string,
  { workers, cpus, image }: { readonly workers: number; readonly cpus: number; readonly image: string },
): void {
  requireShown(url);
  print(
    'apiVersion: batch/v1',
    'kind: Job',
    'metadata: { name: descent-agents }',
    'spec:',
    `  parallelism: ${workers}`,
    '  podReplacementPolicy: Failed',
    '  backoffLimit: 1000',
    '  template:',
    '    spec:',
    '      restartPolicy: Never',
    `      terminationGracePeriodSeconds: ${signalSeconds}`,
    '      containers:',
    '        - name: agent',
    `          image: ${image}`,
    `          command: [descent, work, ${JSON.stringify(url)}, --workers, "${cpus}", --idle-exit, ${idleExit}]`,
    `          resources: { requests: { cpu: ${cpus} }, limits: { cpu: ${cpus} } }`,
  );
}
