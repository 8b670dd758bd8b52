import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../../test/support/store.js';
import { blobNames } from '../../../../fleet/blobs.js';
import { openBlobs } from '../blobs/open-blobs.js';
import { createPlaces, NotReached } from './places.js';

test('a place for which this machine has no token is not tried again', async () => {
  const opened = createPlaces(undefined).open({ blobs: 'https://host:1' });
  await expect(opened).rejects.toThrow('expected DESCENT_FLEET_TOKEN_FILE to name a file');
  await expect(opened).rejects.not.toThrow(NotReached);
});

test('a folder of the same name on another machine is another place, until the shared one is mounted', async () => {
  const folder = join(temporaryFolder(), 'blobs');
  const [place, mounted] = [{ blobs: pathToFileURL(folder).href, mark: 'run' }, `${folder}-elsewhere`];
  await (await openBlobs(mounted)).put(blobNames.mark('run'), new Uint8Array());
  const places = createPlaces(undefined);
  expect(places.unreached()).toEqual([]);
  await expect(places.open(place)).rejects.toThrow(
    `agent: expected results to be put into ${place.blobs}, got: another place, without the mark of the run; --blobs`,
  );
  expect(places.unreached()).toEqual([place.blobs]);
  mkdirSync(folder);
  await expect(places.open(place)).rejects.toThrow('without the mark');
  expect(readdirSync(folder)).toEqual([]);
  // By its own path it is reached, wherever the coordinator has it.
  const own = createPlaces(mounted);
  expect((await own.open(place)).url).toBe(pathToFileURL(mounted).href);
  renameSync(mounted, folder);
  expect((await places.open(place)).url).toBe(place.blobs);
  expect(places.unreached()).toEqual([]);
  await expect(places.open({ ...place, mark: 'another' })).rejects.toThrow('without the mark');
});
