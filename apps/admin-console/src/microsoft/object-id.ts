/** Whether a text is an Object ID of Entra's; anything else is the beginning of a name. */
export const isObjectId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(text.trim());
