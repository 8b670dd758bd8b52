import { UserError } from '../../../../base/errors.js';
import { type BlobStore, putBlob } from '../../../../fleet/blobs.js';
import { reasonOf } from '../../../../fleet/limited.js';
import { openBlobs } from '../blobs/open-blobs.js';

/** Where an agent puts what comes of its jobs. */
export interface Places {
  /** The blobs of a place that a coordinator names. @throws UserError if nothing can be put there from here */
  open(place: string): Promise<BlobStore>;
}

/** Opens each place once. `own`: this machine's path to it, whatever coordinators say. */
export function createPlaces(own: string | undefined): Places {
  const opened = new Map<string, Promise<BlobStore>>();
  return {
    open(place) {
      const chosen = own ?? place;
      const known = opened.get(chosen);
      if (known !== undefined) return known;
      const opening = reach(chosen);
      opened.set(chosen, opening);
      opening.catch(() => opened.delete(chosen));
      return opening;
    },
  };
}

/** Somewhere that others read it must be possible to write. */
async function reach(place: string): Promise<BlobStore> {
  try {
    const blobs = await openBlobs(place);
    await putBlob(blobs, new TextEncoder().encode('probe'), true);
    return blobs;
  } catch (error) {
    const why = reasonOf(error);
    throw new UserError(
      `agent: expected results to be put into ${place}, got: ${why}; --blobs names another path to it`,
    );
  }
}
