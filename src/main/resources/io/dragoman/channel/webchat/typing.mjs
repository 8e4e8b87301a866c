// SPDX-License-Identifier: Apache-2.0
// Tells that the visitor is typing: again while it lasts, and once when it is over without a message.
const AGAIN_MS = 5_000;
const OVER_MS = 8_000;

export class Typing {
  #tell; #toldAt = 0; #over;

  /** @param tell is called with whether the visitor is typing */
  constructor(tell) { this.#tell = tell; }

  /** @param isSomething whether there is any text now */
  changed(isSomething) {
    clearTimeout(this.#over);
    if (!isSomething) { this.#stop(); return; }
    this.#over = setTimeout(() => this.#stop(), OVER_MS);
    if (Date.now() - this.#toldAt < AGAIN_MS) return;
    this.#toldAt = Date.now();
    this.#tell(true);
  }

  /** The message itself says it. */
  sent() { clearTimeout(this.#over); this.#toldAt = 0; }

  #stop() {
    if (this.#toldAt) this.#tell(false);
    this.#toldAt = 0;
  }
}
