import preset from '../../jest.preset.mjs';

// Most tests start servers and make keys for them, which takes its time on a busy machine.
export default { ...preset, displayName: 'entra-emulator', testTimeout: 30_000 };
