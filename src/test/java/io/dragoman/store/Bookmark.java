// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/** A row that tests write: how far an account is read, in a turn of its own. */
final class Bookmark {
    private Bookmark() {}

    static void set(Tx tx, String source, String position, long now) {
        tx.cursors().set(tx.cursors().take(source, "test", now).orElseThrow(), position, now);
    }
}
