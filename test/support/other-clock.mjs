// What a process preloads whose machine has the wrong time: CLOCK_OFF_MS says by how much.

const off = Number(process.env.CLOCK_OFF_MS);
const RightDate = globalThis.Date;

globalThis.Date = class extends RightDate {
  constructor(...parts) {
    if (parts.length === 0) super(RightDate.now() + off);
    else super(...parts);
  }

  static now() {
    return RightDate.now() + off;
  }
};
