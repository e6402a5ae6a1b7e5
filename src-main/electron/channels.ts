/** The lines between main and a window. */
export const INVOKE = 'inloop:invoke'
export const EVENT = 'inloop:event'
export const ENDPOINTS = 'inloop:endpoints'
