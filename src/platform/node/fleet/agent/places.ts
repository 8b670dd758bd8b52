import { UserError } from '../../../../base/errors.js';
import { type BlobStore, blobNames, putBlob } from '../../../../fleet/blobs.js';
import { reasonOf } from '../../../../fleet/limited.js';
import { openBlobs } from '../blobs/open-blobs.js';

/** A place of results as a coordinator names it. */
export interface NamedPlace {
  readonly blobs: string;
  /** What must lie there: a folder of the same name on another machine is another place. */
  readonly mark?: string;
}

/** A place to which nothing comes from here, at the moment at least. */
export class NotReached extends UserError {}

/** Where an agent puts what comes of its jobs. */
export interface Places {
  /**
   * The blobs of a place.
   * @throws UserError if this machine lacks what it takes, such as a token; NotReached if nothing can be put there
   */
  open(place: NamedPlace): Promise<BlobStore>;
  /** Places that could not be reached when that was tried last. */
  unreached(): readonly string[];
}

/** Opens each place once. `own`: this machine's path to it, whatever coordinators say. */
export function createPlaces(own: string | undefined): Places {
  const opened = new Map<string, Promise<BlobStore>>();
  const unreached = new Set<string>();
  return {
    open(place) {
      const key = `${place.blobs} ${place.mark}`;
      const known = opened.get(key);
      if (known !== undefined) return known;
      const opening = reach(own ?? place.blobs, place.mark);
      opened.set(key, opening);
      opening.then(
        () => unreached.delete(place.blobs),
        () => {
          opened.delete(key);
          unreached.add(place.blobs);
        },
      );
      return opening;
    },
    unreached: () => [...unreached],
  };
}

/** Somewhere that others read it must be possible to write. */
async function reach(place: string, mark: string | undefined): Promise<BlobStore> {
  const blobs = await openBlobs(place);
  try {
    if (mark !== undefined && !(await blobs.has(blobNames.mark(mark)))) {
      throw new UserError('another place, without the mark of the run');
    }
    await putBlob(blobs, new TextEncoder().encode('probe'), true);
    return blobs;
  } catch (error) {
    const why = reasonOf(error);
    throw new NotReached(
      `agent: expected results to be put into ${place}, got: ${why}; --blobs names another path to it`,
    );
  }
}
