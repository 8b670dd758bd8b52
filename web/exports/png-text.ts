/** Text chunks in a PNG file (ISO/IEC 15948, iTXt): a picture that says what it shows. */

const signatureLength = 8;
const headerChunkLength = 25;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** A chunk that holds a text under a keyword of Latin letters. */
function textChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  // Keyword, 0, not compressed, method 0, no language, no translated keyword, the text as UTF-8.
  const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(chunk.length - 4, crc(data));
  return chunk;
}

/** A PNG file with texts by keyword, behind its header. */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const at = signatureLength + headerChunkLength;
  const parts = [png.subarray(0, at), ...chunks, png.subarray(at)];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
