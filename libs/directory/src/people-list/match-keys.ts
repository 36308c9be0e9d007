export const employeeKey = (employeeId: string): string => `employee:${employeeId.trim()}`;

// Entra takes user principal names that differ in case for one, and so does everybody with addresses.
export const addressKey = (address: string): string => `address:${address.trim().normalize('NFC').toLowerCase()}`;
