/** Descent on Node: stores of results, worker threads, and data on the disk. */
export { type LoadedMnist, loadMnist } from './data/mnist-source.js';
export { diagnoseMachine, type Finding } from './machine/doctor.js';
export { type QueryResult, queryStore } from './query/query.js';
export { checkStore, type StoreCheck } from './store/check/check-store.js';
export { readParameters } from './store/finished-trials.js';
export { lockStore, type StoreLock } from './store/lock/store-lock.js';
export { openStore } from './store/store.js';
export { storeFormat } from './store/store-format.js';
export { runInStore, type StoreRunOptions } from './workers/run-in-store.js';
