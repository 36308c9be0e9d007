/** Whether a text is one mailbox as RFC 5321 writes it: without quotes, comments and lists, which nobody needs. */
export const isMailbox = (address: string): boolean =>
  address.length <= 320 && /^[^\s@<>()[\]",:;\\#]+@[^\s@<>()[\]",:;\\#]+\.[^\s@<>()[\]",:;\\#]+$/u.test(address);
