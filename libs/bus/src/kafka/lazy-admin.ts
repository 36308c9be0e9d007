import type { Admin, Kafka } from 'kafkajs';

/** An admin that connects when it is first asked for, and again when that failed. */
export class LazyAdmin {
  readonly #admin: Admin;
  #connecting: Promise<void> | undefined;

  constructor(client: Kafka) {
    this.#admin = client.admin();
  }

  readonly get = async (): Promise<Admin> => {
    this.#connecting ??= this.#admin.connect();
    try {
      await this.#connecting;
    } catch (error) {
      this.#connecting = undefined;
      throw error;
    }
    return this.#admin;
  };

  async disconnect(): Promise<void> {
    if (this.#connecting !== undefined) await this.#admin.disconnect();
  }
}
