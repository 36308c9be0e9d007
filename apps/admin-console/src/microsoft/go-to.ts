/** Leaves the console for an address that the API has given. */
export const goTo = ({ location: address }: { readonly location: string }): void => location.assign(address);
