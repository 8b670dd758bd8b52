import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { noBrowser } from './browser.js';
import { findBrowser } from './find-browser.js';
import { isLong } from './length.js';
import { switches } from './shared-browser.js';
import { type OpenPage, openPage, type ServedLab, serveLab } from './web-lab.js';

/** The lab and the Chromium that is its alone, once they are there. */
export interface LabAlone {
  browser(): Browser;
  readonly url: string;
  /** Opens Play in a context of its own, which the test closes. */
  open(): Promise<OpenPage>;
}

/** Long tests of the lab in a Chromium of its own, with nothing beside it; left out where there is none. */
export function describeAlone(name: string, tests: (lab: LabAlone) => void): void {
  describe.skipIf(noBrowser || !isLong)(name, () => {
    let served: ServedLab;
    let browser: Browser;
    beforeAll(async () => {
      served = await serveLab();
      browser = await chromium.launch({ executablePath: findBrowser()!, args: [...switches] });
    });
    afterAll(async () => {
      await browser?.close();
      await served?.close();
    });
    tests({
      browser: () => browser,
      get url() {
        return served.url;
      },
      open: () => openPage(browser, `${served.url}#/play`),
    });
  });
}
