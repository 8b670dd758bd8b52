import { createRequire } from 'node:module';

/** TrueType files for the text in PNG figures. */
export function fontFiles(): readonly string[] {
  const require = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));
}
