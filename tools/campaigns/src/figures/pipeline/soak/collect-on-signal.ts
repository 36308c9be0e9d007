// Node loads this before a service whose heap is measured: what is left after a collection is what is held.
process.on('SIGUSR2', () => globalThis.gc?.());
