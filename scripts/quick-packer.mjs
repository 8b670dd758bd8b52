// The packer of PNG figures, fflate, at its highest level tries thousands of places for each match. In drawings most of
// them lie in long runs of one byte, where it can be known beforehand that they all fail: they are passed over at once.
// What is tried and taken stays the same, so every byte of a packed figure does.
import { readFile } from 'node:fs/promises';

/**
 * What is replaced in fflate's `dflt`, in its words. There `dat` is packed at `i`; `dif` is how far back a place lies
 * that is tried, `pimod` the same in the ring `prev` of earlier places with the same three bytes; `l` is the length of
 * the best match so far, and `c` how many places are tried at most.
 */
const changes = [
  // `back`: how many steps of the ring lead to the very place before. `same`: how many bytes before a place are equal to
  // its own. `ahead`: how many are from it on, itself included.
  [
    `        var lc_1 = 0, eb = 0,`,
    `        var back = new i32(32768), same = new u16(s), ahead = new u16(s + 1);
        for (var k = 1; k < s; ++k)
            same[k] = dat[k] == dat[k - 1] ? Math.min(same[k - 1] + 1, 65535) : 0;
        for (var k = s - 1; k >= 0; --k)
            ahead[k] = dat[k] == dat[k + 1] ? Math.min(ahead[k + 1] + 1, 65535) : 1;
        var lc_1 = 0, eb = 0,`,
  ],
  [
    `            prev[imod] = pimod;
`,
    `            prev[imod] = pimod;
            back[imod] = pimod == (imod - 1 & 32767) ? back[pimod] + 1 : 0;
`,
  ],
  // Compares run by run: where one of two runs of a byte ends first, so does the match.
  [
    `                        if (dat[i + l] == dat[i + l - dif]) {
                            var nl = 0;
                            for (; nl < ml && dat[i + nl] == dat[i + nl - dif]; ++nl)
                                ;
`,
    `                        var nl = l;
                        if (dat[i + l] == dat[i + l - dif]) {
                            nl = 0;
                            while (nl < ml && dat[i + nl] == dat[i + nl - dif]) {
                                var here = ahead[i + nl], there = ahead[i + nl - dif];
                                nl += Math.min(here, there);
                                if (here != there)
                                    break;
                            }
                            nl = Math.min(nl, ml);
`,
  ],
  // The rarest place of a match is none within a run: there each is followed at once by the next.
  [
    `                                        md = cd, pimod = ti;
                                }
`,
    `                                        md = cd, pimod = ti;
                                    if (md)
                                        j += Math.max(ahead[i - dif + j] - 3, 0);
                                }
                                imod = pimod, pimod = prev[imod];
                                dif += imod - pimod & 32767;
                                continue;
`,
  ],
  // A place failed for a byte, the one after `nl` others: so do those before it, as far as that byte's run goes.
  [
    `                        // check the previous match
`,
    `                        var skip = Math.min(back[pimod], same[i + nl - dif], maxd - dif, ch_1 - 1);
                        dif += skip, ch_1 -= skip, pimod = pimod - skip & 32767;
                        // check the previous match
`,
  ],
];

/**
 * The text of fflate with the quick search. @throws Error if it is another version, whose search must be read again
 */
export function quickened(text) {
  return changes.reduce((changed, [from, to]) => {
    const parts = changed.split(from);
    if (parts.length !== 2) throw new Error(`fflate: expected once ${JSON.stringify(from)}, got ${parts.length - 1}`);
    return parts.join(to);
  }, text);
}

/** Bundles fflate with the quick search. */
export const quickPacker = {
  name: 'quick-packer',
  setup({ onLoad, onEnd }) {
    let isLoaded = false;
    onLoad({ filter: /fflate.esm.(?:index\.mjs|browser\.js)$/ }, async ({ path }) => {
      isLoaded = true;
      return { contents: quickened(await readFile(path, 'utf8')) };
    });
    onEnd(() => (isLoaded ? undefined : { errors: [{ text: 'fflate: expected among the modules, got none of it' }] }));
  },
};
