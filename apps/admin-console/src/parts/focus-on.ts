/** Moves the focus to something that stays, where what has it is about to go. */
export const focusOn = (id: string): void => document.getElementById(id)?.focus();
