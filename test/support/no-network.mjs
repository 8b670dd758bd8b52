// Loaded before a program (--import): every way to the network throws, and is written to the file $NETWORK_REPORT. Worker threads load it too.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';

const thread = isMainThread ? 'main' : 'worker';
const tell = (text) => appendFileSync(process.env.NETWORK_REPORT, `${thread} ${text}\n`);
const shut = (holder, name, what) => {
  holder[name] = () => {
    tell(what);
    throw new Error(`${what}: expected no network access`);
  };
};

shut(net.Socket.prototype, 'connect', 'net.connect');
shut(dgram, 'createSocket', 'dgram.createSocket');
shut(globalThis, 'fetch', 'fetch');
for (const holder of [dns, dns.promises]) {
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) shut(holder, name, `dns.${name}`);
}
syncBuiltinESMExports();
tell('guarded');
