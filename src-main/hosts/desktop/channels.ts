// The two channels between a window and main. Read by main and preload.

export const CALL_CHANNEL = 'twofold:call';
export const EVENT_CHANNEL = 'twofold:event';
