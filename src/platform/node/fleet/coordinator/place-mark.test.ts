import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/store.js';
import { removeFolder } from '../../files.js';
import { openStore } from '../../store/store.js';
import { createPlaces } from '../agent/places.js';
import { openBlobs } from '../blobs/open-blobs.js';
import { markPlace } from './place-mark.js';

test('a place that is emptied in the middle of a run has its mark again: agents who come later reach it', async () => {
  const folder = join(temporaryFolder(), 'blobs');
  const blobs = await openBlobs(folder);
  const notes: string[] = [];
  const options = { onNote: (note: string) => void notes.push(note), lookEveryMs: 20 };
  const { mark, end } = await markPlace(blobs, openStore(temporaryFolder()), options);
  onTestFinished(end);
  await createPlaces(undefined).open({ blobs: folder, mark });
  removeFolder(folder);
  const emptied = `${blobs.url} was emptied: results that are not in the store yet are run again`;
  await expect.poll(() => notes).toEqual([emptied]);
  await createPlaces(undefined).open({ blobs: folder, mark });
});
